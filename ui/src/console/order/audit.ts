/** Who did what, newest first; loaded when it is opened. Host only. */
import { h } from "../../shared/dom";
import { lasting, lately, listed } from "../../shared/words/figures";
import { createApi } from "../developers/api";
import type { Control } from "../state";
import { words as picture } from "../words/picture";
import { words } from "./words";

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
  const more = h("button", { type: "button", class: "quiet", hidden: true }, words.older);
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
    h("summary", {}, words.audit),
    h(
      "table",
      {},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          ...[words.when, words.who, words.what].map((word) => h("th", { scope: "col" }, word)),
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
  const did: Readonly<Record<string, string>> = words.did;
  const roles: Readonly<Record<string, string>> = words.roles;
  return h(
    "tr",
    {},
    h("td", {}, lately(at)),
    h("td", {}, h("bdi", {}, who), " ", h("span", { class: "note" }, roles[role] ?? role)),
    h(
      "td",
      {},
      did[what] ?? what.replaceAll("_", " "),
      " ",
      h(
        "span",
        { class: "note" },
        listed(Object.entries(on).map(([key, value]) => fact(key, value))),
      ),
    ),
  );
}

/** One thing an entry says, with its name. */
function fact(key: string, value: unknown): string {
  const names: Readonly<Record<string, string>> = words.facts;
  const speakers: Readonly<Record<string, string>> = words.speakers;
  const said = String(value);
  const plays: Readonly<Record<string, readonly [string, string]>> = picture.plays;
  const of = () => {
    if (key === "seconds") return value === 0 ? words.off : lasting(Number(value));
    if (typeof value === "boolean") return value ? words.yes : words.no;
    if (key === "what") return plays[said]?.[0] ?? said;
    return key === "who" ? (speakers[said] ?? said) : said;
  };
  if (key === "id") return typeof value === "number" ? `#${said}` : said;
  return `${names[key] ?? key} ${of()}`;
}
