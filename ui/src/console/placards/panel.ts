/** Placards in the console: what is on the picture, and a form for each kind. */
import { h } from "../../shared/dom";
import type { Placard, Role } from "../../shared/wire";
import { put } from "../put";
import type { Control, State } from "../state";
import { FIELDS, type Field, KINDS, type Kind, placardOf, summary, valuesOf } from "./fields";
import { words } from "./words";

type Input = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** The list of placards and the form under it. */
export function createPlacards(control: Control): {
  element: HTMLElement;
  update: (state: State) => void;
} {
  const list = h("ul", { class: "placard-list", "data-test": "placards" });
  const none = h("p", { class: "hint" }, words.none);
  const kind = h("select", { "aria-label": words.kind, "data-test": "placard-kind" });
  const inputs = h("div", { class: "placard-inputs" });
  const submit = h(
    "button",
    { type: "submit", class: "primary", "data-test": "placard-place" },
    words.putUp,
  );
  const cancel = h("button", { type: "button", class: "quiet" }, words.cancel);
  const rows = new Map<string, ReturnType<typeof row>>();
  let shown: readonly Placard[] = [];
  let role: Role = "guest";
  let fields = new Map<string, Input>();
  let editing: Placard | undefined;
  let kinds = "";

  /** Fills the form anew, for a new placard or for `placard`. */
  function form(chosen: Kind, placard?: Placard): void {
    editing = placard;
    kind.value = chosen;
    kind.disabled = placard !== undefined;
    const values = placard ? valuesOf(placard) : {};
    fields = new Map();
    const labels = FIELDS[chosen].map((field) => {
      const input = createInput(field);
      input.value = values[field.name] ?? (placard ? "" : field.start);
      fields.set(field.name, input);
      return h("label", {}, h("span", { class: "note" }, field.label), input);
    });
    inputs.replaceChildren(...labels);
    put(submit, placard ? words.update : words.putUp);
    cancel.hidden = placard === undefined;
  }

  async function place(event: Event): Promise<void> {
    event.preventDefault();
    const chosen = kind.value as Kind;
    const values = Object.fromEntries([...fields].map(([name, input]) => [name, input.value]));
    const id = editing?.id ?? freeId(chosen, shown);
    const current = shown.find((placard) => placard.id === id);
    submit.disabled = true;
    const placard = placardOf(id, chosen, values, current);
    const done = await control.run({ do: "place", placard });
    submit.disabled = false;
    if (done) form(chosen);
  }

  function row(id: string) {
    const label = h("b");
    const line = h("span", { class: "placard-words", dir: "auto" });
    const close = h("button", { type: "button", class: "quiet" });
    const change = h("button", { type: "button", class: "quiet", "data-test": `change-${id}` });
    const take = h("button", { type: "button", class: "quiet", "data-test": `take-${id}` });
    const current = () => shown.find((placard) => placard.id === id);
    change.append(words.change);
    take.append(words.takeOff);
    take.addEventListener("click", () => void control.run({ do: "take", id }));
    change.addEventListener("click", () => {
      const placard = current();
      if (!placard) return;
      form(placard.kind, placard);
      [...fields.values()][0]?.focus();
    });
    close.addEventListener("click", () => {
      const poll = current();
      if (poll?.kind !== "poll") return;
      void control.run({ do: "place", placard: { ...poll, open: !poll.open } });
    });
    const element = h("li", { "data-id": id }, label, line, close, change, take);
    const update = (placard: Placard) => {
      const [, name = placard.kind, need] = KINDS.find(([k]) => k === placard.kind) ?? [];
      put(label, name);
      put(line, summary(placard));
      const may = role === "host" || need === "helper";
      close.hidden = placard.kind !== "poll" || !may;
      if (placard.kind === "poll") put(close, placard.open ? words.close : words.open);
      change.setAttribute("aria-label", words.of(name, words.change));
      take.setAttribute("aria-label", words.of(name, words.takeOff));
      change.hidden = !may;
      take.hidden = !may;
    };
    return { element, update };
  }

  function update({ desk, role: next }: State): void {
    role = next;
    shown = desk.placards;
    const mine = KINDS.filter(([, , need]) => role === "host" || need === "helper");
    const names = mine.map(([name]) => name).join();
    if (names !== kinds) {
      kinds = names;
      kind.replaceChildren(...mine.map(([value, label]) => h("option", { value }, label)));
      form(mine[0]?.[0] ?? "question");
    }
    for (const [id, old] of rows) {
      if (shown.some((placard) => placard.id === id)) continue;
      old.element.remove();
      rows.delete(id);
      if (editing?.id === id) form(editing.kind);
    }
    for (const placard of shown) {
      const made = rows.get(placard.id) ?? row(placard.id);
      made.update(placard);
      if (rows.has(placard.id)) continue;
      rows.set(placard.id, made);
      list.append(made.element);
    }
    none.hidden = shown.length > 0;
  }

  kind.addEventListener("change", () => form(kind.value as Kind));
  cancel.addEventListener("click", () => form(kind.value as Kind));
  const element = h(
    "details",
    {
      class: "panel placards-panel",
      "data-test": "placards-panel",
      // On a phone the feed has the room.
      open: window.matchMedia("(min-width: 700px)").matches,
    },
    h("summary", {}, h("h2", {}, words.title)),
    list,
    none,
    h(
      "form",
      { class: "placard-form", on: { submit: (event) => void place(event) } },
      kind,
      inputs,
      h("div", { class: "placard-buttons" }, submit, cancel),
    ),
  );
  return { element, update };
}

function createInput({ name, type, most }: Field): Input {
  const test = { "data-test": `placard-${name}` };
  if (type === "lines") return h("textarea", { rows: 3, ...test });
  if (type === "number") return h("input", { type, min: 0, max: most, step: "any", ...test });
  if (type === "text") return h("input", { type, maxlength: most, autocomplete: "off", ...test });
  const units = Object.entries(words.units);
  return h("select", test, ...units.map(([unit, label]) => h("option", { value: unit }, label)));
}

/** `voucher`, else `voucher-2` and so on. */
function freeId(kind: Kind, shown: readonly Placard[]): string {
  for (let n = 1; ; n += 1) {
    const id = n === 1 ? kind : `${kind}-${n}`;
    if (!shown.some((placard) => placard.id === id)) return id;
  }
}
