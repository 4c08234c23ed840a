/** The gift panel: slides up from the composer, keeps combos going. */
import { h, svg } from "../shared/dom";
import { grouped } from "../shared/format";
import type { Gift } from "../shared/wire";
import { COMBO_ENDS, Combo } from "./combo";
import { icon } from "./icons";

const STEPS = [1, 10, 66, 188, 520] as const;

export interface GiftPanel {
  /** The panel. */
  element: HTMLElement;
  /** The button that opens and closes it. */
  button: HTMLElement;
  catalogue(gifts: readonly Gift[]): void;
  close(): void;
}

/** `open` is asked first and may say no; `give` sends. */
export function createGiftPanel(
  open: () => boolean,
  give: (gift: Gift, count: number) => void,
): GiftPanel {
  let gifts: readonly Gift[] = [];
  let chosen: Gift | undefined;
  let step: number = STEPS[0];
  let combo: Combo | undefined;

  const items = h("div", { class: "gift-items", role: "group", "aria-label": "Gift" });
  const steps = h("div", { class: "steps", role: "group", "aria-label": "How many" });
  const send = h("button", {
    type: "button",
    class: "primary gift-send",
    "data-test": "gift-send",
    on: { click: begin },
  });
  const times = h("b", { class: "times" });
  const ring = svg("circle", { class: "ring", cx: 40, cy: 40, r: 36 });
  const again = h(
    "button",
    {
      type: "button",
      class: "combo",
      hidden: true,
      "data-test": "gift-combo",
      on: { click: repeat },
    },
    svg("svg", { viewBox: "0 0 80 80", "aria-hidden": "true" }, ring),
    h("span", null, "Combo"),
    times,
  );
  const panel = h(
    "section",
    { class: "gifts", id: "gifts", "aria-label": "Gifts", hidden: true, "data-test": "gifts" },
    items,
    h("div", { class: "gift-bar" }, steps, send, again),
  );
  const button = h(
    "button",
    {
      type: "button",
      class: "tool",
      "aria-label": "Gifts",
      "aria-expanded": "false",
      "aria-controls": "gifts",
      "data-test": "gift-open",
      on: { click: () => (panel.hidden ? open() && toggle(true) : toggle(false)) },
    },
    icon("gift"),
  );

  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      toggle(false);
      button.focus();
    }
  });
  for (const count of STEPS) {
    const choice = h(
      "button",
      {
        type: "button",
        "data-test": "gift-count",
        "data-count": count,
        on: { click: () => pick(count) },
      },
      `${count}`,
    );
    steps.append(choice);
  }

  function toggle(on: boolean): void {
    panel.hidden = !on;
    button.setAttribute("aria-expanded", String(on));
    if (on) items.querySelector<HTMLElement>("[aria-pressed=true]")?.focus();
    else combo?.end();
  }

  function catalogue(list: readonly Gift[]): void {
    if (JSON.stringify(list) === JSON.stringify(gifts)) return;
    gifts = list;
    items.replaceChildren(...list.map(item));
    choose(list.find((gift) => gift.id === chosen?.id) ?? list[0]);
  }

  function item(gift: Gift): HTMLElement {
    return h(
      "button",
      {
        type: "button",
        class: "gift-item",
        "data-test": "gift-item",
        "data-gift": gift.id,
        on: { click: () => choose(gift) },
      },
      h("img", { src: gift.icon, alt: "", width: 56, height: 56, draggable: "false" }),
      h("span", { class: "gift-name" }, gift.name),
      price(gift.coins),
    );
  }

  function choose(gift: Gift | undefined): void {
    if (gift?.id !== chosen?.id) combo?.end();
    chosen = gift;
    for (const each of items.children) {
      each.setAttribute("aria-pressed", String(each.getAttribute("data-gift") === gift?.id));
    }
    label();
  }

  function pick(count: number): void {
    combo?.end();
    step = count;
    label();
  }

  function label(): void {
    for (const each of steps.children) {
      each.setAttribute("aria-pressed", String(each.getAttribute("data-count") === String(step)));
    }
    send.disabled = !chosen;
    if (!chosen) return;
    send.replaceChildren(
      h("span", null, `Send ${chosen.name} ×${step}`),
      price(chosen.coins * step),
    );
  }

  function begin(): void {
    if (!chosen) return;
    const gift = chosen;
    combo ??= new Combo(
      (count) => give(gift, count),
      () => {
        combo = undefined;
        // Keeps a keyboard's place when the button under it goes.
        if (document.activeElement === again) send.focus();
        again.hidden = true;
      },
    );
    repeat();
  }

  function repeat(): void {
    if (!combo) return;
    combo.tap(step);
    times.textContent = `×${grouped(combo.count)}`;
    again.hidden = false;
    again.setAttribute("aria-label", `Send ${step} more, ${combo.count} so far`);
    for (const motion of again.getAnimations({ subtree: true })) motion.cancel();
    ring.animate([{ strokeDashoffset: "0" }, { strokeDashoffset: "226.200" }], {
      duration: COMBO_ENDS,
      fill: "forwards",
    });
    times.animate?.([{ transform: "scale(1.12)" }, { transform: "none" }], 180);
  }

  return { element: panel, button, catalogue, close: () => toggle(false) };
}

function price(coins: number): HTMLElement {
  const words = coins === 1 ? "1 coin" : `${grouped(coins)} coins`;
  return h("span", { class: "price", "aria-label": words }, icon("coin"), grouped(coins));
}
