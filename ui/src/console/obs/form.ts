import { h } from "../../shared/dom";
import type { ObsAnswer, ObsSettings } from "./panel";
import { words } from "./words";

/** What the form may ask for. */
export interface FormEvents {
  /** Keeps the settings; the password only where one was typed. */
  save: (settings: ObsSettings, password?: string) => Promise<ObsAnswer | undefined>;
  /** The scenes of OBS; `undefined` while it does not answer. */
  scenes: () => Promise<string[] | undefined>;
}

/** The ways in; the server's own choice has no name there. */
const WAYS = Object.entries(words.ways).map(
  ([way, label]) => [way === "best" ? "" : way, label] as const,
);

/** Where OBS is, its password, and how and where the overlay goes in. */
export function createObsForm({ save, scenes }: FormEvents): {
  element: HTMLElement;
  set: (answer: ObsAnswer) => void;
  connected: (on: boolean) => void;
} {
  const text = (id: string, props: Record<string, string>) =>
    h("input", { id, "data-test": id, autocomplete: "off", spellcheck: "false", ...props });
  const address = text("obs-address", { type: "text", placeholder: "127.0.0.1:4455" });
  const password = text("obs-password", { type: "password", autocomplete: "new-password" });
  const connect = h("button", { type: "submit", "data-test": "obs-connect" }, words.connect);
  const leave = h("button", { type: "button", class: "quiet", "data-test": "obs-off" });
  leave.append(words.disconnect);
  const scene = h("select", { id: "obs-scene", "data-test": "obs-scene" });
  const source = h(
    "select",
    { id: "obs-source", "data-test": "obs-source" },
    ...WAYS.map(([value, label]) => h("option", { value }, label)),
  );
  const heal = h("input", {
    type: "checkbox",
    role: "switch",
    class: "switch",
    id: "obs-heal-switch",
    "data-test": "obs-heal-switch",
  });
  let known: ObsSettings | undefined;

  function fillScenes(names: readonly string[]): void {
    const wanted = known?.scene ?? "";
    const all = wanted !== "" && !names.includes(wanted) ? [wanted, ...names] : names;
    const option = (value: string, label: string) => h("option", { value }, label);
    scene.replaceChildren(option("", words.onAirScene), ...all.map((name) => option(name, name)));
    scene.value = wanted;
  }

  function set(answer: ObsAnswer): void {
    known = answer.settings;
    if (document.activeElement !== address) address.value = known.address;
    password.placeholder = answer.has_password ? words.kept : words.none;
    source.value = known.source ?? "";
    heal.checked = known.heal;
    leave.hidden = !known.on;
    fillScenes([...scene.options].map(({ value }) => value).filter((value) => value !== ""));
  }

  async function keep(change: Partial<ObsSettings>, secret?: string): Promise<void> {
    if (!known) return;
    const answer = await save({ ...known, ...change }, secret);
    if (answer) set(answer);
    else set({ settings: known, has_password: password.placeholder === words.kept });
  }

  const submit = (event: Event) => {
    event.preventDefault();
    const secret = password.value === "" ? undefined : password.value;
    password.value = "";
    void keep({ on: true, address: address.value.trim() || "127.0.0.1:4455" }, secret);
  };
  leave.addEventListener("click", () => void keep({ on: false }));
  scene.addEventListener("change", () => void keep({ scene: scene.value || null }));
  source.addEventListener("change", () => {
    void keep({ source: (source.value || null) as ObsSettings["source"] });
  });
  heal.addEventListener("change", () => void keep({ heal: heal.checked }));

  const field = (label: string, control: HTMLElement) =>
    h("div", { class: "obs-field" }, h("label", { for: control.id }, label), control);
  const choices = h(
    "div",
    { class: "obs-choices" },
    field(words.scene, scene),
    field(words.wayIn, source),
    field(words.heal, heal),
  );
  fillScenes([]);
  choices.hidden = true;
  return {
    element: h(
      "div",
      {},
      choices,
      h(
        "form",
        { class: "obs-form", on: { submit } },
        field(words.address, address),
        field(words.password, password),
        h("div", { class: "obs-buttons" }, connect, leave),
      ),
      h("p", { class: "hint" }, words.hint),
    ),
    set,
    connected(on) {
      if (choices.hidden === !on) return;
      choices.hidden = !on;
      if (on) void scenes().then((names) => names && fillScenes(names));
    },
  };
}
