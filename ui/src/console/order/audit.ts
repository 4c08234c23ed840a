/** Who did what, newest first; loaded when it is opened. Host only. */
import { h } from "../../shared/dom";
import { exactTime } from "../../shared/format";
import { createApi } from "../developers/api";
import type { Control } from "../state";

interface Entry {
  readonly key: string;
  readonly at: number;
  readonly who: string;
  readonly role: string;
  readonly what: string;
  readonly on: Readonly<Record<string, unknown>>;
}

export function createAudit({ notify }: Pick<Control, "notify">): HTMLElement {
  const api = createApi(notify);
  const rows = h("tbody", { "data-test": "audit" });
  const more = h("button", { type: "button", class: "quiet", hidden: true }, "Older");
  let last: string | undefined;

  async function load(before?: string): Promise<void> {
    const at = before === undefined ? "/audit" : `/audit?before=${encodeURIComponent(before)}`;
    const found = await api.attempt(() => api.get<{ entries: readonly Entry[] }>(at));
    if (!found) return;
    const drawn = found.entries.map(row);
    if (before === undefined) rows.replaceChildren(...drawn);
    else rows.append(...drawn);
    last = found.entries[found.entries.length - 1]?.key;
    more.hidden = found.entries.length < 100;
  }

  more.addEventListener("click", () => void load(last));
  const details = h(
    "details",
    { class: "panel audit" },
    h("summary", {}, "Who did what"),
    h(
      "table",
      {},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          ...["When", "Who", "What", "On"].map((word) => h("th", { scope: "col" }, word)),
        ),
      ),
      rows,
    ),
    more,
  );
  details.addEventListener("toggle", () => details.open && void load());
  return details;
}

function row({ at, who, role, what, on }: Entry): HTMLElement {
  const said = Object.entries(on).map(([key, value]) => `${key} ${String(value)}`);
  return h(
    "tr",
    {},
    h("td", {}, exactTime(at)),
    h("td", {}, h("bdi", {}, who), ` (${role})`),
    h("td", {}, what.replaceAll("_", " ")),
    h("td", {}, said.join(", ")),
  );
}
