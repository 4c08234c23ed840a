import { h } from "../../shared/dom";
import { exactTime } from "../../shared/format";
import { moment } from "../../shared/words/figures";
import { path } from "./api";
import { createBeat } from "./beat";
import { createCode, pretty } from "./code";
import { words } from "./hook-words";
import { fact } from "./input";
import type { Around, Part } from "./part";
import type { App, Delivery } from "./types";

/** How often the newest are read again, in ms. */
const EVERY = 3_000;
/** Rows of one page. */
const PAGE = 50;

/** Every told event of an app: what became of it, and once more. */
export function createDeliveries({ api, notify }: Around): Part {
  let app: App | undefined;
  let front = false;
  let rows: readonly Delivery[] = [];
  let open: number | undefined;
  const list = h("ul", { class: "deliveries", "data-test": "deliveries" });
  const empty = h("p", { class: "empty" }, words.noEvents);
  const older = h("button", { type: "button", class: "quiet", "data-test": "older" }, words.older);
  const body = createCode(words.body, "delivery-body");
  const beat = createBeat(EVERY, () => load());

  older.addEventListener("click", () => void load(rows[rows.length - 1]?.row));

  async function load(before?: number): Promise<void> {
    const mine = app?.id;
    if (mine === undefined) return;
    const more = before === undefined ? "" : `&before=${before}`;
    const at = `${path("apps", mine, "deliveries")}?limit=${PAGE}${more}`;
    const found = await api.look(() => api.get<{ deliveries: readonly Delivery[] }>(at));
    if (!found || app?.id !== mine) return;
    const fresh = found.deliveries;
    // The newest page replaces what it covers; older pages stay.
    const last = fresh[fresh.length - 1]?.row ?? Number.POSITIVE_INFINITY;
    const kept = before === undefined ? rows.filter(({ row }) => row < last) : rows;
    rows = before === undefined ? [...fresh, ...kept] : [...kept, ...fresh];
    older.hidden = fresh.length < PAGE;
    draw();
  }

  function draw(): void {
    const focused = (document.activeElement as HTMLElement | null)?.dataset.focus;
    list.replaceChildren(...rows.map(line));
    empty.hidden = rows.length > 0;
    if (focused === undefined) return;
    list.querySelector<HTMLElement>(`[data-focus="${focused}"]`)?.focus();
  }

  function line(delivery: Delivery): HTMLElement {
    const { row, command, made, attempts, state } = delivery;
    const shown = row === open;
    const click = () => {
      open = shown ? undefined : row;
      draw();
    };
    const head = h(
      "button",
      {
        type: "button",
        class: "delivery-row",
        "data-focus": row,
        "data-test": `delivery-${row}`,
        "aria-expanded": shown,
        on: { click },
      },
      h("time", {}, exactTime(made)),
      h("strong", {}, command),
      h("span", { class: "note" }, words.tries(attempts)),
      h("span", { class: "delivery-state", "data-state": state }, words.states[state]),
    );
    return h("li", {}, head, shown && details(delivery));
  }

  function details(delivery: Delivery): HTMLElement {
    const { row, state, at, note, query } = delivery;
    const when = state === "due" ? words.nextTry : words.ended;
    const again = h(
      "button",
      {
        type: "button",
        "data-focus": `again-${row}`,
        "data-test": `resend-${row}`,
        on: { click: () => void resend(row) },
      },
      words.again,
    );
    body.set(pretty(delivery.body));
    return h(
      "div",
      { class: "delivery" },
      h(
        "dl",
        { class: "facts" },
        fact(when, moment(at)),
        note !== "" && fact(words.said, note),
        fact(words.parameters, h("code", {}, query)),
      ),
      body.element,
      again,
    );
  }

  async function resend(row: number): Promise<void> {
    if (!app) return;
    const at = path("apps", app.id, "deliveries", row, "resend");
    if (!(await api.attempt(() => api.call("POST", at)))) return;
    notify({ kind: "news", text: words.told });
    await load();
  }

  return {
    element: h("section", { class: "panel part" }, h("h2", {}, words.log), empty, list, older),
    open(next) {
      const other = app?.id !== next.id;
      app = next;
      if (!other) return;
      [rows, open] = [[], undefined];
      older.hidden = true;
      draw();
      if (front) void load();
    },
    show(on) {
      front = on;
      beat(on);
    },
  };
}
