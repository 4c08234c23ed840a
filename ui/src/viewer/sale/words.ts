/** The words of the sale on the viewer page. */
import { money } from "../../shared/format";
import type { Thing } from "../../shared/wire";
import { inLanguage } from "../../shared/words/language";

export const words = inLanguage(
  {
    shop: "Shop",
    wallet: "My vouchers",
    offers: "On offer now",
    products: "Products",
    nothing: "Nothing is for sale yet.",
    empty: "What you claim is kept here.",
    claim: "Claim",
    claiming: "Claiming…",
    openPacket: "Open",
    opened: "Opened",
    from: (by: string, wishes: string) => `${by}: ${wishes}`,
    off: (price: string) => `${price} off`,
    percentOff: (percent: number) => `${percent}% off`,
    freeShipping: "Free shipping",
    draw: "Prize draw",
    enter: "Enter the draw",
    entered: "You are in",
    yours: "Yours",
    soldOut: "Sold out",
    ended: "Ended",
    left: (left: string, stock: string) => `${left} of ${stock} left`,
    entrants: (count: string) => `${count} entered`,
    write: (keyword: string) => `or write ${keyword}`,
    opensIn: (time: string) => `Opens in ${time}`,
    endsIn: (time: string) => `${time} left`,
    minSpend: (price: string) => `from ${price}`,
    number: (number: number) => `No. ${number}`,
    stock: (left: string) => `${left} in stock`,
    buy: "Buy",
    onShow: "On show",
    copy: "Copy code",
    copied: "Copied",
    used: "Used",
    won: "You won",
    winners: (names: string) => `Drawn: ${names}`,
    receipt: (entry: string) => `Receipt ${entry}`,
    receiptHint: "With this anybody can check the place of your claim.",
    promise: "Promise of the draw",
    takeName: "Take a name to claim.",
    lost: "The line was lost. It is tried again by itself.",
    refused: {
      2120: "It is not on offer any more.",
      2121: "It is not open yet.",
      2122: "It has ended.",
      2123: "Sold out.",
      2124: "You have yours already.",
      2900: "It did not work just now. Try again.",
    } as Readonly<Record<number, string>>,
  },
  {
    "zh-Hans": {
      shop: "商店",
      wallet: "我的优惠券",
      offers: "正在发放",
      products: "商品",
      nothing: "暂时没有商品。",
      empty: "领到的优惠券会放在这里。",
      claim: "领取",
      claiming: "领取中…",
      openPacket: "拆红包",
      opened: "已拆开",
      from: (by, wishes) => `${by}：${wishes}`,
      off: (price) => `立减 ${price}`,
      // Chinese shops say what is left to pay, in tenths.
      percentOff: (percent) => (percent === 100 ? "免单" : `${(100 - percent) / 10} 折`),
      freeShipping: "包邮",
      draw: "抽奖",
      enter: "参加抽奖",
      entered: "已参加",
      yours: "已领取",
      soldOut: "已抢光",
      ended: "已结束",
      left: (left, stock) => `剩余 ${left} / ${stock}`,
      entrants: (count) => `${count} 人参加`,
      write: (keyword) => `或发送“${keyword}”`,
      opensIn: (time) => `${time} 后开始`,
      endsIn: (time) => `剩余 ${time}`,
      minSpend: (price) => `满 ${price} 可用`,
      number: (number) => `${number} 号`,
      stock: (left) => `库存 ${left}`,
      buy: "购买",
      onShow: "讲解中",
      copy: "复制券码",
      copied: "已复制",
      used: "已使用",
      won: "中奖了",
      winners: (names) => `中奖：${names}`,
      receipt: (entry) => `凭证 ${entry}`,
      receiptHint: "任何人都可以用它核对你的领取顺序。",
      promise: "抽奖承诺值",
      takeName: "先取个名字再领取。",
      lost: "连接断开，会自动重试。",
      refused: {
        2120: "这个优惠已经不在了。",
        2121: "还没有开始。",
        2122: "已经结束。",
        2123: "已抢光。",
        2124: "你已经领过了。",
        2900: "刚才没有成功，请再试一次。",
      },
    },
    ja: {
      shop: "ショップ",
      wallet: "マイクーポン",
      offers: "配布中",
      products: "商品",
      nothing: "まだ商品がありません。",
      empty: "受け取ったクーポンはここに入ります。",
      claim: "受け取る",
      claiming: "受け取り中…",
      openPacket: "開ける",
      opened: "開封済み",
      from: (by, wishes) => `${by}：${wishes}`,
      off: (price) => `${price} 引き`,
      percentOff: (percent) => `${percent}% オフ`,
      freeShipping: "送料無料",
      draw: "抽選",
      enter: "抽選に参加",
      entered: "参加済み",
      yours: "受け取り済み",
      soldOut: "配布終了",
      ended: "終了",
      left: (left, stock) => `残り ${left} / ${stock}`,
      entrants: (count) => `${count} 人参加`,
      write: (keyword) => `または「${keyword}」とコメント`,
      opensIn: (time) => `あと ${time} で開始`,
      endsIn: (time) => `残り ${time}`,
      minSpend: (price) => `${price} 以上で利用可`,
      number: (number) => `${number} 番`,
      stock: (left) => `在庫 ${left}`,
      buy: "購入",
      onShow: "紹介中",
      copy: "コードをコピー",
      copied: "コピーしました",
      used: "使用済み",
      won: "当選",
      winners: (names) => `当選：${names}`,
      receipt: (entry) => `控え ${entry}`,
      receiptHint: "これで誰でも受け取り順を確かめられます。",
      promise: "抽選の約束値",
      takeName: "名前を決めると受け取れます。",
      lost: "接続が切れました。自動でやり直します。",
      refused: {
        2120: "もう配布されていません。",
        2121: "まだ始まっていません。",
        2122: "終了しました。",
        2123: "配布終了。",
        2124: "すでに受け取っています。",
        2900: "うまくいきませんでした。もう一度お試しください。",
      },
    },
  },
);

/** What an offer is worth, as people write it. */
export function worth(thing: Thing): string {
  switch (thing.kind) {
    case "voucher":
      switch (thing.worth.kind) {
        case "fixed":
          return words.off(money(thing.worth.off));
        case "percent":
          return words.percentOff(thing.worth.percent);
        default:
          return words.freeShipping;
      }
    case "product":
      return money(thing.price);
    case "packet":
      return money(thing.total);
    default:
      return words.draw;
  }
}
