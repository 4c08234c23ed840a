import { h } from "../shared/dom";
import { grouped } from "../shared/format";
import type { Rehearsal } from "../shared/wire";
import { sum, unaccounted } from "./books";
import { createMiniature } from "./miniature";
import { mainFirst, pages } from "./overlays";
import { put } from "./put";
import type { Control, View } from "./state";
import { words } from "./words/picture";

/** Buttons that play something, with the picture and the books beside them. */
export function createRehearse(control: Control): View {
  const miniature = createMiniature();
  let overlay: string | undefined;
  let front = false;
  const plays = Object.entries(words.plays).map(([what, [label, does]]) => {
    const button = h("button", { type: "button", "data-test": `rehearse-${what}` }, label);
    button.addEventListener("click", async () => {
      button.disabled = true;
      await control.run({ do: "rehearse", what: what as Rehearsal }, words.playing(label));
      button.disabled = false;
    });
    return h("li", {}, button, h("p", {}, does));
  });
  const queue = h("b", {}, "0");
  const heard = h("p", { class: "hint", "data-test": "rehearse-heard" });
  const books = h("p", { class: "hint books-line" });

  const element = h(
    "div",
    { class: "view rehearse" },
    h(
      "div",
      { class: "rehearse-plays" },
      h("h1", {}, words.rehearse),
      h("p", { class: "hint" }, words.rehearseHint),
      h("ul", { class: "panel plays" }, ...plays),
    ),
    h(
      "aside",
      { class: "rehearse-picture", "aria-label": words.onPicture },
      miniature.element,
      heard,
      h("p", { class: "hint" }, words.inQueue, queue),
      books,
    ),
  );
  return {
    element,
    update({ desk: { stats } }) {
      if (!stats) return;
      const [info] = mainFirst(stats.displays);
      overlay = info?.name;
      put(heard, info ? words.heard(pages(info)) : "");
      put(queue, grouped(stats.queue.reduce((all, level) => all + level, 0)));
      put(books, words.books(sum(stats.accounts), unaccounted(stats.unaccounted)));
      miniature.show(front ? overlay : undefined);
    },
    show(on) {
      front = on;
      miniature.show(front ? overlay : undefined);
    },
  };
}
