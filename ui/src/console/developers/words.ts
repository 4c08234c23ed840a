/** The words of the page Developers: apps, keys, settings. */
import { count, lasting, plural } from "../../shared/words/figures";
import { inLanguage } from "../../shared/words/language";

/** A sentence with code in it. */
type Pieces = readonly (string | Node)[];

export const words = inLanguage(
  {
    title: "Developers",
    app: "App",
    tabs: {
      start: "Get started",
      rooms: "Rooms",
      hooks: "Webhooks",
      log: "Delivery log",
      mapping: "Messages",
      key: "Key and admins",
    },
    noAnswer: "Surtitle does not answer. Is it running?",
    answered: (status: number) => `The server answered ${status}.`,
    save: "Save",
    copy: "Copy",
    copied: "Copied",
    copyByHand: "Select it and press Ctrl+C",
    copyOf: (what: string) => `Copy ${what}`,
    keep: "Keep it",
    name: "Name",

    apps: "Apps",
    findApp: "Find an app",
    newApp: "New app",
    newAppName: "Name, e.g. Auctions",
    create: "Create",
    appCount: (n: number, most: number) => `${count(n)} of ${plural(most, "app", "apps")}`,
    rooms: (n: number) => plural(n, "room", "rooms"),
    online: (n: number) => `${count(n)} online`,
    first: "first",

    start: {
      title: "Point your front end here",
      room: "Room",
      yourRoom: "your-room",
      snippet: "snippet",
      own: (command: Node): Pieces => [
        "A UserSig to try it with: ",
        command,
        " on the machine that runs Surtitle. Later your back end makes them with the secret key.",
      ],
      other:
        "A UserSig to try it with: your back end makes it with the secret key of this app, by the vendor's library for your language (tls-sig-api-v2), for the SDKAppID above.",
      kinds: {
        web: ["Web, 2.16.2 and newer, 3.x", "One option changes: proxyServer."],
        wx: [
          "Mini program, 2.16.2 and newer, 3.x",
          "One option changes: proxyServer. Add the server to the socket domains of the mini program.",
        ],
        "old-web": [
          "Web, before 2.16.2",
          "These have no proxyServer. Run the first lines before the SDK is loaded.",
        ],
        "old-wx": [
          "Mini program, before 2.16.2",
          "These have no proxyServer. Run the first lines before the SDK is loaded.",
        ],
        rest: ["REST API", "From your back end, never from a page: it needs an admin's UserSig."],
      } as Readonly<
        Record<"web" | "wx" | "old-web" | "old-wx" | "rest", readonly [string, string]>
      >,
    },

    secret: {
      label: "secret key",
      of: (app: string) => `Secret key of ${app}`,
      hint: "It is shown this once and kept where nobody can read it again. Put it into the settings of your back end, never into a page or an app: who has it can log in as anybody.",
      done: "I have copied it",
    },

    key: {
      title: "Secret key",
      made: "Made",
      withServer: "with this server",
      hint: "Your back end signs UserSigs with it. It was shown when it was made; a new one takes its place at once, and logins with UserSigs of the old one are refused from then on. Who is logged in stays so until their UserSig runs out.",
      again: "Make a new key",
      againSure: "UserSigs made with the old key stop working.",
      nameAndAdmins: "Name and admins",
      admins: "Admins",
      adminsHint:
        "1 to 5 UserIDs with commas between them. They may use the REST API, and everything in any room.",
      fixed: (setting: Node): Pieces => [
        "The first app is the configured one: its admins are set by ",
        setting,
        " in the configuration, and it cannot be deleted.",
      ],
      saved: "App saved.",
      end: "End of this app",
      endHint:
        "Its rooms, accounts, webhooks and the log of them are deleted, and everybody in its rooms is put out. This cannot be undone.",
      writeName: "Write its name to delete it",
      delete: "Delete app",
      gone: (name: string) => `App ${name} is gone.`,
    },

    settings: {
      title: "Logins and orders",
      saved: "Settings saved.",
      instances: "Logins of one account on one platform, at once",
      instancesHint: "One more ends the oldest, which is told that it was kicked out.",
      mutes: "An order to mute mutes",
      mutesHint: "A custom message of an owner or admin that names Members_Account and a time.",
      removes: "An order to remove",
      nothing: "does nothing here: their app leaves by itself",
      keepsOut: (seconds: number) => `keeps them out for ${lasting(seconds)}`,
    },
  },
  {
    "zh-Hans": {
      title: "开发者",
      app: "应用",
      tabs: {
        start: "快速开始",
        rooms: "房间",
        hooks: "回调",
        log: "投递日志",
        mapping: "消息",
        key: "密钥与管理员",
      },
      noAnswer: "Surtitle 没有响应。它在运行吗？",
      answered: (status) => `服务器返回 ${status}。`,
      save: "保存",
      copy: "复制",
      copied: "已复制",
      copyByHand: "请选中后按 Ctrl+C",
      copyOf: (what) => `复制${what}`,
      keep: "保留",
      name: "名称",

      apps: "应用",
      findApp: "查找应用",
      newApp: "新应用",
      newAppName: "名称，例如：拍卖",
      create: "创建",
      appCount: (n, most) => `${count(n)} / ${count(most)} 个应用`,
      rooms: (n) => `${count(n)} 个房间`,
      online: (n) => `${count(n)} 人在线`,
      first: "首个",

      start: {
        title: "让你的前端连到这里",
        room: "房间",
        yourRoom: "your-room",
        snippet: "代码片段",
        own: (command) => [
          "试用的 UserSig：在运行 Surtitle 的机器上执行 ",
          command,
          "。以后由你的后端用密钥生成。",
        ],
        other:
          "试用的 UserSig：由你的后端用本应用的密钥生成，使用厂商对应语言的库（tls-sig-api-v2），SDKAppID 见上方。",
        kinds: {
          web: ["Web，2.16.2 及以上、3.x", "只改一个选项：proxyServer。"],
          wx: [
            "小程序，2.16.2 及以上、3.x",
            "只改一个选项：proxyServer。请把服务器加入小程序的 socket 合法域名。",
          ],
          "old-web": ["Web，2.16.2 之前", "没有 proxyServer。请在加载 SDK 之前运行前几行。"],
          "old-wx": ["小程序，2.16.2 之前", "没有 proxyServer。请在加载 SDK 之前运行前几行。"],
          rest: ["REST API", "只能从后端调用，不要放在页面里：需要管理员的 UserSig。"],
        },
      },

      secret: {
        label: "密钥",
        of: (app) => `${app} 的密钥`,
        hint: "只显示这一次，之后谁也无法再读取。请放进后端的配置，绝不要放进页面或 App：持有者可以用任何身份登录。",
        done: "我已复制",
      },

      key: {
        title: "密钥",
        made: "创建时间",
        withServer: "随本服务器创建",
        hint: "后端用它签发 UserSig，只在创建时显示过。新密钥立即取代旧密钥，此后旧密钥签发的 UserSig 无法登录；已登录的用户在其 UserSig 过期前不受影响。",
        again: "生成新密钥",
        againSure: "旧密钥签发的 UserSig 将失效。",
        nameAndAdmins: "名称与管理员",
        admins: "管理员",
        adminsHint: "1 到 5 个 UserID，用逗号分隔。他们可以使用 REST API，并管理所有房间。",
        fixed: (setting) => ["首个应用来自配置：管理员由配置中的 ", setting, " 设置，且不能删除。"],
        saved: "应用已保存。",
        end: "删除此应用",
        endHint: "它的房间、账号、回调及日志都会被删除，房间里的所有人会被移出。此操作无法撤销。",
        writeName: "输入应用名称以确认删除",
        delete: "删除应用",
        gone: (name) => `应用 ${name} 已删除。`,
      },

      settings: {
        title: "登录与指令",
        saved: "设置已保存。",
        instances: "同一账号在同一平台的同时登录数",
        instancesHint: "再多一个登录时，最早的会被踢下线并收到通知。",
        mutes: "禁言指令生效",
        mutesHint: "群主或管理员发送的、带 Members_Account 和时长的自定义消息。",
        removes: "移出指令",
        nothing: "此处不处理：其 App 会自行退出",
        keepsOut: (seconds) => `${lasting(seconds)}内不得进入`,
      },
    },
    ja: {
      title: "開発者",
      app: "アプリ",
      tabs: {
        start: "はじめに",
        rooms: "ルーム",
        hooks: "Webhook",
        log: "通知ログ",
        mapping: "メッセージ",
        key: "鍵と管理者",
      },
      noAnswer: "Surtitle が応答しません。起動していますか？",
      answered: (status) => `サーバーの応答：${status}。`,
      save: "保存",
      copy: "コピー",
      copied: "コピーしました",
      copyByHand: "選択して Ctrl+C",
      copyOf: (what) => `${what}をコピー`,
      keep: "やめる",
      name: "名前",

      apps: "アプリ",
      findApp: "アプリを探す",
      newApp: "新しいアプリ",
      newAppName: "名前（例：オークション）",
      create: "作成",
      appCount: (n, most) => `アプリ ${count(n)} / ${count(most)}`,
      rooms: (n) => `ルーム ${count(n)}`,
      online: (n) => `オンライン ${count(n)}`,
      first: "最初",

      start: {
        title: "フロントエンドをここにつなぐ",
        room: "ルーム",
        yourRoom: "your-room",
        snippet: "コード",
        own: (command) => [
          "お試し用の UserSig：Surtitle を動かしているマシンで ",
          command,
          " を実行します。以後はバックエンドが秘密鍵で作ります。",
        ],
        other:
          "お試し用の UserSig：このアプリの秘密鍵と上の SDKAppID を使い、各言語の公式ライブラリ（tls-sig-api-v2）でバックエンドが作ります。",
        kinds: {
          web: ["Web、2.16.2 以降・3.x", "変えるのは proxyServer だけです。"],
          wx: [
            "ミニプログラム、2.16.2 以降・3.x",
            "変えるのは proxyServer だけです。サーバーをミニプログラムの socket ドメインに加えてください。",
          ],
          "old-web": [
            "Web、2.16.2 より前",
            "proxyServer がありません。SDK を読み込む前に最初の数行を実行してください。",
          ],
          "old-wx": [
            "ミニプログラム、2.16.2 より前",
            "proxyServer がありません。SDK を読み込む前に最初の数行を実行してください。",
          ],
          rest: [
            "REST API",
            "バックエンドから呼びます。管理者の UserSig が要るので、ページには置かないでください。",
          ],
        },
      },

      secret: {
        label: "秘密鍵",
        of: (app) => `${app} の秘密鍵`,
        hint: "表示されるのは今回だけで、以後は誰も読めません。バックエンドの設定に入れ、ページやアプリには決して入れないでください。持っている人は誰としてでもログインできます。",
        done: "コピーしました",
      },

      key: {
        title: "秘密鍵",
        made: "作成日時",
        withServer: "サーバーと同時",
        hint: "バックエンドはこれで UserSig に署名します。表示されたのは作成時だけです。新しい鍵はすぐに置き換わり、以後、古い鍵の UserSig でのログインは拒否されます。ログイン中の人は UserSig の期限まで使えます。",
        again: "新しい鍵を作る",
        againSure: "古い鍵で作った UserSig は使えなくなります。",
        nameAndAdmins: "名前と管理者",
        admins: "管理者",
        adminsHint: "UserID をカンマ区切りで 1〜5 個。REST API とすべてのルームを操作できます。",
        fixed: (setting) => [
          "最初のアプリは設定によるものです。管理者は設定の ",
          setting,
          " で決まり、削除はできません。",
        ],
        saved: "アプリを保存しました。",
        end: "アプリの削除",
        endHint:
          "ルーム、アカウント、Webhook とそのログが削除され、ルームにいる全員が退出します。元に戻せません。",
        writeName: "削除するにはアプリの名前を入力",
        delete: "アプリを削除",
        gone: (name) => `アプリ ${name} を削除しました。`,
      },

      settings: {
        title: "ログインと指示",
        saved: "設定を保存しました。",
        instances: "同じアカウントが同じプラットフォームで同時にログインできる数",
        instancesHint: "超えると最も古いログインが切られ、そのことが知らされます。",
        mutes: "ミュートの指示でミュートする",
        mutesHint: "オーナーか管理者が送る、Members_Account と時間を含むカスタムメッセージです。",
        removes: "退出の指示",
        nothing: "何もしない（アプリが自分で退出）",
        keepsOut: (seconds) => `入室禁止：${lasting(seconds)}`,
      },
    },
  },
);
