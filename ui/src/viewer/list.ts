/**
 * The chat's list: follows the newest line until the reader scrolls up, then
 * stays where it is and counts what came since.
 */
import { h } from "../shared/dom";
import type { Event } from "../shared/wire";
import { words } from "../shared/words/viewer";
import { icon } from "./icons";
import type { Change, Line } from "./messages";
import { looksSame, mark, row } from "./row";

/** Nearer than this to the end, in px, counts as reading along. */
const NEAR = 48;

export interface List {
  element: HTMLElement;
  apply(changes: readonly Change[]): void;
  /** Hides and shows anew, after `hides` changed its mind. */
  sift(): void;
  /** In the room: from now on no lines means that nobody spoke. */
  joined(): void;
}

/** A row and what it was built from. */
interface Row {
  element: HTMLElement;
  event: Event;
  failed: boolean;
}

/** `again` writes a failed line anew; whose lines `hides` names are not shown. */
export function createList(
  again: (line: Line) => void,
  hides: (event: Event) => boolean = () => false,
): List {
  const rows = new Map<number, Row>();
  const lines = h("ol", { class: "lines" });
  const empty = h("p", { class: "empty", hidden: true }, words.list.empty);
  const scroll = h(
    "div",
    // Read out by the announcer, which is slower than a busy room.
    {
      class: "scroll",
      role: "log",
      "aria-live": "off",
      "aria-label": words.list.label,
      tabindex: 0,
    },
    empty,
    lines,
  );
  const unreadText = h("span");
  const chip = h(
    "button",
    {
      type: "button",
      class: "chip",
      hidden: true,
      "data-test": "new-messages",
      on: { click: follow },
    },
    icon("down"),
    unreadText,
  );
  let following = true;
  let unread = 0;
  let here = false;

  scroll.addEventListener(
    "scroll",
    () => {
      following = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR;
      if (following) count(0);
    },
    { passive: true },
  );
  // The keyboard and the gift panel take room; the newest line stays in sight.
  new ResizeObserver(() => following && toEnd()).observe(scroll);

  function apply(changes: readonly Change[]): void {
    if (changes.length === 0) return;
    let news = 0;
    let above = 0;
    const added = document.createDocumentFragment();
    for (const { do: what, line } of changes) {
      const old = rows.get(line.key);
      if (what === "drop") {
        const { offsetTop = 0, offsetHeight = 0 } = old?.element ?? {};
        if (!following && offsetTop < scroll.scrollTop) above += offsetHeight;
        old?.element.remove();
        rows.delete(line.key);
        continue;
      }
      if (what === "change" && !old) continue;
      put(line, old, added);
      if (
        what === "add" &&
        line.kind === "event" &&
        line.event.kind !== "tip" &&
        !hides(line.event)
      )
        news += 1;
      if (what === "add" && line.state === "pending") following = true;
    }
    lines.append(added);
    empty.hidden = rows.size > 0 || !here;
    if (following) toEnd();
    else {
      scroll.scrollTop -= above;
      count(unread + news);
    }
  }

  function put(line: Line, old: Row | undefined, added: DocumentFragment): void {
    const failed = line.state === "failed";
    if (old && !old.failed && !failed && looksSame(old.event, line.event)) {
      mark(old.element, line);
      return;
    }
    const element = row(line, again);
    element.hidden = hides(line.event);
    rows.set(line.key, { element, event: line.event, failed });
    if (old) old.element.replaceWith(element);
    else added.append(element);
  }

  function follow(): void {
    following = true;
    toEnd();
    scroll.focus({ preventScroll: true });
  }

  function toEnd(): void {
    scroll.scrollTop = scroll.scrollHeight;
    count(0);
  }

  function count(messages: number): void {
    unread = messages;
    chip.hidden = unread === 0;
    unreadText.textContent = words.list.fresh(unread);
  }

  function sift(): void {
    for (const { element, event } of rows.values()) element.hidden = hides(event);
    if (following) toEnd();
  }

  function joined(): void {
    here = true;
    empty.hidden = rows.size > 0;
  }

  return { element: h("div", { class: "list" }, scroll, chip), apply, sift, joined };
}
