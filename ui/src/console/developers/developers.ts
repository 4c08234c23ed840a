import { h } from "../../shared/dom";
import type { Control, View } from "../state";
import { createApi, path } from "./api";
import { createAppList } from "./app-list";
import { createDeliveries } from "./deliveries";
import { createHooks } from "./hooks";
import { createKey } from "./key";
import { createMapping } from "./mapping";
import type { Around, Part } from "./part";
import { createRooms } from "./rooms";
import { createSecret } from "./secret";
import { createStart } from "./start";
import { createTabs } from "./tabs";
import type { App, Apps } from "./types";
import { words } from "./words";

/** Apps for developers: their front ends, back ends, rooms and messages. Host only. */
export function createDevelopers({ notify }: Pick<Control, "notify">): View {
  const api = createApi(notify);
  const around: Around = { api, notify, changed: load };
  let known: Apps = { apps: [], limit: 0 };
  let chosen: number | undefined;
  let tab = "start";
  let front = false;

  const secret = createSecret();
  const list = createAppList({ pick, create });
  const parts = new Map<string, Part>();
  const add = (id: keyof typeof words.tabs, part: Part) => {
    parts.set(id, part);
    return { id, label: words.tabs[id], panel: part.element };
  };
  const tabs = createTabs(
    words.app,
    [
      add("start", createStart(around)),
      add("rooms", createRooms(around)),
      add("hooks", createHooks(around)),
      add("log", createDeliveries(around)),
      add("mapping", createMapping(around)),
      add(
        "key",
        createKey(around, ({ name }, key) => secret.show(name, key)),
      ),
    ],
    turn,
  );
  const title = h("h2", { class: "app-title" });
  const number = h("code");
  const heading = h("div", { class: "app-head" }, title, number);

  /** Another tab came to the front. */
  function turn(id: string): void {
    if (id !== tab) parts.get(tab)?.show?.(false);
    tab = id;
    const app = current();
    if (!app) return;
    parts.get(id)?.open(app);
    parts.get(id)?.show?.(front);
  }

  const current = (): App | undefined => known.apps.find((app) => app.id === chosen);

  async function load(): Promise<void> {
    const found = await api.attempt(() => api.get<Apps>("/apps"));
    if (!found) return;
    known = found;
    if (!current()) chosen = known.apps[0]?.id;
    draw();
  }

  function draw(): void {
    list.update(known, chosen);
    const app = current();
    place.hidden = app === undefined;
    if (!app) return;
    title.textContent = app.name;
    number.textContent = `SDKAppID ${app.id}`;
    tabs.open(tab);
  }

  function pick(id: number): void {
    if (id === chosen) return;
    chosen = id;
    secret.clear();
    draw();
  }

  async function create(name: string): Promise<boolean> {
    const at = path("apps");
    const made = await api.attempt(() =>
      api.call<{ id: number; secret_key: string }>("POST", at, { name }),
    );
    if (!made) return false;
    chosen = made.id;
    tab = "start";
    await load();
    secret.show(name, made.secret_key);
    return true;
  }

  const place = h("div", { class: "app" }, heading, tabs.element);
  place.hidden = true;
  return {
    element: h(
      "div",
      { class: "view developers" },
      h("h1", {}, words.title),
      h(
        "div",
        { class: "dev-columns" },
        list.element,
        h("div", { class: "app-side" }, secret.element, place),
      ),
    ),
    update() {},
    show(on) {
      front = on;
      if (on) void load();
      else parts.get(tab)?.show?.(false);
    },
  };
}
