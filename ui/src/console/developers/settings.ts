import { h } from "../../shared/dom";
import { path } from "./api";
import type { Around } from "./part";
import type { App, Settings } from "./types";
import { words } from "./words";

/** Most logins of one account on one platform, as the server has it. */
const MOST = 10;

/** How long an order to remove keeps somebody out, in s. */
const BANS: readonly number[] = [0, 600, 3_600, 86_400, 604_800];

/** What an app's rooms do by themselves, in force at once. */
export function createSettings({ api, notify }: Around): {
  element: HTMLElement;
  open: (app: App) => Promise<void>;
} {
  let app: App | undefined;
  const instances = h("select", { id: "instances", "data-test": "instances" });
  for (let n = 1; n <= MOST; n += 1) instances.append(h("option", { value: n }, n));
  const mutes = h("input", { type: "checkbox", id: "order-mutes", "data-test": "order-mutes" });
  const ban = h("select", { id: "order-ban", "data-test": "order-ban" });

  async function save(): Promise<void> {
    if (!app) return;
    const wanted: Settings = {
      instances: Number(instances.value),
      order_mutes: mutes.checked,
      order_ban_s: Number(ban.value),
    };
    const at = path("apps", app.id, "settings");
    const done = await api.attempt(() => api.call("PUT", at, wanted));
    if (done) notify({ kind: "news", text: words.settings.saved });
    else await open(app);
  }

  for (const field of [instances, mutes, ban]) field.addEventListener("change", () => void save());

  async function open(next: App): Promise<void> {
    app = next;
    const at = path("apps", next.id, "settings");
    const found = await api.attempt(() => api.get<Settings>(at));
    if (!found || app !== next) return;
    instances.value = String(found.instances);
    mutes.checked = found.order_mutes;
    const lasts = found.order_ban_s;
    // A back end's own programs may have set another time.
    const other = BANS.includes(lasts) ? [] : [lasts];
    ban.replaceChildren(
      ...[...BANS, ...other].map((s) =>
        h("option", { value: s }, s === 0 ? words.settings.nothing : words.settings.keepsOut(s)),
      ),
    );
    ban.value = String(lasts);
  }

  const element = h(
    "section",
    { class: "panel" },
    h("h2", {}, words.settings.title),
    h(
      "div",
      { class: "input short" },
      h("label", { for: "instances" }, words.settings.instances),
      instances,
      h("p", { class: "hint" }, words.settings.instancesHint),
    ),
    h(
      "div",
      { class: "check" },
      mutes,
      h(
        "span",
        {},
        h("label", { for: "order-mutes" }, words.settings.mutes),
        h("small", {}, words.settings.mutesHint),
      ),
    ),
    h("div", { class: "input" }, h("label", { for: "order-ban" }, words.settings.removes), ban),
  );
  return { element, open };
}
