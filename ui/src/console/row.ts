/** One line of the feed. Names and text are text nodes, whatever they hold. */

import { h } from "../shared/dom";
import { withEmotes } from "../shared/emotes";
import { clockTime, exactTime } from "../shared/format";
import { nameColour } from "../shared/palette";
import type { Entry, Event } from "../shared/wire";
import type { Line } from "./desk";
import { fateWord, isMissing, mark, sentence } from "./fate";
import { type Icon, icon } from "./icons";
import { put, putAttribute } from "./put";
import { isPinnable, what, who } from "./wording";
import { words } from "./words/feed";

/** What a row can be asked to have done. */
export type RowAsk = "air" | "pin" | "remove" | "mute";

/** What a row's buttons ask for. */
export type Ask = (what: RowAsk, entry: Entry, button: HTMLElement) => void;

/** A drawn line. */
export interface Row {
  readonly element: HTMLElement;
  /** The same line with a new fate, or picked or not, pinned or not. */
  update: (line: Line, look: RowLook) => void;
}

/** What a row shows besides its line. */
export interface RowLook {
  readonly picked: boolean;
  readonly pinned: boolean;
  /** When the sender may speak again, ms; `undefined` if they may now. */
  readonly mutedUntil: number | undefined;
}

/** Draws a line; call `update` next. */
export function createRow(line: Line, ask: Ask): Row {
  if (line.kind === "skip") {
    const text = words.skipped(line.count);
    return { element: h("div", { class: "row skip", role: "article" }, text), update: () => {} };
  }
  const { event } = line.entry;
  let entry = line.entry;
  const sign = h("span", { class: "fate", role: "img" });
  const muted = h("span", { class: "tag muted" });
  const held = h("span", { class: "tag held" });
  const text = h("span", { class: "text" }, ...said(entry));
  const buttons = actions(event, (kind, button) => ask(kind, entry, button));
  const element = h(
    "article",
    {
      class: `row ${event.kind}`,
      tabindex: -1,
      "data-test": "entry",
      "data-id": event.id,
      "data-kind": event.kind,
    },
    h("time", { title: exactTime(event.at) }, clockTime(event.at)),
    sign,
    h("div", { class: "line" }, ...head(event), muted, held, text),
    buttons,
  );

  function update(next: Line, { picked, pinned, mutedUntil }: RowLook): void {
    if (next.kind !== "entry") return;
    const before = entry;
    entry = next.entry;
    const { fate } = entry;
    if (before.event !== entry.event) text.replaceChildren(...said(entry));
    const word = fateWord(fate);
    putAttribute(element, "data-fate", word);
    put(sign, mark(fate));
    putAttribute(sign, "title", sentence(fate));
    putAttribute(sign, "aria-label", sentence(fate));
    element.classList.toggle("missing", isMissing(fate));
    element.classList.toggle("picked", picked);
    element.classList.toggle("pinned", pinned);
    element.tabIndex = picked ? 0 : -1;
    for (const button of buttons.querySelectorAll("button")) {
      button.tabIndex = picked ? 0 : -1;
      if (button.dataset.test === "air") button.hidden = !isHeld(entry);
      if (button.dataset.test === "remove") button.hidden = word === "removed";
      if (button.dataset.test === "pin") button.hidden = pinned || word === "removed";
    }
    element.classList.toggle("is-held", isHeld(entry));
    put(held, isHeld(entry) ? words.heldUntil(clockTime(entry.held_until ?? 0)) : "");
    put(muted, mutedUntil === undefined ? "" : words.mutedUntil(clockTime(mutedUntil)));
  }

  return { element, update };
}

/** Whether the air delay holds it: it has no fate yet. */
export function isHeld({ fate, held_until }: Entry): boolean {
  return held_until !== undefined && fate === undefined;
}

/** What a comment says has emotes in it; names and figures have none. One that was removed says nothing. */
function said({ event, fate }: Entry): (HTMLElement | string)[] {
  if (fate?.fate === "removed" && event.kind === "comment") return ["—"];
  return event.kind === "comment" ? withEmotes(event.text) : [what(event)];
}

function head(event: Event): HTMLElement[] {
  const parts: HTMLElement[] = [];
  if (event.source !== "room")
    parts.push(h("span", { class: "tag" }, words.sources[event.source] ?? event.source));
  const role = event.from?.role;
  if (role === "host" || role === "helper") {
    parts.push(h("span", { class: `tag ${role}` }, words.roles[role] ?? role));
  }
  const name = who(event);
  if (event.from && name !== undefined) {
    const { onDark, onLight } = nameColour(event.from.id);
    const style = { "--on-dark": onDark, "--on-light": onLight };
    parts.push(h("span", { class: "name", title: event.from.id, style }, name));
  }
  if (event.kind === "gift") {
    parts.push(h("img", { class: "gift-icon", src: event.gift.icon, alt: "", loading: "lazy" }));
  }
  return parts;
}

function actions(event: Event, ask: (kind: RowAsk, button: HTMLElement) => void): HTMLElement {
  const button = (kind: RowAsk, label: string, key: string) => {
    const title = words.key(label, key);
    const made = h("button", {
      type: "button",
      class: "row-action",
      title,
      "aria-label": label,
      "data-test": kind,
    });
    made.append(icon(kind as Icon), h("span", {}, label));
    made.addEventListener("click", () => ask(kind, made));
    return made;
  };
  const mutable = event.from !== undefined && event.from.role !== "host";
  return h(
    "div",
    { class: "row-actions" },
    button("air", words.air, "A"),
    isPinnable(event) && button("pin", words.pin, "P"),
    event.kind !== "custom" && button("remove", words.remove, "X"),
    mutable && button("mute", words.mute, "M"),
  );
}
