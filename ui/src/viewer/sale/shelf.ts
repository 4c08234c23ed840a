/** The sheet Shop: what is on offer, and every product. */
import { h } from "../../shared/dom";
import { grouped, money } from "../../shared/format";
import type { Product } from "../../shared/wire";
import type { Seat, Sheet, SheetControl } from "../sheets";
import { createOfferCard, type OfferCard } from "./offer";
import "./sale.css";
import { Shop } from "./shop";
import type { Sale } from "./state";
import { words } from "./words";

export function createShelf(seat: Seat, control: SheetControl): Sheet {
  const shop = Shop.of(seat);
  const cards = new Map<string, OfferCard>();
  const offers = h("div", { class: "shelf-offers", "data-test": "shelf-offers" });
  const offersTitle = h("h3", null, words.offers);
  const products = h("ul", { class: "shelf-products", "data-test": "shelf-products" });
  const productsTitle = h("h3", null, words.products);
  const none = h("p", { class: "shelf-none" }, words.nothing);
  const body = h("div", { class: "shelf" }, none, offersTitle, offers, productsTitle, products);
  let drawn = "";
  let sale: Sale | undefined;
  let open = false;

  function draw(): void {
    if (!sale) return;
    const current = sale;
    control.offer(current.products.length > 0 || current.offers.length > 0);
    control.badge(current.offers.filter((offer) => offer.open && offer.left > 0).length);
    if (!open) return;
    for (const [id, card] of cards) {
      if (current.offers.some((offer) => offer.id === id)) continue;
      card.element.remove();
      cards.delete(id);
    }
    for (const offer of current.offers) {
      const card = cards.get(offer.id) ?? createOfferCard(shop, false);
      if (!cards.has(offer.id)) offers.append(card.element);
      cards.set(offer.id, card);
      card.update(current, offer);
    }
    offersTitle.hidden = current.offers.length === 0;
    productsTitle.hidden = current.products.length === 0;
    none.hidden = current.products.length + current.offers.length > 0;
    const now = JSON.stringify([current.products, current.onShow]);
    if (now === drawn) return;
    drawn = now;
    const shown = (product: Product) => product.number === current.onShow;
    const sorted = [...current.products].sort((a, b) => Number(shown(b)) - Number(shown(a)));
    products.replaceChildren(...sorted.map((product) => row(product, shown(product))));
  }

  shop.onChange((next) => {
    sale = next;
    draw();
  });
  setInterval(() => open && draw(), 500);
  return {
    name: "shop",
    label: words.shop,
    icon: "shop",
    body,
    opened: () => {
      open = true;
      draw();
    },
    closed: () => {
      open = false;
    },
  };
}

function row(product: Product, shown: boolean): HTMLElement {
  const { number, title, price, picture, link, stock } = product;
  const image =
    picture === undefined
      ? h("span", { class: "shelf-picture shelf-blank", "aria-hidden": "true" }, String(number))
      : h("img", { class: "shelf-picture", src: picture, alt: "", loading: "lazy" });
  return h(
    "li",
    { class: "shelf-product", "data-test": "shelf-product", "data-number": number },
    image,
    h(
      "div",
      { class: "shelf-words" },
      h("span", { class: "shelf-title", dir: "auto" }, title),
      h(
        "span",
        { class: "shelf-meta" },
        h("span", { class: "shelf-number" }, words.number(number)),
        stock === 0 ? words.soldOut : words.stock(grouped(stock)),
        shown && h("b", { class: "shelf-on" }, words.onShow),
      ),
      h("b", { class: "shelf-price" }, money(price)),
    ),
    link !== undefined &&
      h(
        "a",
        { class: "shelf-buy", href: link, target: "_blank", rel: "noopener noreferrer" },
        words.buy,
      ),
  );
}
