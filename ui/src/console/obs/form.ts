import { h } from "../../shared/dom";
import type { ObsAnswer, ObsSettings } from "./panel";

/** What the form may ask for. */
export interface FormEvents {
  /** Keeps the settings; the password only where one was typed. */
  save: (settings: ObsSettings, password?: string) => Promise<ObsAnswer | undefined>;
  /** The scenes of OBS; `undefined` while it does not answer. */
  scenes: () => Promise<string[] | undefined>;
}

const WAYS: readonly (readonly [string, string])[] = [
  ["", "the best this OBS has"],
  ["browser", "browser source"],
  ["stream", "alpha stream (OBS without a browser source)"],
  ["window", "capture of the desktop overlay's window"],
  ["screen", "screen capture (shows the whole screen)"],
];

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
  const connect = h("button", { type: "submit", "data-test": "obs-connect" }, "Connect");
  const leave = h("button", { type: "button", class: "quiet", "data-test": "obs-off" });
  leave.append("Disconnect");
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
    scene.replaceChildren(option("", "the one on air"), ...all.map((name) => option(name, name)));
    scene.value = wanted;
  }

  function set(answer: ObsAnswer): void {
    known = answer.settings;
    if (document.activeElement !== address) address.value = known.address;
    password.placeholder = answer.has_password ? "kept" : "none";
    source.value = known.source ?? "";
    heal.checked = known.heal;
    leave.hidden = !known.on;
    fillScenes([...scene.options].map(({ value }) => value).filter((value) => value !== ""));
  }

  async function keep(change: Partial<ObsSettings>, secret?: string): Promise<void> {
    if (!known) return;
    const answer = await save({ ...known, ...change }, secret);
    if (answer) set(answer);
    else set({ settings: known, has_password: password.placeholder === "kept" });
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
    field("Scene", scene),
    field("Way in", source),
    field("Refresh a frozen overlay by itself", heal),
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
        field("Address", address),
        field("Password", password),
        h("div", { class: "obs-buttons" }, connect, leave),
      ),
      h(
        "p",
        { class: "hint" },
        "In OBS: Tools, WebSocket Server Settings, enable the server; Show Connect Info has the " +
          "password. It is kept on this machine only.",
      ),
    ),
    set,
    connected(on) {
      if (choices.hidden === !on) return;
      choices.hidden = !on;
      if (on) void scenes().then((names) => names && fillScenes(names));
    },
  };
}
