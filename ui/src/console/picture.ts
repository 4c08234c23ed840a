import { h } from "../shared/dom";
import { createMiniature } from "./miniature";
import { mainFirst, pages } from "./overlays";
import { put } from "./put";
import type { Control, State } from "./state";
import { words } from "./words/picture";

/** How long a switch just used is not moved by figures that are still old, ms. */
const SETTLE_MS = 1_000;

/** What is on the picture now, and a switch for every overlay. */
export function createPicture(control: Control): {
  element: HTMLElement;
  update: (state: State) => void;
  show: (on: boolean) => void;
} {
  const miniature = createMiniature();
  const list = h("ul", { class: "overlays" });
  const rows = new Map<string, ReturnType<typeof overlayRow>>();
  const box = h("details", { class: "panel picture-panel" });
  let front = false;
  let chosen: string | undefined;
  let names: string[] = [];

  function overlayRow(name: string) {
    const on = h("input", {
      type: "checkbox",
      role: "switch",
      class: "switch",
      "aria-label": words.showOverlay(name),
      "data-test": `visible-${name}`,
    });
    let ours = 0;
    on.addEventListener("change", async () => {
      const wanted = on.checked;
      ours = performance.now() + SETTLE_MS;
      if (!(await control.run({ do: "visible", overlay: name, on: wanted }))) on.checked = !wanted;
    });
    const set = (visible: boolean) => {
      if (performance.now() >= ours) on.checked = visible;
    };
    const pick = h("button", { type: "button", class: "overlay-name" }, name);
    pick.addEventListener("click", () => {
      chosen = name;
      drawMiniature();
    });
    const note = h("span", { class: "note" });
    const label = h("label", { class: "inline" }, h("span", { class: "note" }, words.onAir), on);
    return { pick, set, note, label, element: h("li", {}, pick, note, label) };
  }

  function drawMiniature(): void {
    if (chosen === undefined || !names.includes(chosen)) chosen = names[0];
    for (const [name, { pick }] of rows) pick.setAttribute("aria-pressed", String(name === chosen));
    miniature.show(front && box.open ? chosen : undefined);
  }

  function update({ desk: { stats }, role }: State): void {
    const displays = mainFirst(stats?.displays ?? []);
    names = displays.map((display) => display.name);
    for (const [name, row] of rows) {
      if (names.includes(name)) continue;
      row.element.remove();
      rows.delete(name);
    }
    for (const display of displays) {
      let row = rows.get(display.name);
      if (!row) {
        row = overlayRow(display.name);
        rows.set(display.name, row);
        list.append(row.element);
      }
      put(row.note, pages(display));
      row.label.hidden = role !== "host";
      row.set(display.visible);
      row.element.classList.toggle("off", !display.visible);
    }
    drawMiniature();
  }

  // On a phone or in a dock the miniature costs room and power: closed until asked for.
  box.open = window.matchMedia("(min-width: 700px)").matches;
  box.addEventListener("toggle", drawMiniature);
  box.append(h("summary", {}, h("h2", {}, words.onPicture)), miniature.element, list);
  return {
    element: box,
    update,
    show(on) {
      front = on;
      drawMiniature();
    },
  };
}
