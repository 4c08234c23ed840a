import { h } from "../shared/dom";
import type { DisplayInfo } from "../shared/wire";
import { createLinkBox } from "./link-box";
import { MAIN, mainFirst, OVERLAY_NAME, overlayAddress, pages } from "./overlays";
import { put } from "./put";
import type { Control, State } from "./state";

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
    const link = createLinkBox(`overlay link ${name}`, {
      link: name === MAIN ? "overlay-link" : `overlay-link-${name}`,
      copy: name === MAIN ? "copy-overlay" : `copy-overlay-${name}`,
    });
    link.set(overlayAddress(name));
    const note = h("span", { class: "note" });
    const unpair = h("button", { type: "button", class: "quiet", "data-test": `unpair-${name}` });
    unpair.append("Unpair");
    unpair.addEventListener("click", () => {
      void control.run(
        { do: "unpair", overlay: name },
        `Overlay ${name}: every page must be confirmed again.`,
      );
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
      put(made.note, display ? `${pages(display)}, ${paired} paired` : "open this link to pair it");
      made.unpair.hidden = paired === 0;
    }
  }

  const name = h("input", {
    type: "text",
    id: "overlay-name",
    placeholder: "e.g. desk",
    pattern: "[a-z0-9-]{1,32}",
    title: "a–z, 0–9 and hyphen, at most 32",
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
    h("h2", {}, "Overlay pages"),
    list,
    h(
      "form",
      { class: "inline-form", on: { submit } },
      h("label", { for: "overlay-name" }, "Another overlay"),
      name,
      h("button", { type: "submit", "data-test": "overlay-add" }, "Make link"),
    ),
    h(
      "p",
      { class: "hint" },
      "In OBS: Sources, +, Browser. Paste the link, width 1920, height 1080. The page shows a code " +
        "once; confirm it here. The link holds no secret: without your confirmation it draws nothing.",
    ),
  );
  return {
    element,
    update(next) {
      state = next;
      draw();
    },
  };
}
