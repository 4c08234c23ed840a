/** Vouchers: prepared in a form, dropped with one press. */
import { h } from "../../shared/dom";
import type { SaleDesk, Voucher, Worth } from "../../shared/wire";
import { lasting, money } from "../../shared/words/figures";
import type { Api } from "../developers/api";
import { path } from "../developers/api";
import { createConfirm } from "../developers/confirm";
import type { Control } from "../state";
import { idOf, priceOf, written } from "./amounts";
import { action, createFold, createFollow, field, redraw, whole } from "./form";
import { words } from "./words";
import { worthWords } from "./worth";

/** How long a drop lasts, s; 0 until it is ended. */
const TIMES = [0, 30, 60, 180, 600] as const;

export function createVouchers(control: Control, api: Api) {
  const list = h("ul", { class: "sale-list", "data-test": "sale-vouchers" });
  const none = h("p", { class: "hint" }, words.noVouchers);
  const title = field(words.voucherTitle, "voucher-title", { maxlength: 80, required: true });
  const kind = h(
    "select",
    { id: "voucher-kind", "data-test": "voucher-kind" },
    h("option", { value: "fixed" }, words.kinds.fixed),
    h("option", { value: "percent" }, words.kinds.percent),
    h("option", { value: "free_shipping" }, words.kinds.free_shipping),
  );
  const worth = field(words.worth, "voucher-worth", { inputmode: "decimal", size: 6 });
  const currency = field(words.currency, "voucher-currency", {
    maxlength: 3,
    size: 4,
    value: words.usual,
  });
  const stock = field(words.howMany, "voucher-stock", { inputmode: "numeric", value: 50, size: 6 });
  const each = field(words.each, "voucher-each", { inputmode: "numeric", value: 1, size: 4 });
  const spend = field(words.spend, "voucher-spend", { inputmode: "decimal", size: 6 });
  const keyword = field(words.keyword, "voucher-keyword", { maxlength: 24, size: 10 });
  const opens = field(words.opens, "voucher-opens", { type: "datetime-local" });
  const ends = field(words.ends, "voucher-ends", { type: "datetime-local" });
  const codes = h("textarea", {
    rows: 3,
    id: "voucher-codes",
    "data-test": "voucher-codes",
    spellcheck: "false",
  });
  const save = h(
    "button",
    { type: "submit", class: "primary", "data-test": "voucher-save" },
    words.prepare,
  );
  const heading = h("h3", { dir: "auto" }, words.newVoucher);
  const cancel = action(words.cancel, "voucher-cancel", () => edit(undefined));
  cancel.hidden = true;
  const follow = createFollow(currency.input);
  let vouchers: readonly Voucher[] = [];
  let editing: Voucher | undefined;
  let drawn = "";

  kind.addEventListener("change", fit);
  function fit(): void {
    worth.element.hidden = kind.value === "free_shipping";
  }

  function worthOf(): Worth | undefined {
    if (kind.value === "free_shipping") return { kind: "free_shipping" };
    if (kind.value === "percent") {
      const percent = whole(worth.input);
      return percent === undefined ? undefined : { kind: "percent", percent };
    }
    const off = priceOf(worth.input.value, currency.input.value);
    return off && { kind: "fixed", off };
  }

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    const what = worthOf();
    if (!what) return refuse(words.say.worth, worth.input);
    const count = whole(stock.input);
    if (count === undefined) return refuse(words.say.stock, stock.input);
    const min =
      spend.input.value.trim() === ""
        ? undefined
        : priceOf(spend.input.value, currency.input.value);
    if (spend.input.value.trim() !== "" && !min) return refuse(words.say.spend, spend.input);
    const used = vouchers.map(({ id }) => id);
    const at = (input: HTMLInputElement) =>
      input.value === "" ? undefined : new Date(input.value).getTime();
    const [opensAt, endsAt] = [at(opens.input), at(ends.input)];
    const voucher: Voucher = {
      id: editing?.id ?? idOf(title.input.value, used),
      title: title.input.value,
      worth: what,
      stock: count,
      per_person: whole(each.input) ?? 1,
      ...(min ? { min_spend: min } : {}),
      ...(keyword.input.value.trim() === "" ? {} : { keyword: keyword.input.value.trim() }),
      ...(opensAt === undefined ? {} : { opens_at: opensAt }),
      ...(endsAt === undefined ? {} : { ends_at: endsAt }),
    };
    const own = codes.value.split(/\s+/).filter(Boolean);
    save.disabled = true;
    let done = await control.run({ do: "sale", order: { order: "voucher", voucher } });
    if (done && own.length > 0) {
      const at = path("sale", "vouchers", voucher.id, "codes");
      done = (await api.attempt(() => api.call("PUT", at, { codes: own }))) !== undefined;
    }
    save.disabled = false;
    if (done) edit(undefined);
  }

  function refuse(text: string, at: HTMLElement): void {
    control.notify({ kind: "error", text });
    at.focus();
  }

  /** Fills the form for a voucher, or for a new one. */
  function edit(voucher: Voucher | undefined): void {
    editing = voucher;
    cancel.hidden = voucher === undefined;
    save.textContent = voucher ? words.keep : words.prepare;
    heading.textContent = voucher ? words.changeOf(voucher.title) : words.newVoucher;
    title.input.value = voucher?.title ?? "";
    kind.value = voucher?.worth.kind ?? "fixed";
    worth.input.value = voucher ? amount(voucher.worth) : "";
    if (voucher?.worth.kind === "fixed") currency.input.value = voucher.worth.off.currency;
    stock.input.value = String(voucher?.stock ?? 50);
    each.input.value = String(voucher?.per_person ?? 1);
    spend.input.value = voucher?.min_spend ? written(voucher.min_spend) : "";
    keyword.input.value = voucher?.keyword ?? "";
    opens.input.value = local(voucher?.opens_at);
    ends.input.value = local(voucher?.ends_at);
    codes.value = "";
    fit();
    if (!voucher) return;
    fold.open = true;
    title.input.focus();
  }

  function row(voucher: Voucher): HTMLElement {
    const { id } = voucher;
    const times = h(
      "select",
      { "aria-label": words.howLong, "data-test": `time-${id}` },
      ...TIMES.map((seconds) => {
        const label = seconds === 0 ? words.untilEnded : lasting(seconds);
        return h("option", { value: seconds }, label);
      }),
    );
    const drop = action(words.drop, `drop-${id}`, () => {
      const seconds = Number(times.value);
      const order = { order: "drop", id, ...(seconds > 0 ? { seconds } : {}) } as const;
      void control.run({ do: "sale", order }, words.dropped(voucher.title));
    });
    drop.className = "primary";
    const remove = createConfirm(words.remove, words.removeSure, `remove-${id}`, () =>
      control.run({ do: "sale", order: { order: "remove_voucher", id } }),
    );
    const change = action(words.change, `change-${id}`, () => edit(voucher));
    change.className = "quiet";
    const terms = [
      worthWords(voucher.worth),
      words.pieces(voucher.stock),
      words.perPerson(voucher.per_person),
      voucher.min_spend && words.fromOrder(money(voucher.min_spend)),
      voucher.keyword && words.byKeyword(voucher.keyword),
    ];
    return h(
      "li",
      { class: "sale-row", "data-id": id },
      h(
        "div",
        { class: "sale-words" },
        h("b", { dir: "auto" }, voucher.title),
        h("span", { class: "note", dir: "auto" }, terms.filter(Boolean).join(" · ")),
      ),
      h("div", { class: "buttons" }, times, drop, change, remove),
    );
  }

  fit();
  const form = h(
    "form",
    { class: "sale-form", novalidate: true, on: { submit: (event) => void submit(event) } },
    title.element,
    h(
      "div",
      { class: "sale-fields" },
      h(
        "label",
        { class: "sale-field broad", for: "voucher-kind" },
        h("span", {}, words.kind),
        kind,
      ),
      worth.element,
      currency.element,
      stock.element,
      each.element,
      keyword.element,
    ),
    h(
      "details",
      {},
      h("summary", {}, words.more),
      h("div", { class: "sale-fields" }, spend.element, opens.element, ends.element),
      h("label", { class: "sale-field", for: "voucher-codes" }, h("span", {}, words.codes), codes),
    ),
    h("div", { class: "buttons" }, save, cancel),
  );
  const fold = createFold(heading, form);
  return {
    element: h("section", { class: "panel" }, h("h2", {}, words.vouchers), none, list, fold),
    update(desk: SaleDesk): void {
      vouchers = desk.vouchers;
      if (!editing) follow(desk.products[desk.products.length - 1]?.price.currency);
      const now = JSON.stringify(vouchers);
      if (now === drawn) return;
      drawn = now;
      redraw(list, vouchers.map(row));
      none.hidden = vouchers.length > 0;
    },
  };
}

function amount(worth: Worth): string {
  if (worth.kind === "fixed") return written(worth.off);
  return worth.kind === "percent" ? String(worth.percent) : "";
}

/** A time as a field of the page writes it. */
function local(at: number | undefined): string {
  if (at === undefined) return "";
  const zone = new Date(at).getTimezoneOffset() * 60_000;
  return new Date(at - zone).toISOString().slice(0, 16);
}
