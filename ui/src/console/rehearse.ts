import { h } from "../shared/dom";
import { grouped } from "../shared/format";
import type { Rehearsal } from "../shared/wire";
import { sum, unaccounted } from "./books";
import { createMiniature } from "./miniature";
import { mainFirst } from "./overlays";
import { put } from "./put";
import type { Control, View } from "./state";

const PLAYS: readonly (readonly [Rehearsal, string, string])[] = [
  ["comment", "Comment", "One viewer writes a line."],
  ["gift", "Gift", "One viewer gives one gift; a card opens."],
  ["combo", "Combo", "The same gift twelve times in three seconds; one card counts up."],
  ["effect", "Gift effect", "One viewer gives a big gift; its animation plays behind the text."],
  ["likes", "1,000 likes", "A storm of likes; one counter and at most ten hearts."],
  ["paid", "Paid comments", "One of each tier; each stays as long as its amount gives."],
  ["follow", "Follow", "One viewer follows."],
  ["voucher", "Voucher", "Claimed until it is sold out, then it leaves."],
  ["product", "Product", "A product for twenty seconds."],
  ["question", "Question", "A question for twenty seconds."],
  ["poll", "Poll", "Two dozen viewers vote; it closes and leaves."],
  ["goal", "Goal", "Gifts fill a bar."],
  ["ticker", "Ticker", "Three announcements, one after the other."],
  ["rank", "Top gifters", "Gifts that change the order of a rank."],
  ["flood", "Flood", "500 comments a second for 5 seconds. See what waits and what ages out."],
];

/** Buttons that play something, with the picture and the books beside them. */
export function createRehearse(control: Control): View {
  const miniature = createMiniature();
  let overlay: string | undefined;
  let front = false;
  const plays = PLAYS.map(([what, label, does]) => {
    const button = h("button", { type: "button", "data-test": `rehearse-${what}` }, label);
    button.addEventListener("click", async () => {
      button.disabled = true;
      await control.run({ do: "rehearse", what }, `${label}: playing.`);
      button.disabled = false;
    });
    return h("li", {}, button, h("p", {}, does));
  });
  const queue = h("b", {}, "0");
  const books = h("p", { class: "hint books-line" });

  const element = h(
    "div",
    { class: "view rehearse" },
    h(
      "div",
      { class: "rehearse-plays" },
      h("h1", {}, "Rehearse"),
      h(
        "p",
        { class: "hint" },
        "Played on the server through the path of real events: same queue, same pace, same fates. " +
          "It goes on the picture, so use it before the show.",
      ),
      h("ul", { class: "panel plays" }, ...plays),
    ),
    h(
      "aside",
      { class: "rehearse-picture", "aria-label": "On the picture" },
      miniature.element,
      h("p", { class: "hint" }, "In queue ", queue),
      books,
    ),
  );
  return {
    element,
    update({ desk: { stats } }) {
      if (!stats) return;
      overlay = mainFirst(stats.displays)[0]?.name;
      put(queue, grouped(stats.queue.reduce((all, level) => all + level, 0)));
      put(books, `${sum(stats.accounts)}, ${unaccounted(stats.unaccounted)}`);
      miniature.show(front ? overlay : undefined);
    },
    show(on) {
      front = on;
      miniature.show(front ? overlay : undefined);
    },
  };
}
