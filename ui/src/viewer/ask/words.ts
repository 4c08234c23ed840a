/** Words of the ask sheet. */
import { inLanguage } from "../../shared/words/language";

export const words = inLanguage(
  {
    title: "Ask",
    question: "Your question to the host",
    product: "About product number",
    optional: "optional",
    send: "Ask",
    taken: "Your question is with the host.",
    offline: "No line to the room. Try again in a moment.",
    name: "Take a name to ask the host.",
    mine: "Your questions",
    states: {
      open: "Waiting",
      picked: "Somebody takes care of it",
      answered: "Answered",
      closed: "Done",
    },
    aloud: "Answered on air",
    about: (n: number) => `Product ${n}`,
  },
  {
    "zh-Hans": {
      title: "提问",
      question: "想问主播的问题",
      product: "关于商品编号",
      optional: "选填",
      send: "提问",
      taken: "问题已送达主播。",
      offline: "未连接到直播间，请稍后再试。",
      name: "取一个名字，就能向主播提问。",
      mine: "我的提问",
      states: { open: "等待中", picked: "正在处理", answered: "已回答", closed: "已完成" },
      aloud: "主播已在直播中回答",
      about: (n) => `商品 ${n}`,
    },
    ja: {
      title: "質問",
      question: "配信者への質問",
      product: "商品番号",
      optional: "任意",
      send: "質問する",
      taken: "質問を届けました。",
      offline: "ルームにつながっていません。少し待ってからもう一度お試しください。",
      name: "名前を決めると質問できます。",
      mine: "あなたの質問",
      states: { open: "待っています", picked: "対応中", answered: "回答済み", closed: "終了" },
      aloud: "配信で回答しました",
      about: (n) => `商品 ${n}`,
    },
  },
);
