/**
 * The virtual list of the feed: draws the rows in sight and a little around
 * them, so that 2,000 lines cost what 60 do.
 *
 * Rows may have any height. While it follows, the newest line stands at the
 * bottom; while it is held, the first line in sight stays where it is, even
 * if lines leave at the front or a height turns out different.
 */

import { h } from "../shared/dom";
import type { Line } from "./desk";
import { Extent } from "./extent";
import { type Ask, createRow, type Row, type RowLook } from "./row";
import { words } from "./words/feed";

/** Height of a row with one line of text, px. */
const ROW_HEIGHT = 28;
/** Drawn above and below what is in sight, px. */
const SPARE = 240;
/** Nearer to the end than this counts as at the end, px. */
const AT_END = 24;

/** The list element and what moves it. */
export interface FeedList {
  readonly element: HTMLElement;
  /** New lines, or the same with other fates or looks. */
  update: (lines: readonly Line[], look: (line: Line) => RowLook, following: boolean) => void;
  /** Scrolls a line into sight and gives it the keyboard. */
  focus: (key: string) => void;
}

export function createFeedList(ask: Ask, onScrolled: (away: boolean) => void): FeedList {
  const above = h("div", { "aria-hidden": "true" });
  const below = h("div", { "aria-hidden": "true" });
  const inner = h("div", { class: "feed-rows" }, above, below);
  const element = h(
    "div",
    { class: "feed-list", role: "feed", "aria-label": words.all, tabindex: 0 },
    inner,
  );
  const extent = new Extent(ROW_HEIGHT);
  const rows = new Map<string, Row>();
  let lines: readonly Line[] = [];
  let lookOf: (line: Line) => RowLook = () => ({
    picked: false,
    pinned: false,
    mutedUntil: undefined,
  });
  let following = true;
  /** Where the view was put by this code; any other place was the reader's choice. */
  let placed = 0;
  /** The line the view hangs on while it is held, and how far it is scrolled into it. */
  let anchor: { key: string; into: number } | undefined;

  function place(y: number): void {
    const top = Math.max(0, Math.round(y));
    if (Math.abs(element.scrollTop - top) >= 1) element.scrollTop = top;
    placed = element.scrollTop;
  }

  function hang(): void {
    const index = extent.at(element.scrollTop);
    const line = lines[index];
    anchor = line && { key: line.key, into: element.scrollTop - extent.top(index) };
  }

  /** Where the view belongs: at the end, or where the line it hangs on is now. */
  function goal(height: number): number {
    const end = Math.max(0, extent.total - height);
    if (following) return end;
    const top = anchor && extent.topOf(anchor.key);
    if (top === undefined) hang();
    return Math.min(end, top === undefined ? element.scrollTop : top + (anchor?.into ?? 0));
  }

  function draw(): void {
    const height = element.clientHeight;
    // Before rows are in the page their heights are a guess; twice is enough to be right.
    for (let pass = 0; pass < 3; pass++) {
      const y = goal(height);
      const { from, to } = extent.range(y, height, SPARE);
      fill(from, to);
      above.style.height = `${extent.top(from)}px`;
      below.style.height = `${extent.total - extent.top(to)}px`;
      place(y);
      const heights = [...rows].map(([key, row]) => [key, row.element.offsetHeight] as const);
      if (!extent.measure(heights)) break;
    }
  }

  function fill(from: number, to: number): void {
    const wanted = lines.slice(from, to);
    const keys = new Set(wanted.map((line) => line.key));
    for (const [key, row] of rows) {
      if (keys.has(key)) continue;
      row.element.remove();
      rows.delete(key);
    }
    let before: Element = above;
    for (const line of wanted) {
      let row = rows.get(line.key);
      if (!row) {
        row = createRow(line, ask);
        rows.set(line.key, row);
      }
      row.update(line, lookOf(line));
      if (before.nextElementSibling !== row.element) before.after(row.element);
      before = row.element;
    }
  }

  element.addEventListener("scroll", () => {
    if (Math.abs(element.scrollTop - placed) < 2) return;
    placed = element.scrollTop;
    const away = element.scrollHeight - element.clientHeight - element.scrollTop > AT_END;
    following = false;
    hang();
    onScrolled(away);
    draw();
  });
  let width = 0;
  new ResizeObserver(() => {
    if (element.clientWidth !== width) {
      width = element.clientWidth;
      extent.forget();
    }
    draw();
  }).observe(element);

  return {
    element,
    update(next, look, follow) {
      if (following && !follow) hang();
      following = follow;
      lookOf = look;
      if (next !== lines) {
        lines = next;
        extent.setRows(lines.map((line) => line.key));
      }
      draw();
      if (!following && !anchor) hang();
    },
    focus(key) {
      const top = extent.topOf(key);
      if (top === undefined) return;
      const height = rows.get(key)?.element.offsetHeight ?? ROW_HEIGHT;
      const { scrollTop, clientHeight } = element;
      following = false;
      if (top < scrollTop) place(top);
      else if (top + height > scrollTop + clientHeight) place(top + height - clientHeight);
      hang();
      draw();
      rows.get(key)?.element.focus({ preventScroll: true });
    },
  };
}
