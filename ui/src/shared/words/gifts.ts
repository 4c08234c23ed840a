/** Names of the gifts that come with the program, by their English ones. */
import type { Language } from "./language";

type Names = Readonly<Record<string, string>>;

export const GIFT_NAMES: Readonly<Record<Language, Names>> = {
  en: {},
  "zh-Hans": {
    Rose: "玫瑰",
    Coffee: "咖啡",
    Star: "星星",
    Balloon: "气球",
    Cake: "蛋糕",
    Crown: "皇冠",
    Rocket: "火箭",
    Castle: "城堡",
  },
  ja: {
    Rose: "バラ",
    Coffee: "コーヒー",
    Star: "スター",
    Balloon: "風船",
    Cake: "ケーキ",
    Crown: "クラウン",
    Rocket: "ロケット",
    Castle: "お城",
  },
};
