/** Words of the page Report. */
import { count, listed, moment, money, plural } from "../../shared/words/figures";
import { inLanguage, language } from "../../shared/words/language";

const tenth = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
const compact = new Intl.NumberFormat(language, {
  notation: "compact",
  maximumFractionDigits: 1,
});
const minutes = new Intl.DateTimeFormat(language, {
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});
const seconds = new Intl.DateTimeFormat(language, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

/** A value and when it was. */
interface Most {
  readonly value: number;
  readonly at: number;
}

const time = (at: number) => minutes.format(at);
const rate = (n: number) => tenth.format(n);

/** What every language writes alike. */
const figures = {
  count,
  rate,
  listed,
  money,
  date: moment,
  time,
  /** On an axis: `1.2K`. */
  short: (n: number) => compact.format(n),
  tenths: (n: number) => tenth.format(n),
  /** On the axis of time; `step` is how far apart its marks are, in s. */
  moment: (at: number, step: number) => (step < 60 ? seconds : minutes).format(at),
  /** What stands at one moment of a chart. */
  row: (at: number, values: readonly string[]) => `${seconds.format(at)}: ${listed(values)}`,
  /** `1:05:12`. */
  clock(ms: number): string {
    const all = Math.max(0, Math.floor(ms / 1_000));
    const two = (n: number) => String(n).padStart(2, "0");
    return `${Math.floor(all / 3_600)}:${two(Math.floor(all / 60) % 60)}:${two(all % 60)}`;
  },
};

const text = inLanguage(
  {
    title: "Report",
    live: "The last ten minutes",
    levels: { high: "High", normal: "Normal", low: "Low", lowest: "Lowest" },
    online: "Online",
    likesRate: "Likes",
    gifts: "Gifts",
    coins: "Coins",
    charts: {
      messages: "Messages a second, by priority",
      online: "People online",
      likes: "Likes a second",
      gifts: "Gifts and their worth, added up",
      stock: "Left of each offer",
    },
    nothing: "Nothing has been counted yet.",
    messagesAre: (n: number, most: Most) =>
      `${plural(n, "message", "messages")}; at most ${rate(most.value)} a second, at ${time(most.at)}.`,
    onlineIs: (now: number, most: Most) =>
      `${count(now)} at the end; most were ${count(most.value)}, at ${time(most.at)}.`,
    likesAre: (n: number, most: Most) =>
      n === 0
        ? "No likes."
        : `${plural(n, "like", "likes")}; at most ${rate(most.value)} a second, at ${time(most.at)}.`,
    giftsAre: (n: number, coins: number) =>
      n === 0
        ? "No gifts."
        : `${plural(n, "gift", "gifts")} worth ${plural(coins, "coin", "coins")}.`,
    stockIs: (title: string, left: number) => `${title}: ${count(left)} left`,
    noStock: "No offer was running.",
  },
  {
    "zh-Hans": {
      title: "报告",
      live: "最近十分钟",
      levels: { high: "高", normal: "普通", low: "低", lowest: "最低" },
      online: "在线",
      likesRate: "点赞",
      gifts: "礼物",
      coins: "金币",
      charts: {
        messages: "每秒消息数（按优先级）",
        online: "在线人数",
        likes: "每秒点赞数",
        gifts: "礼物及价值累计",
        stock: "各活动剩余数量",
      },
      nothing: "还没有数据。",
      messagesAre: (n, most) =>
        `共 ${count(n)} 条消息；最高每秒 ${rate(most.value)} 条（${time(most.at)}）。`,
      onlineIs: (now, most) =>
        `最后 ${count(now)} 人；最多 ${count(most.value)} 人（${time(most.at)}）。`,
      likesAre: (n, most) =>
        n === 0
          ? "没有点赞。"
          : `共 ${count(n)} 个赞；最高每秒 ${rate(most.value)} 个（${time(most.at)}）。`,
      giftsAre: (n, coins) =>
        n === 0 ? "没有礼物。" : `共 ${count(n)} 个礼物，价值 ${count(coins)} 金币。`,
      stockIs: (title, left) => `${title}：剩余 ${count(left)}`,
      noStock: "没有进行中的活动。",
    },
    ja: {
      title: "レポート",
      live: "直近10分間",
      levels: { high: "高", normal: "通常", low: "低", lowest: "最低" },
      online: "オンライン",
      likesRate: "いいね",
      gifts: "ギフト",
      coins: "コイン",
      charts: {
        messages: "1秒あたりのメッセージ（優先度別）",
        online: "オンライン人数",
        likes: "1秒あたりのいいね",
        gifts: "ギフトとその価値（累計）",
        stock: "各オファーの残り",
      },
      nothing: "まだ何も記録されていません。",
      messagesAre: (n, most) =>
        `メッセージ${count(n)}件。最大で毎秒${rate(most.value)}件（${time(most.at)}）。`,
      onlineIs: (now, most) =>
        `最後は${count(now)}人。最大${count(most.value)}人（${time(most.at)}）。`,
      likesAre: (n, most) =>
        n === 0
          ? "いいねはありません。"
          : `いいね${count(n)}件。最大で毎秒${rate(most.value)}件（${time(most.at)}）。`,
      giftsAre: (n, coins) =>
        n === 0 ? "ギフトはありません。" : `ギフト${count(n)}個、${count(coins)}コイン分。`,
      stockIs: (title, left) => `${title}：残り${count(left)}`,
      noStock: "開催中のオファーはありません。",
    },
  },
);

export const words = { ...figures, ...text };
