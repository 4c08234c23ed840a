/** The form with which a guest takes a name and a viewer changes it. */
import { h } from "../shared/dom";
import type { Sender } from "../shared/wire";
import { words } from "../shared/words/viewer";
import { composing, length } from "./typing";
import type { Problem } from "./words";

export interface Names {
  element: HTMLElement;
  /** Shows the form, filled for `user`. */
  ask(user: Sender | undefined): void;
  focus(): void;
  limit(characters: number): void;
  /** The answer came, whatever it was. */
  answered(): void;
}

export interface NameEvents {
  /** Goes out now or as soon as the room is there. */
  take: (nick: string) => void;
  /** Leaves the name as it is. */
  keep: () => void;
  problem: (problem: Problem | undefined) => void;
}

/** An answer that takes longer, ms, is lost with its line: the button works again. */
const ANSWER_WITHIN = 5_000;

export function createNames({ take, keep, problem }: NameEvents): Names {
  let most = 24;
  let user: Sender | undefined;
  let patience: ReturnType<typeof setTimeout> | undefined;

  const nick = h("input", {
    id: "nick",
    type: "text",
    autocomplete: "nickname",
    enterkeyhint: "go",
    spellcheck: "false",
    placeholder: words.names.placeholder,
    "data-test": "nick-input",
  });
  const label = h("label", { for: "nick" });
  const takeIt = h(
    "button",
    { type: "submit", class: "primary", "data-test": "nick-take" },
    words.names.take,
  );
  const keepIt = h(
    "button",
    { type: "button", class: "quiet", on: { click: keep } },
    words.names.keep,
  );
  const form = h(
    "form",
    { class: "names", novalidate: true },
    label,
    h("div", { class: "field-row" }, h("div", { class: "field" }, nick), keepIt, takeIt),
  );

  nick.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && composing(event)) event.preventDefault();
    if (event.key === "Escape" && user) keep();
  });
  nick.addEventListener("input", () => problem(undefined));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const wish = nick.value.trim();
    if (!wish || length(wish) > most) {
      problem({ words: words.names.bad(most) });
      nick.focus();
      return;
    }
    problem(undefined);
    if (wish === user?.nick) return keep();
    busy(true);
    take(wish);
  });

  function busy(on: boolean): void {
    clearTimeout(patience);
    takeIt.disabled = on;
    if (on) patience = setTimeout(() => busy(false), ANSWER_WITHIN);
  }

  return {
    element: form,
    ask: (now) => {
      user = now;
      nick.value = now?.nick ?? "";
      label.textContent = now ? words.names.change : words.names.guest;
      keepIt.hidden = !now;
      busy(false);
    },
    focus: () => {
      nick.focus();
      nick.select();
    },
    limit: (characters) => {
      most = characters;
    },
    answered: () => busy(false),
  };
}
