/** One offer as a viewer sees it: worth, time, what is left, and the button. */
import { h } from "../../shared/dom";
import { grouped, money } from "../../shared/format";
import type { OfferInfo } from "../../shared/wire";
import type { Shop } from "./shop";
import { countdown, mine, type Sale, standing } from "./state";
import { words, worth } from "./words";

export interface OfferCard {
  readonly element: HTMLElement;
  update(sale: Sale, offer: OfferInfo): void;
}

/** `compact`: on the picture, without the small print. */
export function createOfferCard(shop: Shop, compact: boolean): OfferCard {
  const value = h("b", { class: "offer-value", dir: "auto" });
  const title = h("span", { class: "offer-title", dir: "auto" });
  const time = h("span", { class: "offer-time" });
  const left = h("span", { class: "offer-left" });
  const bar = h("span", { class: "offer-bar", "aria-hidden": "true" });
  const note = h("span", { class: "offer-note", dir: "auto" });
  const said = h("span", { class: "offer-said", role: "status" });
  const button = h("button", {
    type: "button",
    class: "primary offer-claim",
    "data-test": "offer-claim",
    on: { click: () => current && shop.claim(current) },
  });
  const element = h(
    "article",
    { class: "offer", "data-test": "offer" },
    h("div", { class: "offer-head" }, value, time),
    title,
    h("div", { class: "offer-stock" }, bar, left),
    compact ? null : note,
    said,
    button,
  );
  let current: OfferInfo | undefined;

  function update(sale: Sale, offer: OfferInfo): void {
    current = offer;
    const { thing } = offer;
    const state = standing(sale, offer, shop.now);
    const own = mine(sale, offer.id);
    element.dataset.offer = offer.id;
    element.dataset.state = state;
    element.dataset.kind = thing.kind;
    put(value, worth(thing));
    put(title, thing.kind === "packet" ? words.from(thing.by, offer.title) : offer.title);
    const rest = offer.ends_at === undefined ? undefined : offer.ends_at - shop.now;
    if (state === "early") put(time, words.opensIn(countdown(offer.opens_at - shop.now)));
    else put(time, rest === undefined || rest <= 0 ? "" : words.endsIn(countdown(rest)));
    const isDraw = thing.kind === "lottery";
    put(
      left,
      isDraw
        ? words.entrants(grouped(offer.stock - offer.left))
        : words.left(grouped(offer.left), grouped(offer.stock)),
    );
    // Any number may enter: a share of the entries says nothing.
    bar.hidden = isDraw;
    bar.style.setProperty("--left", String(offer.left / offer.stock));
    put(note, small(offer));
    note.hidden = note.textContent === "";
    const drawn = offer.drawn && words.winners(offer.drawn.join(", "));
    const got = own[own.length - 1];
    const code = thing.kind === "packet" ? got?.value : got?.code;
    const refused = sale.refused.get(offer.id);
    const why = refused === undefined ? "" : (words.refused[refused] ?? words.refused[2900] ?? "");
    put(
      said,
      drawn ?? (code !== undefined && state === "mine" ? code : state === "open" ? why : ""),
    );
    said.hidden = said.textContent === "";
    const waits = shop.waits(offer.id);
    button.disabled = state !== "open" || waits;
    const over = offer.drawn && state === "mine";
    const outcome = own.some(({ won }) => won) ? words.won : words.ended;
    put(button, waits ? words.claiming : over ? outcome : label(state, thing.kind));
    button.setAttribute(
      "aria-label",
      `${button.textContent}: ${value.textContent}, ${offer.title}`,
    );
  }

  return { element, update };
}

function label(state: ReturnType<typeof standing>, kind: OfferInfo["thing"]["kind"]): string {
  switch (state) {
    case "mine":
      return kind === "lottery" ? words.entered : kind === "packet" ? words.opened : words.yours;
    case "out":
      return words.soldOut;
    case "ended":
      return words.ended;
    default:
      return kind === "lottery" ? words.enter : kind === "packet" ? words.openPacket : words.claim;
  }
}

/** Terms in small print. */
function small({ thing, keyword }: OfferInfo): string {
  const parts = [];
  if (thing.kind === "voucher" && thing.min_spend)
    parts.push(words.minSpend(money(thing.min_spend)));
  if (thing.kind === "product") parts.push(words.write(`#${thing.number}`));
  else if (keyword) parts.push(words.write(keyword));
  if (thing.kind === "lottery") parts.push(`${words.promise}: ${thing.commitment.slice(0, 16)}…`);
  return parts.join(" · ");
}

/** Sets text only if it differs. */
export function put(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
