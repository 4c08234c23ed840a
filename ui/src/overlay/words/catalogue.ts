/** The overlay's own words in every language. English gives the shape: a missing word is a type error. */
import type { Language } from "../../shared/wire";

/** What a line of people is made of: their names as elements, words between. */
export type Line = (HTMLElement | string)[];

/** What a catalogue of the overlay's words has. */
export type OverlayWords = typeof en;

const en = {
  /** Who came in or follows; `rest` are not named. */
  joined: (names: readonly HTMLElement[], rest: number): Line => [
    ...people(names, rest),
    " joined",
  ],
  followed: (names: readonly HTMLElement[], rest: number): Line => [
    ...people(names, rest),
    names.length + rest > 1 ? " follow" : " follows",
  ],
  off: (price: string) => `${price} off`,
  percentOff: (percent: number) => `${percent}% off`,
  freeShipping: "Free shipping",
  soldOut: "Sold out",
  ended: "Ended",
  from: (by: string, title: string) => `${by}: ${title}`,
  write: (keyword: string) => `Write “${keyword}” to claim`,
  enterByWord: (title: string, keyword: string) => `${title}: write “${keyword}” to enter`,
  enterByButton: (title: string) => `${title}: press the button to enter`,
  number: (number: number) => `No. ${number}`,
  votes: (count: number, written: string) => (count === 1 ? "1 vote" : `${written} votes`),
  vote: "Write a number to vote",
  closed: "Closed",
  rank: "Top gifters",
  pairing: "Confirm in the Surtitle console",
  unpin: "Unpin",
  handle: {
    bar: "Overlay window",
    taken: "The overlay takes clicks",
    fainter: "Fainter",
    stronger: "Stronger",
    console: "Console",
    openConsole: "Open the console",
    hide: "Hide",
    hideOverlay: "Hide the overlay",
    pass: "Let clicks pass",
    passAgain: "Let clicks pass through again",
  },
  /** Said in place of an address. */
  link: "link",
};

const zhHans: OverlayWords = {
  joined: (names, rest) => [...etc(names, rest), "进入房间"],
  followed: (names, rest) => [...etc(names, rest), "关注了主播"],
  off: (price) => `立减 ${price}`,
  // Chinese shops say what is left to pay, in tenths.
  percentOff: (percent) => (percent === 100 ? "免单" : `${(100 - percent) / 10} 折`),
  freeShipping: "包邮",
  soldOut: "已抢光",
  ended: "已结束",
  from: (by, title) => `${by}：${title}`,
  write: (keyword) => `发送“${keyword}”领取`,
  enterByWord: (title, keyword) => `${title}：发送“${keyword}”参加抽奖`,
  enterByButton: (title) => `${title}：点击按钮参加抽奖`,
  number: (number) => `${number} 号`,
  votes: (_, written) => `${written} 票`,
  vote: "发送数字投票",
  closed: "已结束",
  rank: "礼物榜",
  pairing: "请在 Surtitle 控制台确认",
  unpin: "取消置顶",
  handle: {
    bar: "叠加层窗口",
    taken: "叠加层正在接收点击",
    fainter: "更淡",
    stronger: "更浓",
    console: "控制台",
    openConsole: "打开控制台",
    hide: "隐藏",
    hideOverlay: "隐藏叠加层",
    pass: "点击穿透",
    passAgain: "让点击重新穿透",
  },
  link: "链接",
};

const ja: OverlayWords = {
  joined: (names, rest) => [...persons(names, rest), "が入室しました"],
  followed: (names, rest) => [...persons(names, rest), "がフォローしました"],
  off: (price) => `${price} 引き`,
  percentOff: (percent) => `${percent}% オフ`,
  freeShipping: "送料無料",
  soldOut: "配布終了",
  ended: "終了",
  from: (by, title) => `${by}：${title}`,
  write: (keyword) => `「${keyword}」とコメントで受け取り`,
  enterByWord: (title, keyword) => `${title}：「${keyword}」とコメントで抽選に参加`,
  enterByButton: (title) => `${title}：ボタンを押して抽選に参加`,
  number: (number) => `${number} 番`,
  votes: (_, written) => `${written} 票`,
  vote: "番号をコメントして投票",
  closed: "締め切りました",
  rank: "ギフトランキング",
  pairing: "Surtitle コンソールで確認してください",
  unpin: "ピン留めを外す",
  handle: {
    bar: "オーバーレイのウィンドウ",
    taken: "オーバーレイがクリックを受け取っています",
    fainter: "薄くする",
    stronger: "濃くする",
    console: "コンソール",
    openConsole: "コンソールを開く",
    hide: "隠す",
    hideOverlay: "オーバーレイを隠す",
    pass: "クリックを通す",
    passAgain: "クリックをまた通す",
  },
  link: "リンク",
};

export const CATALOGUES: Readonly<Record<Language, OverlayWords>> = { en, "zh-Hans": zhHans, ja };

/** "Ann and Ben", "Ann, Ben and 3 more". */
function people(names: readonly HTMLElement[], rest: number): Line {
  const line = row(names, ", ", rest === 0 ? " and " : ", ");
  if (rest === 0) return line;
  return [...line, names.length > 0 ? ` and ${rest} more` : String(rest)];
}

/** “Ann、Ben ”, “Ann、Ben 等 5 人”, all of them counted. */
function etc(names: readonly HTMLElement[], rest: number): Line {
  if (rest === 0) return [...row(names), " "];
  return [...row(names), names.length > 0 ? ` 等 ${names.length + rest} 人` : `${rest} 人`];
}

/** 「Annさん、Benさん、ほか3人」 */
function persons(names: readonly HTMLElement[], rest: number): Line {
  const line = names.flatMap((name, index): Line => [index > 0 ? "、" : "", name, "さん"]);
  if (rest === 0) return line;
  return [...line, names.length > 0 ? `、ほか${rest}人` : `${rest}人`];
}

function row(names: readonly HTMLElement[], comma = "、", last = comma): Line {
  const before = (index: number) => (index === names.length - 1 ? last : comma);
  return names.flatMap((name, index): Line => (index > 0 ? [before(index), name] : [name]));
}
