/** Words of the page Emotes. */
import { inLanguage } from "../../shared/words/language";

export const words = inLanguage(
  {
    title: "Emotes",
    hint:
      "Anybody who writes the code between colons shows the picture: on the overlay, here and in the chat. " +
      "The pictures are drawn anew and kept by Surtitle.",
    none: "No emotes yet. Put up a picture and write its code.",
    count: (count: number, most: number) => `${count} of ${most}`,
    try: "Try",
    tryLabel: "Text to try emotes in",
    sample: (code: string) => `Well played ${code} that was close`,
    all: "All",

    add: "Add",
    choose: "Choose pictures",
    drop: "or drop them here",
    kinds: "PNG, JPEG, GIF or WebP, moving ones too, at most 5 MB each",
    address: "Address",
    code: "Code",
    tooMany: (most: number) => `Only ${most} files at once; the rest was left out.`,
    tooLarge: (name: string) => `${name} is larger than 5 MB.`,
    adding: (index: number, all: number) => `Adding ${index} of ${all} …`,
    added: (count: number, all: number) =>
      count === all ? `${count} added.` : `${count} of ${all} added.`,
    addedCode: (code: string) => `:${code}: added.`,
    badCode: "A code is 1 to 32 of A–Z, a–z, 0–9, _ and -.",

    codeOf: (code: string) => `Code of ${code}`,
    frames: (count: number) => `${count} frames`,
    still: "still",
    size: (width: number, height: number, moves: string) => `${width} × ${height}, ${moves}`,
    remove: "Delete",
    removeSure: (code: string) => `Delete :${code}:?`,
  },
  {
    "zh-Hans": {
      title: "表情",
      hint: "任何人在两个冒号之间写上代码，图片就会出现在叠加层、控制台和聊天里。图片会重新绘制并由 Surtitle 保存。",
      none: "还没有表情。上传一张图片并写上代码。",
      count: (count, most) => `${count} / ${most}`,
      try: "试一试",
      tryLabel: "试用表情的文字",
      sample: (code) => `打得好 ${code} 好险`,
      all: "全部表情",

      add: "添加",
      choose: "选择图片",
      drop: "或拖放到这里",
      kinds: "PNG、JPEG、GIF 或 WebP，可以是动图，每张不超过 5 MB",
      address: "地址",
      code: "代码",
      tooMany: (most) => `一次最多 ${most} 个文件，其余未添加。`,
      tooLarge: (name) => `${name} 超过 5 MB。`,
      adding: (index, all) => `正在添加第 ${index} / ${all} 个…`,
      added: (count, all) =>
        count === all ? `已添加 ${count} 个。` : `已添加 ${count} / ${all} 个。`,
      addedCode: (code) => `已添加 :${code}:。`,
      badCode: "代码为 1 到 32 个字符：A–Z、a–z、0–9、_ 和 -。",

      codeOf: (code) => `${code} 的代码`,
      frames: (count) => `${count} 帧`,
      still: "静态",
      size: (width, height, moves) => `${width} × ${height}，${moves}`,
      remove: "删除",
      removeSure: (code) => `删除 :${code}:？`,
    },
    ja: {
      title: "エモート",
      hint: "コロンで挟んだコードを書くと、オーバーレイ・コンソール・チャットに画像が出ます。画像は描き直して Surtitle に保存されます。",
      none: "エモートはまだありません。画像を追加してコードを付けてください。",
      count: (count, most) => `${count} / ${most}`,
      try: "試す",
      tryLabel: "エモートを試す文",
      sample: (code) => `ナイス ${code} 惜しい`,
      all: "すべてのエモート",

      add: "追加",
      choose: "画像を選ぶ",
      drop: "またはここにドロップ",
      kinds: "PNG・JPEG・GIF・WebP（動画像可）、1枚 5 MB まで",
      address: "アドレス",
      code: "コード",
      tooMany: (most) => `一度に追加できるのは ${most} 個までです。残りは追加していません。`,
      tooLarge: (name) => `${name} は 5 MB を超えています。`,
      adding: (index, all) => `追加中 ${index} / ${all}…`,
      added: (count, all) =>
        count === all ? `${count} 個追加しました。` : `${all} 個中 ${count} 個追加しました。`,
      addedCode: (code) => `:${code}: を追加しました。`,
      badCode: "コードは A–Z、a–z、0–9、_、- の 1〜32 文字です。",

      codeOf: (code) => `${code} のコード`,
      frames: (count) => `${count} フレーム`,
      still: "静止画",
      size: (width, height, moves) => `${width} × ${height}、${moves}`,
      remove: "削除",
      removeSure: (code) => `:${code}: を削除しますか？`,
    },
  },
);
