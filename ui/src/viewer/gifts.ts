/** The gift panel: slides up from the composer, keeps combos going. */
import { h, svg } from "../shared/dom";
import { grouped } from "../shared/format";
import type { Gift } from "../shared/wire";
import { words } from "../shared/words/viewer";
import { COMBO_ENDS, Combo } from "./combo";
import { icon } from "./icons";
import { giftName } from "./row";

const STEPS = [1, 10, 66, 188, 520] as const;

/** What the panel is divided into. */
const KINDS = ["all", "small", "grand"] as const;
type GiftKind = (typeof KINDS)[number];

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
  let kind: GiftKind = "all";
  let combo: Combo | undefined;

  const items = h("div", { class: "gift-items", role: "group", "aria-label": words.gifts.gift });
  const kinds = h("div", { class: "gift-kinds", role: "group", "aria-label": words.gifts.kinds });
  const steps = h("div", { class: "steps", role: "group", "aria-label": words.gifts.count });
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
    h("span", null, words.gifts.combo),
    times,
  );
  const panel = h(
    "section",
    {
      class: "gifts",
      id: "gifts",
      "aria-label": words.gifts.title,
      hidden: true,
      "data-test": "gifts",
    },
    kinds,
    items,
    h("div", { class: "gift-bar" }, steps, send, again),
  );
  const button = h(
    "button",
    {
      type: "button",
      class: "tool",
      "aria-label": words.gifts.title,
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
  for (const each of KINDS) {
    const data = { type: "button", "data-test": "gift-kind", "data-kind": each } as const;
    kinds.append(h("button", { ...data, on: { click: () => show(each) } }, words.gifts[each]));
  }
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
    // One kind alone needs no choice.
    kinds.hidden = new Set(list.map(kindOf)).size < 2;
    show("all");
  }

  /** Shows one kind of gifts. */
  function show(next: GiftKind): void {
    kind = next;
    for (const each of kinds.children) {
      each.setAttribute("aria-pressed", String(each.getAttribute("data-kind") === kind));
    }
    const shown = gifts.filter((gift) => kind === "all" || kindOf(gift) === kind);
    items.replaceChildren(...shown.map(item));
    choose(shown.find((gift) => gift.id === chosen?.id) ?? shown[0]);
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
      h("span", { class: "gift-name" }, giftName(gift)),
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
      h("span", null, words.gifts.send(giftName(chosen), step)),
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
    again.setAttribute("aria-label", words.gifts.again(step, combo.count));
    for (const motion of again.getAnimations({ subtree: true })) motion.cancel();
    ring.animate([{ strokeDashoffset: "0" }, { strokeDashoffset: "226.200" }], {
      duration: COMBO_ENDS,
      fill: "forwards",
    });
    times.animate?.([{ transform: "scale(1.12)" }, { transform: "none" }], 180);
  }

  return { element: panel, button, catalogue, close: () => toggle(false) };
}

/** A gift with a full-screen effect, or one without. */
function kindOf(gift: Gift): GiftKind {
  return gift.effect === undefined ? "small" : "grand";
}

function price(coins: number): HTMLElement {
  return h(
    "span",
    { class: "price", role: "img", "aria-label": words.gifts.coins(coins) },
    icon("coin"),
    grouped(coins),
  );
}
