/** What one can do about somebody, below their line: hide what they write. */
import { h } from "../shared/dom";
import type { Sender } from "../shared/wire";
import { words } from "../shared/words/viewer";
import { icon } from "./icons";
import { withPerson } from "./video/switches";
import { wishes } from "./video/wishes";

/** The menu; `done` takes it away. */
export function personMenu(from: Sender, done: () => void): HTMLElement {
  const { hide, menu } = words.person;
  const person = { id: from.id, nick: from.nick };
  const act = () => {
    done();
    wishes.set(withPerson(wishes.now, person));
  };
  const element = h(
    "span",
    { class: "person-menu", role: "group", "aria-label": menu(from.nick), "data-test": "person" },
    h(
      "button",
      { type: "button", class: "quiet", "data-test": "hide-person", on: { click: act } },
      hide(from.nick),
    ),
    h(
      "button",
      { type: "button", class: "tool", "aria-label": words.close, on: { click: done } },
      icon("close"),
    ),
  );
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    done();
  });
  return element;
}
