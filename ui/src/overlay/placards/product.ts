/** A product: its picture, name, price and number. */
import { directionOf } from "../../danmaku/direction";
import { h } from "../../shared/dom";
import { words as own } from "../words/language";
import { fitted, type Made, type Of, words } from "./part";

/** Letters of a price that stand in one row at full size. */
const PRICE_LETTERS = 11;

export function product(first: Of<"product">): Made<Of<"product">> {
  const element = h("div", { class: "product" });
  let drawn = "";
  function update(placard: Of<"product">): void {
    const { title, price, picture, number } = placard;
    const now = JSON.stringify([title, price, picture, number]);
    if (now === drawn) return;
    drawn = now;
    element.dir = directionOf(title, price);
    const frame = h("div", { class: "product-picture" });
    frame.hidden = true;
    if (picture !== undefined) {
      // Shown when it has loaded: a broken one must leave no hole.
      const image: HTMLImageElement = h("img", {
        class: "product-image",
        alt: "",
        decoding: "async",
        src: picture,
        on: {
          load: () => {
            frame.hidden = false;
            frame.append(image);
          },
        },
      });
    }
    element.replaceChildren(
      frame,
      h(
        "div",
        { class: "product-words" },
        words("product-title", title),
        h(
          "div",
          { class: "product-foot" },
          price !== "" && fitted(words("product-price", price), price, PRICE_LETTERS),
          number !== undefined && h("div", { class: "product-number" }, own().number(number)),
        ),
      ),
    );
  }
  update(first);
  return { element, update };
}
