/** The feed: filter, list, the picked line and what its keys and buttons do. */

import { h } from "../shared/dom";
import type { Entry, EventId, Sender } from "../shared/wire";
import { entryOf, type Line } from "./desk";
import { createFeedList } from "./feed-list";
import { FILTERS, type Filter, passing } from "./filter";
import { chip, FOLLOWING, type Follow, hold } from "./follow";
import { icon } from "./icons";
import type { Action } from "./keys";
import { mutedUntil } from "./mutes";
import { createActs, standing } from "./person/acts";
import { createPersonMenu } from "./person/menu";
import { put } from "./put";
import { isHeld, type RowAsk } from "./row";
import type { Control, State } from "./state";
import { isPinnable } from "./wording";
import { words } from "./words/feed";

/** How long a pointer that stopped moving still holds the feed, on a line and on a button, ms. */
const POINTER_REST = { line: 2_500, button: 6_000 } as const;

export function createFeed(control: Control): {
  element: HTMLElement;
  update: (state: State) => void;
  key: (action: Action) => boolean;
} {
  let state: State | undefined;
  let filter: Filter = "all";
  let lines: readonly Line[] = [];
  let follow: Follow = FOLLOWING;
  let picked: EventId | undefined;
  let rest: ReturnType<typeof setTimeout> | undefined;

  const menu = createPersonMenu(createActs(control));
  const list = createFeedList(asked, (away) => held({ scrolled: away }));
  const empty = h("p", { class: "empty" });
  const news = h("button", { type: "button", class: "chip", "data-test": "newest" });
  const newsText = h("span");
  news.append(newsText, icon("down"));
  news.addEventListener("click", toNewest);
  const filters = FILTERS.map((id) => {
    const button = h(
      "button",
      { type: "button", "aria-pressed": String(id === filter), "data-test": `filter-${id}` },
      words.filters[id],
    );
    button.addEventListener("click", () => narrow(id));
    return [id, button] as const;
  });

  function asked(kind: RowAsk, { event }: Entry, button: HTMLElement): void {
    if (kind === "air") void control.run({ do: "order", order: { set: "air", id: event.id } });
    else if (kind === "pin") void control.run({ do: "pin", id: event.id });
    else if (kind === "remove") void control.run({ do: "remove", id: event.id });
    else if (event.from) {
      openMenu(event.from, button);
      held({ pointer: true });
    }
  }

  function openMenu(who: Sender, beside: HTMLElement): void {
    if (state) menu.open(who, standing(state.desk, state.role === "host", who.id), beside);
  }

  function held(change: Partial<Omit<Follow, "since">>): void {
    follow = hold(follow, change, state?.desk.added ?? 0);
    draw();
  }

  function pick(id: EventId | undefined): void {
    picked = id;
    held({ picked: id !== undefined });
  }

  function toNewest(): void {
    picked = undefined;
    held({ scrolled: false, picked: false, pointer: false });
  }

  function narrow(to: Filter): void {
    filter = to;
    for (const [id, button] of filters) button.setAttribute("aria-pressed", String(id === filter));
    toNewest();
  }

  function draw(): void {
    if (!state) return;
    const { desk, mutes } = state;
    const now = Date.now();
    lines = passing(desk.lines, filter);
    list.update(
      lines,
      (line) => ({
        picked: line.key === picked,
        pinned: line.key === desk.pinned?.id,
        mutedUntil:
          line.kind === "entry" ? mutedUntil(mutes, line.entry.event.from?.id, now) : undefined,
      }),
      follow.since === undefined,
    );
    empty.hidden = lines.length > 0;
    put(empty, desk.lines.length > 0 ? words.noneOfKind : words.none);
    const told = chip(follow, desk.added);
    news.hidden = told === undefined;
    put(newsText, told ?? "");
  }

  function step(by: 1 | -1): boolean {
    const keys = lines.filter((line) => line.kind === "entry").map((line) => line.key);
    if (keys.length === 0) return false;
    const here = picked === undefined ? -1 : keys.indexOf(picked);
    const to = here < 0 ? keys.length - 1 : Math.max(0, Math.min(keys.length - 1, here + by));
    pick(keys[to]);
    list.focus(keys[to] ?? "");
    return true;
  }

  function key(action: Action): boolean {
    if (action === "next") return step(1);
    if (action === "previous") return step(-1);
    if (action === "newest" || (action === "leave" && follow.since !== undefined)) {
      toNewest();
      return true;
    }
    const entry = state && entryOf(state.desk, picked);
    if (!entry) return false;
    const { event, fate } = entry;
    if (action === "air" && isHeld(entry)) {
      void control.run({ do: "order", order: { set: "air", id: event.id } });
    } else if (action === "pin" && isPinnable(event) && fate?.fate !== "removed") {
      void control.run({ do: "pin", id: event.id });
    } else if (action === "remove" && event.kind !== "custom") {
      void control.run({ do: "remove", id: event.id });
    } else if (action === "mute" && event.from && event.from.role !== "host") {
      const row = list.element.querySelector<HTMLElement>(".row.picked");
      openMenu(event.from, row?.querySelector<HTMLElement>("[data-test=mute]") ?? list.element);
    } else return false;
    return true;
  }

  list.element.addEventListener("pointermove", (move) => {
    if (move.pointerType !== "mouse") return;
    clearTimeout(rest);
    if (!follow.pointer) held({ pointer: true });
    const onButton = move.target instanceof Element && move.target.closest(".row-actions");
    rest = setTimeout(release, onButton ? POINTER_REST.button : POINTER_REST.line);
  });
  list.element.addEventListener("pointerleave", release);
  list.element.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element) || target.closest("button")) return;
    const id = target.closest<HTMLElement>(".row")?.dataset.id;
    if (id !== undefined && getSelection()?.isCollapsed !== false) {
      pick(id === picked ? undefined : id);
      if (picked !== undefined) list.focus(picked);
    }
  });

  function release(): void {
    clearTimeout(rest);
    if (menu.isOpen()) rest = setTimeout(release, POINTER_REST.button);
    else if (follow.pointer) held({ pointer: false });
  }

  const element = h(
    "section",
    { class: "feed", "aria-label": words.feed },
    h(
      "div",
      { class: "filters", role: "group", "aria-label": words.show },
      ...filters.map(([, button]) => button),
      news,
    ),
    h("div", { class: "feed-frame" }, list.element, empty),
    menu.element,
  );
  return {
    element,
    key,
    update(next) {
      state = next;
      draw();
    },
  };
}
