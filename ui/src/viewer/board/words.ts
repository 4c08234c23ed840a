/** The words of the board on the viewer page. */
import { inLanguage } from "../../shared/words/language";

export const words = inLanguage(
  {
    title: "Board",
    show: "Show the board",
    hint: "It covers the picture. What is on the picture already you see there, too.",
    raise: "Raise your hand",
    lower: "Take your hand down",
    forHand: "Take a name to raise your hand.",
    yours: "You have the pen: draw on the board.",
    reading: "The teacher draws. Raise your hand to ask for the pen.",
  },
  {
    "zh-Hans": {
      title: "画板",
      show: "显示画板",
      hint: "它会盖住画面。已经在画面上的内容，你在画面里也能看到。",
      raise: "举手",
      lower: "放下手",
      forHand: "先取个名字再举手。",
      yours: "笔在你手里，可以在画板上画。",
      reading: "老师在画。举手可以要笔。",
    },
    ja: {
      title: "ボード",
      show: "ボードを表示",
      hint: "映像の上に重なります。映像に出ているものはそちらでも見られます。",
      raise: "手を挙げる",
      lower: "手を下ろす",
      forHand: "手を挙げるには名前を決めてください。",
      yours: "ペンを持っています。ボードに書けます。",
      reading: "先生が書いています。ペンがほしいときは手を挙げてください。",
    },
  },
);
