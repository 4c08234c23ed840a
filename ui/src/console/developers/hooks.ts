import { h } from "../../shared/dom";
import { path } from "./api";
import { createBeat } from "./beat";
import { createHealth } from "./health";
import { createHookForm, type Wanted } from "./hook-form";
import { words } from "./hook-words";
import type { Around, Part } from "./part";
import type { App, Hooks, HookTest } from "./types";

/** How often the health is read again, in ms. */
const EVERY = 2_000;

/** The webhooks of an app, and how they fare. */
export function createHooks({ api, notify }: Around): Part {
  let app: App | undefined;
  let front = false;
  const result = h("p", { class: "test-result", role: "status", "data-test": "hook-result" });
  const health = createHealth();
  const form = createHookForm({ save, test, result });
  const beat = createBeat(EVERY, load);

  const at = (...more: readonly string[]) => path("apps", app?.id ?? 0, "hooks", ...more);

  /** A form somebody writes in is left alone. */
  async function load(): Promise<void> {
    const mine = app?.id;
    if (mine === undefined) return;
    const hooks = await api.look(() => api.get<Hooks>(at()));
    if (hooks && app?.id === mine) draw(hooks);
  }

  function draw(hooks: Hooks): void {
    health.update(hooks.url, hooks.health);
    if (!form.isTouched() && !form.element.contains(document.activeElement)) form.set(hooks);
  }

  async function save(wanted: Wanted): Promise<boolean> {
    const hooks = await api.attempt(() => api.call<Hooks>("PUT", at(), wanted));
    if (!hooks) return false;
    notify({ kind: "news", text: words.saved });
    form.set(hooks);
    health.update(hooks.url, hooks.health);
    return true;
  }

  async function test(): Promise<void> {
    result.textContent = words.calling;
    result.dataset.colour = "grey";
    const done = await api.attempt(() => api.call<HookTest>("POST", at("test")));
    result.textContent = done ? words.result(done.note, done.took_ms) : "";
    result.dataset.colour = done?.ok ? "green" : "red";
  }

  return {
    element: h("div", { class: "columns" }, form.element, health.element),
    open(next) {
      const other = app?.id !== next.id;
      app = next;
      if (!other) return;
      result.textContent = "";
      form.set(NONE);
      if (front) void load();
    },
    show(on) {
      front = on;
      beat(on);
    },
  };
}

const CLOSED = {
  is_open: false,
  tries_at: null,
  in_flight: 0,
  failures: 0,
  skipped: 0,
  last: null,
};
const NONE: Hooks = {
  url: null,
  commands: [],
  refuse_on_failure: false,
  retry: false,
  has_token: false,
  health: { asking: CLOSED, telling: CLOSED, waiting: 0, dropped: 0 },
};
