/** The chat's head: people here, and the state of the link in words. */
import { h } from "../shared/dom";
import { compact } from "../shared/format";
import { words } from "../shared/words/viewer";
import { icon } from "./icons";
import type { Link } from "./room";
import { asSentence } from "./words";

export interface Head {
  element: HTMLElement;
  online(count: number): void;
  link(link: Link, detail?: string): void;
}

const WORDS: Readonly<Record<Link, string>> = {
  connecting: words.head.connecting,
  open: words.head.connecting,
  joining: words.head.joining,
  joined: words.head.joined,
  waiting: words.head.waiting,
  refused: words.head.refused,
  stopped: words.head.stopped,
};

export function createHead(retry: () => void): Head {
  const count = h("span", { "data-test": "online" }, "–");
  const people = h("p", { class: "people", title: words.head.people }, icon("people"), count);
  const state = h("span", { "data-test": "link-state" });
  const again = h(
    "button",
    { type: "button", class: "text-button", hidden: true, on: { click: retry } },
    words.tryAgain,
  );
  const line = h("p", { class: "link", role: "status" }, state, again);
  const reason = h("p", { class: "reason", hidden: true });
  let wasHere = false;

  return {
    element: h("header", { class: "head" }, h("h2", null, words.head.title), people, line, reason),
    online: (people) => {
      count.textContent = compact(people);
      count.setAttribute("aria-label", words.head.here(people));
    },
    link: (link, detail) => {
      wasHere ||= link === "joined";
      const first = link === "waiting" && !wasHere;
      // Between two tries the words stay: a line that flickers is not read.
      if (link === "connecting" && state.dataset.state === "waiting") return;
      state.textContent = first ? words.head.first : WORDS[link];
      state.dataset.state = link;
      line.dataset.state = link;
      again.hidden = link !== "stopped";
      reason.hidden = !detail || (link !== "stopped" && link !== "refused");
      reason.textContent = detail ? asSentence(detail) : "";
    },
  };
}
