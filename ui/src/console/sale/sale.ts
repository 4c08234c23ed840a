/** The view Sale: vouchers, products, lotteries, and who claimed what. */
import { h } from "../../shared/dom";
import { createApi } from "../developers/api";
import type { Control, View } from "../state";
import { createClaims, download } from "./claims";
import { createLottery } from "./lottery";
import { createProducts } from "./products";
import { createRunning } from "./running";
import { createVouchers } from "./vouchers";
import { words } from "./words";

/** A helper sees everything, and shows products. */
export function createSale(control: Control, host: boolean): View {
  const api = createApi(control.notify);
  const openDraw = (id: string) => void download(control, `draws/${id}`, "application/json");
  const running = createRunning(control, host, openDraw);
  const vouchers = createVouchers(control, api);
  const products = createProducts(control, host);
  const lottery = createLottery(control);
  const claims = createClaims(control, host);
  const left = host ? [running, vouchers, lottery] : [running];
  const right = [products, claims];
  const column = (parts: readonly { element: HTMLElement }[]) =>
    h("div", { class: "sale-column" }, ...parts.map(({ element }) => element));
  return {
    element: h(
      "div",
      { class: "view sale" },
      h("h1", {}, words.title),
      h("div", { class: "sale-columns" }, column(left), column(right)),
    ),
    update({ desk: { sale } }) {
      if (!sale) return;
      for (const part of [...left, ...right]) part.update(sale);
    },
  };
}
