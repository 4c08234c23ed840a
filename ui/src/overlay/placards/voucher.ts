/** A voucher: what it is worth, how many are left, how long it lasts. */
import { h } from "../../shared/dom";
import { grouped } from "../../shared/format";
import { bar, figure, type Made, type Of, words } from "./part";

export function voucher(first: Of<"voucher">): Made<Of<"voucher">> {
  const value = words("voucher-value", "");
  const title = words("voucher-title", "");
  const time = h("div", { class: "voucher-time" });
  const left = h("div", { class: "voucher-left" });
  const stock = bar("voucher-bar");
  const element = h(
    "div",
    { class: "voucher" },
    h("div", { class: "voucher-head" }, value, time),
    title,
    h("div", { class: "voucher-foot" }, stock.element, left),
  );
  let ends: number | undefined;
  function update(placard: Of<"voucher">): void {
    value.textContent = placard.value;
    title.textContent = placard.title;
    ends = placard.ends_at;
    time.hidden = ends === undefined;
    const out = placard.left === 0;
    element.dataset.state = out ? "out" : "open";
    figure(left, out ? "Sold out" : `${grouped(placard.left)} / ${grouped(placard.stock)}`);
    stock.fill(placard.left / placard.stock);
  }
  update(first);
  return {
    element,
    update,
    tick(now) {
      if (ends === undefined) return undefined;
      const rest = Math.max(0, ends - now);
      const seconds = Math.ceil(rest / 1_000);
      time.textContent = countdown(seconds);
      if (rest === 0 && element.dataset.state === "open") element.dataset.state = "ended";
      if (rest === 0) return undefined;
      return rest - (seconds - 1) * 1_000;
    },
  };
}

/** `05:12`, `1:05:12`. */
export function countdown(seconds: number): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const end = `${two(minutes)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${end}` : end;
}
