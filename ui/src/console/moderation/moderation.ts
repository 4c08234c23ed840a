import { h } from "../../shared/dom";
import type { Role } from "../../shared/wire";
import { createApi, path, Refused } from "../developers/api";
import type { Apps } from "../developers/types";
import { createAudit } from "../order/audit";
import { createOrder } from "../order/order";
import { refusal } from "../refusal";
import type { Control, View } from "../state";
import { createActions, createPatterns } from "./patterns";
import { ACTIONS, type Action, lines, MOST, type Rules, type Verdict, verdictWords } from "./rules";
import { words } from "./words";

/** How long after the last key a text is tried, in ms. */
const PAUSE = 300;

/** Order in the room, for helpers too; for the host also what may be said, and who did what. */
export function createModeration(control: Control, role: Role): View {
  const order = createOrder(control);
  const heading = h("h1", {}, words.order);
  if (role !== "host") {
    const element = h("div", { class: "view moderation" }, heading, order.element);
    return { element, update: order.update };
  }
  const rules = createRules(control);
  const audit = createAudit(control);
  const said = h("h1", {}, words.title);
  return {
    element: h(
      "div",
      { class: "view moderation" },
      heading,
      order.element,
      said,
      rules.element,
      audit,
    ),
    update: order.update,
    ...(rules.show && { show: rules.show }),
  };
}

/** What may be said in the rooms of the first app. Host only. */
function createRules({ notify }: Pick<Control, "notify">): Omit<View, "update"> {
  const api = createApi(notify);
  let app: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;

  const fields = new Map<Action, HTMLTextAreaElement>(
    ACTIONS.map((action) => [action, area(`words-${action}`, 8)]),
  );
  const patterns = createPatterns(changed);
  const links = createActions(words.linksAre, "links");
  links.prepend(h("option", { value: "" }, words.letThrough));
  links.addEventListener("change", changed);
  const hosts = area("link-hosts", 3);
  const sample = h("input", {
    type: "text",
    id: "filter-sample",
    "data-test": "filter-sample",
    maxlength: 300,
    placeholder: words.samplePlaceholder,
    autocomplete: "off",
  });
  sample.addEventListener("input", retry);
  const result = h("p", { class: "try-result", role: "status", "data-test": "filter-result" });
  const state = h("span", { class: "note", role: "status" });
  const save = h(
    "button",
    { type: "submit", class: "primary", "data-test": "filter-save" },
    words.save,
  );

  function area(test: string, rows: number): HTMLTextAreaElement {
    return h("textarea", {
      id: test,
      rows,
      autocapitalize: "off",
      spellcheck: "false",
      "data-test": test,
      on: { input: changed },
    });
  }

  function changed(): void {
    state.textContent = words.unsaved;
    retry();
  }

  /** The rules as they are written now. */
  function wanted(): Rules {
    const chosen = links.value as Action | "";
    return {
      words: [...fields].flatMap(([action, field]) =>
        lines(field.value).map((word) => ({ word, action })),
      ),
      patterns: patterns.get(),
      ...(chosen === "" ? {} : { links: chosen }),
      hosts: lines(hosts.value),
    };
  }

  function draw(rules: Rules): void {
    for (const [action, field] of fields) {
      const mine = rules.words.filter((rule) => rule.action === action);
      field.value = mine.map(({ word }) => word).join("\n");
    }
    patterns.set(rules.patterns);
    links.value = rules.links ?? "";
    hosts.value = rules.hosts.join("\n");
    state.textContent = "";
    retry();
  }

  function retry(): void {
    clearTimeout(timer);
    timer = setTimeout(attempt, PAUSE);
  }

  async function attempt(): Promise<void> {
    turn += 1;
    const mine = turn;
    if (app === undefined || sample.value.trim() === "") {
      show("", undefined);
      return;
    }
    const what = { text: sample.value, filter: wanted() };
    try {
      const at = path("apps", app, "filter", "try");
      const verdict = await api.call<Verdict>("POST", at, what);
      if (mine === turn) show(verdictWords(verdict), verdict.becomes === "pass");
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (mine === turn) show(refusal(error.message, error.code), false);
    }
  }

  function show(said: string, good: boolean | undefined): void {
    result.textContent = said;
    if (good === undefined) delete result.dataset.colour;
    else result.dataset.colour = good ? "green" : "amber";
  }

  // Until the rules in force are known, saving would undo them.
  save.disabled = true;

  const submit = async (event: Event) => {
    event.preventDefault();
    if (app === undefined) return;
    const at = path("apps", app, "filter");
    save.disabled = true;
    const kept = await api.attempt(() => api.call<Rules>("PUT", at, wanted()));
    save.disabled = false;
    if (!kept) return;
    draw(kept);
    notify({ kind: "news", text: words.saved });
  };

  async function load(): Promise<void> {
    const found = await api.attempt(() => api.get<Apps>("/apps"));
    app = found?.apps.find(({ first }) => first)?.id;
    if (app === undefined) return;
    const rules = await api.attempt(() => api.get<Rules>(path("apps", app ?? 0, "filter")));
    // What was written meanwhile stays.
    if (rules && state.textContent === "") draw(rules);
    if (rules) save.disabled = false;
  }

  const list = (action: Action) => {
    const [title, hint] = words.lists[action];
    return h(
      "div",
      { class: "input" },
      h("label", { for: `words-${action}` }, title),
      fields.get(action),
      h("p", { class: "hint" }, hint),
    );
  };
  const element = h(
    "form",
    { class: "filter-columns", on: { submit } },
    h(
      "section",
      { class: "panel filter-words" },
      h("h2", {}, words.words),
      h("p", { class: "hint" }, ...words.wordsHint(MOST.words, h("code", {}, "word*"))),
      h("div", { class: "filter-lists" }, ...ACTIONS.map(list)),
    ),
    h(
      "section",
      { class: "panel" },
      h("h2", {}, words.tryIt),
      h("div", { class: "input" }, h("label", { for: "filter-sample" }, words.sample), sample),
      result,
      h("div", { class: "buttons" }, save, state),
    ),
    h(
      "section",
      { class: "panel" },
      h("h2", {}, words.links),
      h("div", { class: "filter-links" }, h("span", {}, words.linksAre), links),
      h(
        "div",
        { class: "input" },
        h("label", { for: "link-hosts" }, words.hosts),
        hosts,
        h("p", { class: "hint" }, words.hostsHint),
      ),
    ),
    h(
      "section",
      { class: "panel" },
      h("h2", {}, words.patterns),
      h("p", { class: "hint" }, words.patternsHint),
      patterns.element,
    ),
  );
  return {
    element,
    show(on) {
      if (on && state.textContent === "") void load();
    },
  };
}
