/** A lottery: its list is who writes the keyword, its draw can be done again by anybody. */
import { h } from "../../shared/dom";
import type { SaleDesk } from "../../shared/wire";
import type { Control } from "../state";
import { idOf } from "./amounts";
import { field, whole } from "./form";
import { words } from "./words";

export function createLottery(control: Control) {
  const title = field(words.prize, "lottery-title", { maxlength: 80 });
  const keyword = field(words.keyword, "lottery-keyword", { maxlength: 24, size: 10 });
  const winners = field(words.winnersField, "lottery-winners", {
    inputmode: "numeric",
    size: 4,
    value: 1,
  });
  const open = h(
    "button",
    { type: "submit", class: "primary", "data-test": "lottery-open" },
    words.open,
  );
  let used: readonly string[] = [];

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    const word = keyword.input.value.trim();
    open.disabled = true;
    const done = await control.run({
      do: "sale",
      order: {
        order: "lottery",
        id: idOf(title.input.value, used),
        title: title.input.value,
        winners: whole(winners.input) ?? 1,
        ...(word === "" ? {} : { keyword: word }),
      },
    });
    open.disabled = false;
    if (done) title.input.value = keyword.input.value = "";
  }

  return {
    element: h(
      "section",
      { class: "panel" },
      h("h2", {}, words.lottery),
      h(
        "form",
        { class: "sale-form", novalidate: true, on: { submit: (event) => void submit(event) } },
        title.element,
        h("div", { class: "sale-fields" }, keyword.element, winners.element, open),
      ),
      h("p", { class: "hint" }, words.lotteryHint),
    ),
    update(desk: SaleDesk): void {
      const ids = desk.offers.map(({ id }) => id);
      used = ids.filter((id) => id.startsWith("lottery:")).map((id) => id.slice(8));
    },
  };
}
