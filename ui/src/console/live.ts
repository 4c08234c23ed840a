import { h } from "../shared/dom";
import { createComposer } from "./composer";
import { createFeed } from "./feed";
import { HINTS } from "./keys";
import { createPicture } from "./picture";
import { createPinned } from "./pinned";
import { createPlacards } from "./placards/panel";
import { createQueue } from "./queue";
import type { Control, View } from "./state";
import { words } from "./words/frame";

/** The view to work in while on air: feed, picture, queue and pinned item. */
export function createLive(control: Control): View {
  const feed = createFeed(control);
  const composer = createComposer(control);
  const picture = createPicture(control);
  const pinned = createPinned(control);
  const placards = createPlacards(control);
  const queue = createQueue();
  const hints = h(
    "ul",
    { class: "hints", "aria-label": words.keys },
    ...HINTS.map(([key, word]) => h("li", {}, h("kbd", {}, key), " ", word)),
  );
  const element = h(
    "div",
    { class: "view live" },
    h("h1", { class: "unseen" }, words.views.live),
    h("div", { class: "live-feed" }, feed.element, composer.element),
    h("div", { class: "live-picture" }, picture.element, hints),
    h("div", { class: "live-side" }, pinned.element, placards.element, queue.element),
  );
  return {
    element,
    update(state) {
      feed.update(state);
      composer.update(state);
      picture.update(state);
      pinned.update(state);
      placards.update(state);
      queue.update(state);
    },
    show: (on) => picture.show(on),
    key(action) {
      if (action === "compose") {
        composer.focus();
        return true;
      }
      return feed.key(action);
    },
  };
}
