import { h } from "../../shared/dom";
import type { Look, Motion, Theme } from "../../shared/wire";
import { DEFAULT_LOOK } from "../../shared/wire/default-look";
import { createApi, Refused } from "../developers/api";
import { mainFirst } from "../overlays";
import { refusal } from "../refusal";
import type { Control, State, View } from "../state";
import { Throttle } from "../throttle";
import { addFont, exportTheme, importTheme, pick } from "./files";
import { loadThemes } from "./list";
import { templateFields } from "./parts";
import { createPreview } from "./preview";
import { createShelf } from "./shelf";
import { type Listed, type Own, ownOf, type Themes } from "./types";
import { contrastNotes, variableFields } from "./variables";
import { words } from "./words";

/** A draft is tried at most this often while a slider moves, ms. */
const TRY_EVERY = 120;

/**
 * Themes: the shipped ones to start from, the host's own to change. A draft is
 * seen in the sample at once and on air when it is saved.
 */
export function createThemes(control: Control): View {
  const api = createApi(control.notify);
  const preview = createPreview();
  let known: Themes = { themes: [], slots: {} };
  let chosen = "glass";
  let draft: Own | undefined;
  let state: State | undefined;
  /** Counts drafts, so that an answer to an old one is not shown. */
  let tries = 0;

  const trying = new Throttle<Own>(TRY_EVERY, (own) => void attempt(own));
  const shelf = createShelf({
    pick: choose,
    duplicate: () => void duplicate(),
    open: () => void open(),
  });
  const name = h("input", {
    type: "text",
    maxlength: 40,
    "aria-label": words.name,
    "data-test": "theme-name",
  });
  const save = button(words.save, "theme-save", () => void keep());
  const undo = button(words.discard, "theme-discard", () => choose(chosen));
  const wear = button(words.wear, "theme-wear", () => void put());
  const file = button(words.export, "theme-export", () => {
    const listed = current();
    if (listed) void exportTheme(api, listed);
  });
  const gone = button(words.remove, "theme-delete", () => void remove());
  const problem = h("p", { class: "theme-problem", role: "alert", "data-test": "theme-problem" });
  const hint = h("p", { class: "hint" });
  const values = h("div", { class: "theme-values" });
  const notes = h("ul", { class: "theme-notes" });
  const parts = h("div");
  const fonts = h("ul", { class: "theme-fonts" });
  const motion = h(
    "select",
    { id: "theme-motion", "data-test": "theme-motion" },
    ...Object.entries(words.motions).map(([value, label]) => h("option", { value }, label)),
  );
  const css = h("textarea", {
    id: "theme-css",
    rows: 12,
    spellcheck: "false",
    maxlength: 65_536,
    placeholder: ".feed-nick { text-transform: uppercase; }",
    "data-test": "theme-css",
  });
  const form = h(
    "fieldset",
    { class: "theme-form" },
    panel(words.values, values, notes),
    panel(
      words.fonts,
      fonts,
      button(words.addFont, "theme-font-add", () => void bring()),
    ),
    panel(
      words.motionAndParts,
      h(
        "div",
        { class: "field" },
        h("label", { class: "caption", for: "theme-motion" }, words.motion),
        motion,
      ),
      parts,
    ),
    panel(words.css, h("label", { class: "hint", for: "theme-css" }, words.cssHint), css, problem),
  );

  name.addEventListener("input", () => edit({ name: name.value.trim() }));
  motion.addEventListener("change", () => edit({ motion: motion.value as Motion }));
  css.addEventListener("input", () => edit({ css: css.value }));

  const current = (): Listed | undefined => known.themes.find(({ id }) => id === chosen);

  async function load(): Promise<void> {
    const found = await loadThemes(api);
    if (!found) return;
    known = found;
    if (!current()) choose("glass");
    else if (!draft || !changed()) choose(chosen);
    else draw();
  }

  function choose(id: string): void {
    chosen = id;
    const listed = current();
    draft = listed && ownOf(listed);
    fill();
    draw();
    if (draft) trying.push(draft);
  }

  /** Builds the controls of another theme. */
  function fill(): void {
    const listed = current();
    if (!listed || !draft) return;
    name.value = draft.name;
    motion.value = draft.motion;
    css.value = draft.css;
    const own = () => draft ?? ownOf(listed);
    values.replaceChildren(...variableFields(listed.variables, own, edit));
    fillParts(listed);
  }

  function fillParts(listed: Listed): void {
    const base = known.themes.find(({ id }) => id === listed.base)?.template ?? {};
    const now = { ...base, ...draft?.template };
    const change = (template: Own["template"]) => {
      edit({ template });
      fillParts(listed);
    };
    parts.replaceChildren(...templateFields(known.slots, now, change));
  }

  function edit(change: Partial<Own>): void {
    if (!draft || !current()?.own) return;
    draft = { ...draft, ...change };
    draw();
    trying.push(draft);
  }

  function changed(): boolean {
    const listed = current();
    return listed?.own != null && JSON.stringify(listed.own) !== JSON.stringify(draft);
  }

  function draw(): void {
    const listed = current();
    const own = listed?.own != null;
    shelf.update(known.themes, chosen);
    form.disabled = !own;
    name.disabled = !own;
    for (const one of [save, undo, file, gone]) one.hidden = !own;
    save.disabled = !changed() || problem.textContent !== "";
    undo.disabled = !changed();
    wear.disabled = wears() === chosen;
    hint.textContent = own ? words.own : words.notOwn;
    if (listed && draft) notes.replaceChildren(...contrastNotes(listed.variables, draft));
    const brought = (draft?.fonts ?? []).map((font) => {
      const out = button(words.takeOut, `theme-font-${font.key}`, () => {
        edit({ fonts: (draft?.fonts ?? []).filter(({ key }) => key !== font.key) });
      });
      return h("li", {}, h("code", {}, `"${font.family}"`), out);
    });
    fonts.replaceChildren(...brought);
  }

  /** Has the server make a style sheet of a draft, and shows it. */
  async function attempt(own: Own): Promise<void> {
    const mine = ++tries;
    let why = "";
    try {
      const made = await api.call<{ theme: Theme; css: string }>("POST", "/themes/try", own);
      if (mine === tries) preview.wear({ ...made, look: lookOf() });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      why = refusal(error.message, error.code);
    }
    if (mine !== tries) return;
    problem.textContent = why;
    draw();
  }

  async function keep(): Promise<void> {
    const listed = current();
    const own = draft;
    if (!listed?.own || !own) return;
    const at = `/themes/${encodeURIComponent(listed.id)}`;
    if (!(await api.attempt(() => api.call<Listed>("PUT", at, own)))) return;
    control.notify({
      kind: "news",
      text: words.saved(own.name),
    });
    await load();
  }

  async function add(own: Own): Promise<void> {
    const made = await api.attempt(() => api.call<Listed>("POST", "/themes", own));
    if (made) await show(made);
  }

  async function show(made: Listed): Promise<void> {
    chosen = made.id;
    draft = undefined;
    await load();
  }

  async function duplicate(): Promise<void> {
    const listed = current();
    if (listed) await add({ ...ownOf(listed), name: words.mine(listed.name).slice(0, 40) });
  }

  async function open(): Promise<void> {
    const chosenFile = await pick(".json");
    const made = chosenFile && (await importTheme(api, chosenFile));
    if (made) await show(made);
  }

  async function bring(): Promise<void> {
    const chosenFile = await pick(".woff2");
    const font = chosenFile && (await addFont(api, chosenFile));
    if (font && draft) edit({ fonts: [...draft.fonts, font] });
  }

  async function remove(): Promise<void> {
    const listed = current();
    const own = listed?.own;
    if (!own) return;
    const at = `/themes/${encodeURIComponent(listed.id)}`;
    if (!(await api.attempt(() => api.call("DELETE", at)))) return;
    control.notify({ kind: "news", text: words.removed(listed.name), undo: () => void add(own) });
    chosen = "glass";
    draft = undefined;
    await load();
  }

  /** The overlay the page is about: `main`, or the first there is. */
  function overlay() {
    return mainFirst(state?.desk.stats?.displays ?? [])[0];
  }

  const wears = (): string | undefined => overlay()?.look.theme;
  const lookOf = (): Look => overlay()?.look ?? DEFAULT_LOOK;

  async function put(): Promise<void> {
    const info = overlay();
    if (!info) return;
    const look = { ...info.look, theme: chosen };
    await control.run(
      { do: "look", overlay: info.name, look },
      words.onAir(current()?.name ?? chosen),
    );
  }

  const head = h(
    "div",
    { class: "theme-head" },
    h("h1", {}, words.title),
    name,
    wear,
    save,
    undo,
    file,
    gone,
  );
  const side = h(
    "aside",
    { class: "theme-side", "aria-label": words.sample },
    preview.element,
    hint,
  );
  return {
    element: h("div", { class: "view themes" }, head, shelf.element, form, side),
    update(next) {
      const before = wears();
      state = next;
      if (wears() !== before) draw();
    },
    show(on) {
      preview.show(on);
      if (on) void load();
    },
  };
}

function panel(title: string, ...children: HTMLElement[]): HTMLElement {
  return h("section", { class: "panel group" }, h("h2", {}, title), ...children);
}

function button(text: string, test: string, click: () => void): HTMLButtonElement {
  return h("button", { type: "button", "data-test": test, on: { click } }, text);
}
