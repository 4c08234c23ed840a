import { h } from "../../shared/dom";
import { path } from "./api";
import type { Around, Part } from "./part";
import { createRule, tidy } from "./rule";
import { words } from "./rule-words";
import { createTry } from "./try";
import type { App, Mapping, Rule } from "./types";

/** Most rules of a mapping, as the server has it. */
const RULES = 64;

/** Which custom messages of an app become which events on the picture. */
export function createMapping({ api, notify }: Around): Part {
  let app: App | undefined;
  let rules: Rule[] = [];
  const list = h("ol", { class: "rules", "data-test": "rules" });
  const add = h("button", { type: "button", "data-test": "rule-add" }, words.add);
  const save = h(
    "button",
    { type: "submit", class: "primary", "data-test": "mapping-save" },
    words.save,
  );
  const state = h("span", { class: "note", role: "status" });
  const sample = createTry(api, () => ({ app: app?.id ?? 0, mapping: wanted() }));

  const wanted = (): Mapping => ({ rules: rules.map(tidy) });

  function changed(): void {
    state.textContent = words.unsaved;
    sample.run();
  }

  function draw(focus?: string): void {
    const move = (from: number, to: number) => {
      const [rule] = rules.splice(from, 1);
      if (rule) rules.splice(to, 0, rule);
      changed();
      draw(`rule-${to + 1}-field`);
    };
    list.replaceChildren(
      ...rules.map((rule, i) =>
        createRule(rule, i + 1, {
          changed,
          up: i === 0 ? undefined : () => move(i, i - 1),
          remove: () => {
            const old = rules;
            rules = rules.filter((one) => one !== rule);
            changed();
            draw();
            add.focus();
            const undo = () => {
              rules = old;
              changed();
              draw();
            };
            notify({ kind: "news", text: words.out(i + 1), undo });
          },
        }),
      ),
    );
    if (rules.length === 0) {
      list.append(h("li", { class: "empty" }, words.none));
    }
    add.disabled = rules.length >= RULES;
    if (focus !== undefined) list.querySelector<HTMLElement>(`[data-test="${focus}"]`)?.focus();
  }

  add.addEventListener("click", () => {
    rules.push({ field: "/cmd", equals: "", becomes: "like" });
    changed();
    draw(`rule-${rules.length}-equals`);
  });

  const submit = async (event: Event) => {
    event.preventDefault();
    if (!app) return;
    const at = path("apps", app.id, "mapping");
    save.disabled = true;
    const done = await api.attempt(() => api.call<Mapping>("PUT", at, wanted()));
    save.disabled = false;
    if (!done) return;
    state.textContent = "";
    notify({ kind: "news", text: words.saved });
  };

  const element = h(
    "div",
    { class: "part" },
    h(
      "form",
      { class: "panel", on: { submit } },
      h("h2", {}, words.title),
      h(
        "p",
        { class: "hint" },
        ...words.hint(h("code", {}, "/a/b"), h("code", {}, "ext/a"), h("code", {}, "=word")),
      ),
      list,
      h("div", { class: "buttons" }, save, add, state),
    ),
    sample.element,
  );
  return {
    element,
    async open(next) {
      const other = app?.id !== next.id;
      app = next;
      if (!other) return;
      rules = [];
      state.textContent = "";
      draw();
      const found = await api.attempt(() => api.get<Mapping>(path("apps", next.id, "mapping")));
      if (!found || app.id !== next.id) return;
      rules = found.rules.map((rule) => ({ ...rule }));
      draw();
      sample.run();
    },
  };
}
