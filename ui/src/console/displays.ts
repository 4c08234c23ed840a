import { h } from "../shared/dom";
import type { DisplayInfo } from "../shared/wire";
import { createLinkBox } from "./link-box";
import { MAIN, mainFirst, OVERLAY_NAME, overlayAddress, pages } from "./overlays";
import { put } from "./put";
import type { Control, State } from "./state";
import { words as connect } from "./words/connect";

const words = connect.overlays;

/** Links of the overlays, how to put one into OBS, and who is paired. */
export function createDisplays(control: Control): {
  element: HTMLElement;
  update: (state: State) => void;
} {
  const rows = new Map<string, ReturnType<typeof row>>();
  const list = h("ul", { class: "displays" });
  /** Overlays named here that no page has asked for yet. */
  const wanted = new Set<string>();
  let state: State | undefined;

  function row(name: string) {
    const link = createLinkBox(words.link(name), {
      link: name === MAIN ? "overlay-link" : `overlay-link-${name}`,
      copy: name === MAIN ? "copy-overlay" : `copy-overlay-${name}`,
    });
    link.set(overlayAddress(name));
    const note = h("span", { class: "note" });
    const unpair = h("button", { type: "button", class: "quiet", "data-test": `unpair-${name}` });
    unpair.append(words.unpair);
    unpair.addEventListener("click", () => {
      void control.run({ do: "unpair", overlay: name }, words.unpaired(name));
    });
    const head = h("div", { class: "display-head" }, h("strong", {}, name), note, unpair);
    return { note, unpair, element: h("li", {}, head, link.element) };
  }

  function draw(): void {
    const displays = mainFirst(state?.desk.stats?.displays ?? []);
    const known = new Map<string, DisplayInfo>(displays.map((display) => [display.name, display]));
    for (const name of known.keys()) wanted.delete(name);
    const names = [...known.keys(), ...wanted];
    for (const [name, { element }] of rows) {
      if (names.includes(name)) continue;
      element.remove();
      rows.delete(name);
    }
    for (const name of names) {
      const made = rows.get(name) ?? row(name);
      if (!rows.has(name)) list.append(made.element);
      rows.set(name, made);
      const display = known.get(name);
      const paired = display?.paired ?? 0;
      put(made.note, display ? words.state(pages(display), paired) : words.open);
      made.unpair.hidden = paired === 0;
    }
  }

  const name = h("input", {
    type: "text",
    id: "overlay-name",
    placeholder: words.example,
    pattern: "[a-z0-9-]{1,32}",
    title: words.name,
    autocapitalize: "off",
    spellcheck: "false",
    autocomplete: "off",
    required: true,
    "data-test": "overlay-name",
  });
  const submit = (event: Event) => {
    event.preventDefault();
    const text = name.value.trim();
    if (!OVERLAY_NAME.test(text)) return;
    wanted.add(text);
    name.value = "";
    draw();
  };
  const element = h(
    "section",
    { class: "panel" },
    h("h2", {}, words.title),
    list,
    h(
      "form",
      { class: "inline-form", on: { submit } },
      h("label", { for: "overlay-name" }, words.another),
      name,
      h("button", { type: "submit", "data-test": "overlay-add" }, words.make),
    ),
    h("p", { class: "hint" }, words.hint),
  );
  return {
    element,
    update(next) {
      state = next;
      draw();
    },
  };
}
