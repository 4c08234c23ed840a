/** Words of the page Connect: overlays, pairing, viewers. */
import { inLanguage } from "../../shared/words/language";

export const words = inLanguage(
  {
    copy: "Copy",
    copyWhat: (what: string) => `Copy ${what}`,
    copied: "Copied",
    byHand: "Press Ctrl+C",

    overlays: {
      title: "Overlay pages",
      link: (name: string) => `overlay link ${name}`,
      unpair: "Unpair",
      unpaired: (name: string) => `Overlay ${name}: every page must be confirmed again.`,
      state: (pages: string, paired: number) => `${pages}, ${paired} paired`,
      open: "open this link to pair it",
      another: "Another overlay",
      example: "e.g. desk",
      name: "a–z, 0–9 and hyphen, at most 32",
      make: "Make link",
      hint:
        "In OBS: Sources, +, Browser. Paste the link, width 1920, height 1080. The page shows a code " +
        "once; confirm it here. The link holds no secret: without your confirmation it draws nothing.",
    },

    pairing: {
      confirm: "Confirm",
      dismiss: "Not mine",
      paired: (overlay: string) => `Overlay ${overlay} is paired.`,
      pagePaired: "The page is paired.",
      /** Around the overlay's name, before the code. */
      wants: { before: "A page wants to be overlay ", after: ". It shows " },
      left: (span: string) => `for ${span} more`,
      title: "Pair a page",
      code: "Code on the page",
      sixDigits: "A code has six digits. Look at the overlay page.",
      stays: "A page stays paired until you unpair its overlay.",
    },

    viewers: {
      title: "Viewers",
      link: "viewer link",
      qr: "QR code of the viewer link",
      /** Before and after the argument. */
      local: {
        before: "This address works on this machine only. To let phones in, start Surtitle with ",
        after: " and open the console at the machine's own address.",
      },
    },
  },
  {
    "zh-Hans": {
      copy: "复制",
      copyWhat: (what) => `复制${what}`,
      copied: "已复制",
      byHand: "请按 Ctrl+C",

      overlays: {
        title: "叠加层页面",
        link: (name) => `叠加层链接 ${name}`,
        unpair: "取消配对",
        unpaired: (name) => `叠加层 ${name}：所有页面需要重新确认。`,
        state: (pages, paired) => `${pages}，已配对 ${paired} 个`,
        open: "打开此链接即可配对",
        another: "另一个叠加层",
        example: "例如 desk",
        name: "a–z、0–9 和连字符，最多 32 个字符",
        make: "生成链接",
        hint: "在 OBS 中：来源 → + → 浏览器，粘贴链接，宽度 1920，高度 1080。页面会显示一次配对码，请在这里确认。链接不含密钥，未经你确认什么都不会显示。",
      },

      pairing: {
        confirm: "确认",
        dismiss: "不是我的",
        paired: (overlay) => `叠加层 ${overlay} 已配对。`,
        pagePaired: "页面已配对。",
        wants: { before: "有页面请求作为叠加层 ", after: "，配对码：" },
        left: (span) => `剩余${span}`,
        title: "配对页面",
        code: "页面上的配对码",
        sixDigits: "配对码是六位数字，请看叠加层页面。",
        stays: "页面会一直保持配对，直到你取消该叠加层的配对。",
      },

      viewers: {
        title: "观众",
        link: "观众链接",
        qr: "观众链接二维码",
        local: {
          before: "此地址只能在本机打开。要让手机访问，请用 ",
          after: " 启动 Surtitle，并用本机的局域网地址打开控制台。",
        },
      },
    },
    ja: {
      copy: "コピー",
      copyWhat: (what) => `${what}をコピー`,
      copied: "コピー済み",
      byHand: "Ctrl+C を押す",

      overlays: {
        title: "オーバーレイのページ",
        link: (name) => `オーバーレイ ${name} のリンク`,
        unpair: "ペアリング解除",
        unpaired: (name) => `オーバーレイ ${name}：すべてのページで再確認が必要です。`,
        state: (pages, paired) => `${pages}、ペアリング済み ${paired}`,
        open: "このリンクを開くとペアリングできます",
        another: "別のオーバーレイ",
        example: "例：desk",
        name: "a–z、0–9、ハイフンで32文字まで",
        make: "リンクを作る",
        hint: "OBS で「ソース」→「+」→「ブラウザ」を選び、リンクを貼り付けて幅 1920、高さ 1080 にします。ページに一度だけ出るコードをここで確認してください。リンクに秘密は含まれず、確認するまで何も表示されません。",
      },

      pairing: {
        confirm: "確認",
        dismiss: "自分のではない",
        paired: (overlay) => `オーバーレイ ${overlay} をペアリングしました。`,
        pagePaired: "ページをペアリングしました。",
        wants: { before: "オーバーレイ ", after: " になりたいページがあります。コード：" },
        left: (span) => `残り ${span}`,
        title: "ページのペアリング",
        code: "ページのコード",
        sixDigits: "コードは6桁の数字です。オーバーレイのページを見てください。",
        stays: "オーバーレイのペアリングを解除するまで有効です。",
      },

      viewers: {
        title: "視聴者",
        link: "視聴者用リンク",
        qr: "視聴者用リンクの QR コード",
        local: {
          before: "このアドレスはこの PC でしか開けません。スマホから見るには ",
          after: " を付けて Surtitle を起動し、この PC のアドレスでコンソールを開いてください。",
        },
      },
    },
  },
);
