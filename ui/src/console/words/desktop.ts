/** Words of the overlay windows on this computer. */
import { inLanguage } from "../../shared/words/language";

export const words = inLanguage(
  {
    title: "Overlay on this screen",
    opacity: "Opacity",
    percent: (value: number | string) => `${value} %`,
    on: (name: string, monitor: string) => `${name} on ${monitor}`,
    primary: "the primary monitor",
    windows: (list: string) => `Overlay windows: ${list}.`,
    comma: ", ",
    keys: {
      hold: "takes clicks while held",
      clickThroughOff: "takes clicks",
      clickThroughOn: "clicks pass through",
      stronger: "more of it is seen",
      fainter: "less of it is seen",
      show: "shown",
      hide: "hidden",
    },
  },
  {
    "zh-Hans": {
      title: "屏幕上的叠加层",
      opacity: "不透明度",
      percent: (value) => `${value}%`,
      on: (name, monitor) => `${name}（${monitor}）`,
      primary: "主显示器",
      windows: (list) => `叠加层窗口：${list}。`,
      comma: "、",
      keys: {
        hold: "按住时可点击",
        clickThroughOff: "可点击",
        clickThroughOn: "点击穿透",
        stronger: "更清晰",
        fainter: "更透明",
        show: "显示",
        hide: "隐藏",
      },
    },
    ja: {
      title: "この画面のオーバーレイ",
      opacity: "不透明度",
      percent: (value) => `${value}%`,
      on: (name, monitor) => `${name}（${monitor}）`,
      primary: "メインモニター",
      windows: (list) => `オーバーレイのウィンドウ：${list}`,
      comma: "、",
      keys: {
        hold: "押している間クリックできる",
        clickThroughOff: "クリックできる",
        clickThroughOn: "クリックを通す",
        stronger: "濃くする",
        fainter: "薄くする",
        show: "表示",
        hide: "非表示",
      },
    },
  },
);
