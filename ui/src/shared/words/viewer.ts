/** The viewer page's words. */
import { inLanguage } from "./language";

export const words = inLanguage(
  {
    close: "Close",
    sheets: "More",
  },
  {
    "zh-Hans": {
      close: "关闭",
      sheets: "更多",
    },
    ja: {
      close: "閉じる",
      sheets: "その他",
    },
  },
);
