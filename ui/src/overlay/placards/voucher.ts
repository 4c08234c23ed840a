/** A voucher: what it is worth, how many are left, how long it lasts. */
import { directionOf } from "../../danmaku/direction";
import { h } from "../../shared/dom";
import { grouped } from "../../shared/format";
import type { Millis } from "../../shared/wire";
import { worthOf } from "../words/figures";
import { words as own } from "../words/language";
import { bar, figure, fitted, type Made, type Of, words } from "./part";

/** Letters of a worth that stand in one row at full size beside the time. */
const VALUE_LETTERS = 11;

export function voucher(first: Of<"voucher">): Made<Of<"voucher">> {
  const value = words("voucher-value", "");
  const title = words("voucher-title", "");
  const how = words("voucher-how", "");
  const time = h("div", { class: "voucher-time" });
  const left = h("div", { class: "voucher-left" });
  const stock = bar("voucher-bar");
  const element = h(
    "div",
    { class: "voucher" },
    h("div", { class: "voucher-head" }, value, time),
    title,
    how,
    h("div", { class: "voucher-foot" }, stock.element, left),
  );
  let drawn = first;
  function update(placard: Of<"voucher">): void {
    drawn = placard;
    const { by, keyword, worth } = placard;
    const worded = worth ? worthOf(worth) : placard.value;
    element.dir = directionOf(placard.title, worded);
    fitted(value, worded, VALUE_LETTERS).textContent = worded;
    title.textContent = by === undefined ? placard.title : own().from(by, placard.title);
    how.hidden = keyword === undefined;
    how.textContent = keyword === undefined ? "" : own().write(keyword);
    figure(left, `${grouped(placard.left)} / ${grouped(placard.stock)}`);
    stock.fill(placard.left / placard.stock);
  }
  update(first);
  return {
    element,
    update,
    tick(now) {
      const { state, time: text, next } = standing(drawn, now);
      element.dataset.state = state;
      time.textContent = text;
      time.hidden = text === "";
      return next;
    },
  };
}

/** How a voucher stands at `now`, what is written where it counts down, ms until that changes. */
export function standing(
  { left, ends_at }: Pick<Of<"voucher">, "left" | "ends_at">,
  now: Millis,
): { state: "open" | "out" | "ended"; time: string; next?: number } {
  // Nobody can get one any more: time means nothing to them.
  if (left === 0) return { state: "out", time: own().soldOut };
  if (ends_at === undefined) return { state: "open", time: "" };
  const rest = ends_at - now;
  if (rest <= 0) return { state: "ended", time: own().ended };
  const seconds = Math.ceil(rest / 1_000);
  return { state: "open", time: countdown(seconds), next: rest - (seconds - 1) * 1_000 };
}

/** `05:12`, `1:05:12`. */
export function countdown(seconds: number): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const end = `${two(minutes)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${end}` : end;
}
