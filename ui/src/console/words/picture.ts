/** Words of what is on the picture: overlays, what is pinned, what waits, rehearsals. */

import type { Rehearsal } from "../../shared/wire";
import { inLanguage } from "../../shared/words/language";

/** What a rehearsal is called, and what it does. */
type Plays = Readonly<Record<Rehearsal, readonly [label: string, does: string]>>;

export const words = inLanguage(
  {
    onPicture: "On the picture",
    onAir: "on air",
    showOverlay: (name: string) => `Show overlay ${name}`,
    overlayNow: (name: string) => `Overlay ${name} as it is now`,
    pages: (count: number) => (count === 1 ? "1 page shows it" : `${count} pages show it`),
    silent: "; click it to let it sound",
    noPage: "no page open",
    notPaired: "not paired yet",

    pinned: "Pinned",
    nothingPinned: "Nothing is pinned.",
    unpin: "Unpin",
    unpinKey: "Unpin (U)",

    waiting: "Waiting for the picture",
    levels: ["High", "Normal", "Low", "Lowest"] as readonly string[],

    rehearse: "Rehearse",
    rehearseHint:
      "Played on the server through the path of real events: same queue, same pace, same fates. " +
      "It goes on the picture, so use it before the show.",
    playing: (what: string) => `${what}: playing.`,
    heard: (pages: string) =>
      `Sounds and speech come from the overlay's own page, not from this one: ${pages}.`,
    inQueue: "In queue ",
    books: (sum: string, unaccounted: string) => `${sum}, ${unaccounted}`,
    plays: {
      comment: ["Comment", "One viewer writes a line."],
      gift: ["Gift", "One viewer gives one gift; a card opens."],
      combo: ["Combo", "The same gift twelve times in three seconds; one card counts up."],
      effect: ["Gift effect", "One viewer gives a big gift; its animation plays behind the text."],
      likes: ["1,000 likes", "A storm of likes; one counter and at most ten hearts."],
      paid: ["Paid comments", "One of each tier; each stays as long as its amount gives."],
      follow: ["Follow", "One viewer follows."],
      voucher: ["Voucher", "Claimed until it is sold out, then it leaves."],
      product: ["Product", "A product for twenty seconds."],
      question: ["Question", "A question for twenty seconds."],
      poll: ["Poll", "Two dozen viewers vote; it closes and leaves."],
      goal: ["Goal", "Gifts fill a bar."],
      ticker: ["Ticker", "Three announcements, one after the other."],
      rank: ["Top gifters", "Gifts that change the order of a rank."],
      flood: ["Flood", "500 comments a second for 5 seconds. See what waits and what ages out."],
    } as Plays,
  },
  {
    "zh-Hans": {
      onPicture: "画面",
      onAir: "上屏",
      showOverlay: (name) => `显示叠加层 ${name}`,
      overlayNow: (name) => `叠加层 ${name} 的实时画面`,
      pages: (count) => `${count} 个页面正在显示`,
      silent: "；点一下页面才有声音",
      noPage: "没有打开的页面",
      notPaired: "尚未配对",

      pinned: "置顶",
      nothingPinned: "没有置顶内容。",
      unpin: "取消置顶",
      unpinKey: "取消置顶（U）",

      waiting: "等待上屏",
      levels: ["高", "普通", "低", "最低"],

      rehearse: "彩排",
      rehearseHint:
        "由服务器模拟真实消息：排队、节奏、去向都与正式直播一样。会显示在画面上，请在开播前使用。",
      playing: (what) => `正在播放：${what}。`,
      heard: (pages) => `音效和语音播报由叠加层页面发出，这里听不到：${pages}。`,
      inQueue: "排队中 ",
      books: (sum, unaccounted) => `${sum}，${unaccounted}`,
      plays: {
        comment: ["弹幕", "一位观众发一条弹幕。"],
        gift: ["礼物", "一位观众送一个礼物，弹出礼物卡片。"],
        combo: ["连击", "三秒内连送十二次同一礼物，同一张卡片累加。"],
        effect: ["礼物特效", "一位观众送大礼，特效在文字后面播放。"],
        likes: ["1,000 个赞", "一波点赞：一个计数器，最多十颗爱心。"],
        paid: ["付费留言", "每一档各一条，停留时间随金额而定。"],
        follow: ["关注", "一位观众点了关注。"],
        voucher: ["优惠券", "被抢光后自动离场。"],
        product: ["商品", "展示一件商品二十秒。"],
        question: ["提问", "展示一个问题二十秒。"],
        poll: ["投票", "二十多位观众投票，结束后离场。"],
        goal: ["目标", "礼物推动进度条。"],
        ticker: ["滚动公告", "三条公告依次滚动。"],
        rank: ["礼物榜", "送礼让榜单名次变化。"],
        flood: ["刷屏", "每秒 500 条弹幕，持续 5 秒，看哪些排队、哪些过期。"],
      },
    },
    ja: {
      onPicture: "画面の表示",
      onAir: "表示",
      showOverlay: (name) => `オーバーレイ ${name} を表示`,
      overlayNow: (name) => `オーバーレイ ${name} の現在の様子`,
      pages: (count) => `${count} ページで表示中`,
      silent: "（音を出すにはページをクリック）",
      noPage: "開いているページなし",
      notPaired: "未ペアリング",

      pinned: "ピン留め",
      nothingPinned: "ピン留めはありません。",
      unpin: "解除",
      unpinKey: "ピン留めを解除（U）",

      waiting: "表示待ち",
      levels: ["高", "通常", "低", "最低"],

      rehearse: "リハーサル",
      rehearseHint:
        "本番のイベントと同じ経路（順番待ち・ペース・結果）でサーバーが再生します。画面に出るので、配信前に使ってください。",
      playing: (what) => `再生中：${what}`,
      heard: (pages) =>
        `効果音と読み上げはここではなく、オーバーレイのページから流れます：${pages}`,
      inQueue: "待ち ",
      books: (sum, unaccounted) => `${sum}、${unaccounted}`,
      plays: {
        comment: ["コメント", "視聴者が1人、1行コメントします。"],
        gift: ["ギフト", "視聴者が1人、ギフトを贈り、カードが開きます。"],
        combo: ["コンボ", "同じギフトを3秒に12回。1枚のカードで数えます。"],
        effect: ["ギフト演出", "大きなギフトの演出が文字の後ろで再生されます。"],
        likes: ["いいね 1,000", "いいねの嵐。カウンター1つとハート最大10個。"],
        paid: ["有料コメント", "各ランクを1つずつ。金額に応じた時間だけ残ります。"],
        follow: ["フォロー", "視聴者が1人フォローします。"],
        voucher: ["クーポン", "なくなるまで受け取られ、画面から消えます。"],
        product: ["商品", "商品を20秒表示します。"],
        question: ["質問", "質問を20秒表示します。"],
        poll: ["アンケート", "20人あまりが投票し、締め切って消えます。"],
        goal: ["目標", "ギフトでゲージがたまります。"],
        ticker: ["テロップ", "お知らせが3つ、順に流れます。"],
        rank: ["ギフトランキング", "ギフトで順位が入れ替わります。"],
        flood: ["コメントラッシュ", "毎秒500件を5秒間。待ちと時間切れを確かめられます。"],
      },
    },
  },
);
