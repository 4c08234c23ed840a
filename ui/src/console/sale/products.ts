/** Products: one on show, any of them open to be claimed by its number. */
import { h } from "../../shared/dom";
import type { Product, SaleDesk } from "../../shared/wire";
import { money } from "../../shared/words/figures";
import type { Control } from "../state";
import { priceOf, written } from "./amounts";
import { action, createFold, createFollow, field, redraw, whole } from "./form";
import { words } from "./words";

export function createProducts(control: Control, host: boolean) {
  const list = h("ul", { class: "sale-list", "data-test": "sale-products" });
  const none = h("p", { class: "hint" }, words.noProducts);
  const number = field(words.number, "product-number", { inputmode: "numeric", size: 5 });
  const title = field(words.name, "product-title", { maxlength: 80 });
  const price = field(words.price, "product-price", { inputmode: "decimal", size: 7 });
  const currency = field(words.currency, "product-currency", {
    maxlength: 3,
    size: 4,
    value: words.usual,
  });
  const stock = field(words.inStock, "product-stock", { inputmode: "numeric", size: 6, value: 10 });
  const picture = field(words.picture, "product-picture", { inputmode: "url" });
  const link = field(words.link, "product-link", { inputmode: "url" });
  const save = h(
    "button",
    { type: "submit", class: "primary", "data-test": "product-save" },
    words.putIn,
  );
  const follow = createFollow(currency.input);
  let products: readonly Product[] = [];
  let drawn = "";

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    const count = whole(stock.input);
    const cost = priceOf(price.input.value, currency.input.value);
    if (!cost) return refuse(words.say.price, price.input);
    if (count === undefined) return refuse(words.say.stock, stock.input);
    const product: Product = {
      number: whole(number.input) ?? free(products),
      title: title.input.value,
      price: cost,
      stock: count,
      ...(picture.input.value.trim() === "" ? {} : { picture: picture.input.value.trim() }),
      ...(link.input.value.trim() === "" ? {} : { link: link.input.value.trim() }),
    };
    save.disabled = true;
    const done = await control.run({ do: "sale", order: { order: "product", product } });
    save.disabled = false;
    if (!done) return;
    for (const { input } of [number, title, price, picture, link]) input.value = "";
    title.input.focus();
  }

  function refuse(text: string, at: HTMLElement): void {
    control.notify({ kind: "error", text });
    at.focus();
  }

  function row(product: Product, shown: boolean, sold: number, open: boolean): HTMLElement {
    const { number: id } = product;
    const run = (order: Parameters<typeof control.run>[0]) => void control.run(order);
    const show = action(shown ? words.takeOff : words.show, `show-${id}`, () =>
      run({ do: "sale", order: shown ? { order: "show" } : { order: "show", number: id } }),
    );
    const buttons = [show];
    if (host) {
      const flash = action(open ? words.openAnew : words.flash, `flash-${id}`, () => {
        details.hidden = !details.hidden;
        if (!details.hidden) cost.input.focus();
      });
      const change = action(words.change, `change-${id}`, () => fill(product));
      const remove = action(words.remove, `remove-${id}`, () => void takeOut(product));
      change.className = "quiet";
      remove.className = "quiet";
      buttons.push(flash, change, remove);
    }
    const cost = field(words.priceNow, `flash-price-${id}`, {
      size: 7,
      value: written(product.price),
    });
    const many = field(words.howMany, `flash-stock-${id}`, { size: 5, value: product.stock });
    const time = field(words.seconds, `flash-time-${id}`, { size: 5, value: 120 });
    const start = h(
      "button",
      { type: "submit", class: "primary", "data-test": `open-${id}` },
      words.open,
    );
    const details = h(
      "form",
      {
        class: "sale-fields",
        hidden: true,
        on: {
          submit: (event) => {
            event.preventDefault();
            const now = priceOf(cost.input.value, product.price.currency);
            if (!now) return refuse(words.say.flash, cost.input);
            const [pieces, seconds] = [whole(many.input), whole(time.input)];
            run({
              do: "sale",
              order: {
                order: "open",
                number: id,
                price: now,
                ...(pieces === undefined ? {} : { stock: pieces }),
                ...(seconds === undefined ? {} : { seconds }),
              },
            });
            details.hidden = true;
          },
        },
      },
      cost.element,
      many.element,
      time.element,
      start,
    );
    const figures = [money(product.price), words.stock(product.stock)];
    if (sold > 0) figures.push(words.sold(sold));
    if (open) figures.push(words.openAs(id));
    return h(
      "li",
      { class: "sale-row", "data-number": id, "data-shown": shown },
      h("b", { class: "sale-number" }, id),
      h(
        "div",
        { class: "sale-words" },
        h("b", { dir: "auto" }, product.title),
        h("span", { class: "note" }, figures.join(" · ")),
      ),
      h("div", { class: "buttons" }, ...buttons),
      details,
    );
  }

  /** Removes a product; until it is forgotten it can be put in again as it was. */
  async function takeOut(product: Product): Promise<void> {
    const order = { order: "remove_product", number: product.number } as const;
    if (!(await control.run({ do: "sale", order }))) return;
    const undo = () => void control.run({ do: "sale", order: { order: "product", product } });
    control.notify({ kind: "news", text: words.removed(product.title), undo });
  }

  function fill(product: Product): void {
    fold.open = true;
    number.input.value = String(product.number);
    title.input.value = product.title;
    price.input.value = written(product.price);
    currency.input.value = product.price.currency;
    stock.input.value = String(product.stock);
    picture.input.value = product.picture ?? "";
    link.input.value = product.link ?? "";
    title.input.focus();
  }

  const form = h(
    "form",
    { class: "sale-form", novalidate: true, on: { submit: (event) => void submit(event) } },
    title.element,
    h(
      "div",
      { class: "sale-fields" },
      number.element,
      price.element,
      currency.element,
      stock.element,
    ),
    h("details", {}, h("summary", {}, words.pictureAndLink), picture.element, link.element),
    h("div", { class: "buttons" }, save),
  );
  const fold = createFold(h("h3", {}, words.newProduct), form);
  return {
    element: h(
      "section",
      { class: "panel" },
      h("h2", {}, words.products),
      none,
      list,
      host && fold,
    ),
    update(desk: SaleDesk): void {
      products = desk.products;
      number.input.placeholder = String(free(products));
      const sold = new Map(desk.sold);
      const open = (id: number) =>
        desk.offers.some(
          (o) => o.id === `product:${id}` && o.open && (o.ends_at ?? desk.now + 1) > desk.now,
        );
      const opened = products.map(({ number }) => open(number));
      const now = JSON.stringify([products, desk.on_show, desk.sold, opened]);
      if (now === drawn) return;
      drawn = now;
      const rows = products.map((product, i) =>
        row(
          product,
          product.number === desk.on_show,
          sold.get(product.number) ?? 0,
          opened[i] ?? false,
        ),
      );
      redraw(list, rows);
      follow(products[products.length - 1]?.price.currency);
      none.hidden = products.length > 0;
    },
  };
}

/** The first number that no product has. */
function free(products: readonly Product[]): number {
  for (let n = 1; ; n += 1) if (!products.some(({ number }) => number === n)) return n;
}
