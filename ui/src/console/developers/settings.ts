import { h } from "../../shared/dom";
import { path } from "./api";
import type { Around } from "./part";
import type { App } from "./types";

/** Most logins of one account on one platform, as the server has it. */
const MOST = 10;

/** How many times an account may be logged in on one platform. */
export function createLogins({ api, notify }: Around): {
  element: HTMLElement;
  open: (app: App) => Promise<void>;
} {
  let app: App | undefined;
  const select = h("select", { id: "instances", "data-test": "instances" });
  for (let n = 1; n <= MOST; n += 1) select.append(h("option", { value: n }, n));
  select.addEventListener("change", async () => {
    if (!app) return;
    const at = path("apps", app.id, "settings");
    const wanted = { instances: Number(select.value) };
    const done = await api.attempt(() => api.call("PUT", at, wanted));
    if (done) notify({ kind: "news", text: "Logins saved." });
    else await open(app);
  });

  async function open(next: App): Promise<void> {
    app = next;
    const at = path("apps", next.id, "settings");
    const found = await api.attempt(() => api.get<{ instances: number }>(at));
    if (found && app === next) select.value = String(found.instances);
  }

  const element = h(
    "section",
    { class: "panel" },
    h("h2", {}, "Logins"),
    h(
      "div",
      { class: "input short" },
      h("label", { for: "instances" }, "Of one account on one platform, at once"),
      select,
      h("p", { class: "hint" }, "One more ends the oldest, which is told that it was kicked out."),
    ),
  );
  return { element, open };
}
