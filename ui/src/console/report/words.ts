/** Words of the page Report. */
import type { ShowRecord } from "../../shared/wire";
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
  /** What a show is called: its name, or when it began. */
  showName: ({ name, began }: Pick<ShowRecord, "name" | "began">) => name || moment(began),
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

    name: "Name of the show",
    nameHint: "Name of the show",
    start: "Start show",
    end: "End show",
    endAsks: "End the show and make its report?",
    soFar: "Report so far",
    noneRuns: "No show is running.",
    running: (show: ShowRecord) =>
      `${show.name || "A show"} is running since ${time(show.began)}${show.by_hand ? "" : "; it began by itself"}.`,
    rule: "If nobody starts one, the first message after 30 quiet minutes does, and 30 quiet minutes end it. A show you started ends by itself only after three quiet hours.",
    shows: "Shows",
    show: "Show",
    noShows: "No show has ended yet.",

    evening: "Report of a show",
    back: "Back to live",
    runs: "It is still running; these are the figures so far.",
    fromTo: (from: number, to: number) => `${moment(from)} to ${moment(to)}`,
    at: (at: number) => `at ${time(at)}`,
    fates: (shown: number, dropped: number) => `${count(shown)} shown, ${count(dropped)} dropped`,
    worth: (coins: number) => `worth ${plural(coins, "coin", "coins")}`,
    answered: (n: number) => `${count(n)} answered`,
    crowded: "or more",
    totals: {
      duration: "Duration",
      messages: "Messages",
      people: "People who spoke",
      online: "Most online",
      likes: "Likes",
      gifts: "Gifts",
      paid: "Paid comments",
      questions: "Questions",
      claims: "Claims",
      removed: "Removed",
      muted: "Muted or banned",
    },
    givers: "Top givers",
    who: "Who",
    offers: "Offers",
    offer: "Offer",
    offerIs: (title: string, worth: string) => (worth ? `${title} (${worth})` : title),
    claimed: "Claimed",
    left: "Left",
    stock: "Of",
    products: "Sold by the shop",
    product: "Product",
    productIs: (number: number, title: string) => `No. ${number}, ${title}`,
    sold: "Sold",
    html: "Save as a page",
    csv: "Save CSV",
    json: "Save JSON",
    saveName: "Save name",
    remove: "Delete report",
    removeAsks: "Delete this report for good?",
    made: "Made by Surtitle.",
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

      name: "直播名称",
      nameHint: "直播名称",
      start: "开始直播记录",
      end: "结束直播记录",
      endAsks: "结束这场直播并生成报告？",
      soFar: "目前的报告",
      noneRuns: "没有进行中的直播记录。",
      running: (show) =>
        `${show.name || "直播"}从 ${time(show.began)} 开始记录${show.by_hand ? "" : "（自动开始）"}。`,
      rule: "若无人手动开始，安静 30 分钟后的第一条消息会自动开始记录，再安静 30 分钟则自动结束。手动开始的记录只在安静三小时后自动结束。",
      shows: "历次直播",
      show: "直播",
      noShows: "还没有结束的直播。",

      evening: "直播报告",
      back: "返回实时图表",
      runs: "直播仍在进行，以下是目前的数据。",
      fromTo: (from, to) => `${moment(from)} 至 ${moment(to)}`,
      at: (at) => time(at),
      fates: (shown, dropped) => `显示 ${count(shown)}，丢弃 ${count(dropped)}`,
      worth: (coins) => `价值 ${count(coins)} 金币`,
      answered: (n) => `已回答 ${count(n)}`,
      crowded: "或更多",
      totals: {
        duration: "时长",
        messages: "消息",
        people: "发言人数",
        online: "最高在线",
        likes: "点赞",
        gifts: "礼物",
        paid: "付费评论",
        questions: "提问",
        claims: "领取",
        removed: "已移除",
        muted: "禁言或封禁",
      },
      givers: "送礼榜",
      who: "用户",
      offers: "活动",
      offer: "活动",
      offerIs: (title, worth) => (worth ? `${title}（${worth}）` : title),
      claimed: "已领取",
      left: "剩余",
      stock: "总数",
      products: "商店售出",
      product: "商品",
      productIs: (number, title) => `${number} 号 ${title}`,
      sold: "售出",
      html: "保存为网页",
      csv: "保存 CSV",
      json: "保存 JSON",
      saveName: "保存名称",
      remove: "删除报告",
      removeAsks: "永久删除这份报告？",
      made: "由 Surtitle 生成。",
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

      name: "配信の名前",
      nameHint: "配信の名前",
      start: "記録を開始",
      end: "記録を終了",
      endAsks: "この配信の記録を終了してレポートを作りますか？",
      soFar: "ここまでのレポート",
      noneRuns: "記録中の配信はありません。",
      running: (show) =>
        `${show.name || "配信"}を${time(show.began)}から記録しています${show.by_hand ? "" : "（自動で開始）"}。`,
      rule: "だれも開始しない場合、30分静かだった後の最初のメッセージで自動的に始まり、30分静かになると終わります。手動で開始した記録は、3時間静かな場合だけ自動で終わります。",
      shows: "これまでの配信",
      show: "配信",
      noShows: "終了した配信はまだありません。",

      evening: "配信レポート",
      back: "ライブに戻る",
      runs: "まだ記録中です。ここまでの数字です。",
      fromTo: (from, to) => `${moment(from)}～${moment(to)}`,
      at: (at) => time(at),
      fates: (shown, dropped) => `表示${count(shown)}、非表示${count(dropped)}`,
      worth: (coins) => `${count(coins)}コイン分`,
      answered: (n) => `回答済み${count(n)}`,
      crowded: "以上",
      totals: {
        duration: "時間",
        messages: "メッセージ",
        people: "発言した人",
        online: "最大オンライン",
        likes: "いいね",
        gifts: "ギフト",
        paid: "有料コメント",
        questions: "質問",
        claims: "受け取り",
        removed: "削除",
        muted: "ミュート・入室禁止",
      },
      givers: "ギフト上位",
      who: "名前",
      offers: "オファー",
      offer: "オファー",
      offerIs: (title, worth) => (worth ? `${title}（${worth}）` : title),
      claimed: "受け取り",
      left: "残り",
      stock: "総数",
      products: "ショップの販売数",
      product: "商品",
      productIs: (number, title) => `${number}番 ${title}`,
      sold: "販売数",
      html: "ページとして保存",
      csv: "CSVを保存",
      json: "JSONを保存",
      saveName: "名前を保存",
      remove: "レポートを削除",
      removeAsks: "このレポートを完全に削除しますか？",
      made: "Surtitle が作成しました。",
    },
  },
);

export const words = { ...figures, ...text };
