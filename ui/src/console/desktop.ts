/** The overlay windows of this computer, in the console's own window only. */
import { h } from "../shared/dom";
import { type Desktop, readDesktop, setOpacity } from "../shared/shell";
import { limit } from "./limits";
import { words } from "./words/desktop";

/** How often it is looked at while it is seen: hot keys and tray change it too, ms. */
const LOOK_EVERY = 1_000;
/** Least opacity; an overlay nobody sees is hidden instead, %. */
const LEAST = 10;

/** What the overlay windows can do here, their opacity and their keys. */
export function createDesktopPanel(): { element: HTMLElement; show: (on: boolean) => void } {
  const limits = h("div", { "data-test": "desktop-limits" });
  const windows = h("p", { class: "hint", "data-test": "desktop-windows" });
  const keys = h("dl", { class: "desktop-keys" });
  const value = h("output", {}, words.percent(100));
  const slider = h("input", {
    type: "range",
    id: "desktop-opacity",
    min: LEAST,
    max: 100,
    step: 5,
    "data-test": "desktop-opacity",
  });
  let timer: ReturnType<typeof setInterval> | undefined;
  let held = false;

  slider.addEventListener("input", () => {
    value.textContent = words.percent(slider.value);
    setOpacity(Number(slider.value)).catch(() => {});
  });
  slider.addEventListener("pointerdown", () => {
    held = true;
  });
  for (const end of ["pointerup", "pointercancel"]) {
    slider.addEventListener(end, () => {
      held = false;
    });
  }

  function draw({ overlay, keys: bound, limits: sentences }: Desktop): void {
    limits.replaceChildren(
      ...sentences.map((text) => h("p", { class: "desktop-limit" }, limit(text))),
    );
    const places = overlay.windows.map(({ name, monitor }) =>
      words.on(name, monitor ?? words.primary),
    );
    windows.textContent = words.windows(places.join(words.comma));
    keys.replaceChildren(
      ...Object.entries(words.keys)
        .filter(([name]) => bound[name])
        .flatMap(([name, does]) => [h("dt", {}, h("kbd", {}, bound[name])), h("dd", {}, does)]),
    );
    if (held) return;
    slider.value = String(overlay.opacity);
    value.textContent = words.percent(overlay.opacity);
  }

  const look = () => void readDesktop().then(draw, () => {});
  const element = h(
    "section",
    { class: "panel desktop", "data-test": "desktop" },
    h("h2", {}, words.title),
    limits,
    windows,
    h(
      "div",
      { class: "desktop-opacity" },
      h("label", { for: "desktop-opacity" }, words.opacity),
      slider,
      value,
    ),
    keys,
  );
  return {
    element,
    show(on) {
      clearInterval(timer);
      if (!on) return;
      look();
      timer = setInterval(look, LOOK_EVERY);
    },
  };
}
