/** The words of what the desktop program does on this computer. */
import { inLanguage } from "../../shared/words/language";

export const words = inLanguage(
  {
    title: "This computer",
    links: "Open surtitle:// links with this program",
    linksHint: "Who has this program opens the viewer window with such a link.",
    link: "link for the viewer window",
    gifts: "Notify me of gifts",
    questions: "Notify me of new questions",
    bellHint:
      "The desktop shows who it was, never what somebody wrote, and without a sound. If your whole screen is on the stream, so is this.",
    sample: "Show one now",
    shown: "It was handed to the desktop.",
    failed: (why: string) => `This did not work: ${why}`,
  },
  {
    "zh-Hans": {
      title: "这台电脑",
      links: "用本程序打开 surtitle:// 链接",
      linksHint: "装有本程序的人点开这个链接，就会打开观众窗口。",
      link: "观众窗口链接",
      gifts: "有礼物时通知我",
      questions: "有新提问时通知我",
      bellHint:
        "通知只显示是谁，不显示对方写了什么，也没有声音。如果直播的是整个屏幕，通知也会出现在画面上。",
      sample: "现在试一条",
      shown: "已交给桌面显示。",
      failed: (why) => `没有成功：${why}`,
    },
    ja: {
      title: "このパソコン",
      links: "surtitle:// リンクをこのプログラムで開く",
      linksHint: "このプログラムがあれば、リンクから視聴ウィンドウが開きます。",
      link: "視聴ウィンドウのリンク",
      gifts: "ギフトを通知する",
      questions: "新しい質問を通知する",
      bellHint:
        "誰からかだけを表示し、書かれた内容は表示しません。音も鳴りません。画面全体を配信していると、通知も映ります。",
      sample: "試しに表示",
      shown: "デスクトップに渡しました。",
      failed: (why) => `うまくいきませんでした：${why}`,
    },
  },
);
