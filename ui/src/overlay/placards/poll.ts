/** A poll: the question, and an answer a row with its share. */
import { directionOf } from "../../danmaku/direction";
import { h } from "../../shared/dom";
import { grouped } from "../../shared/format";
import { words as own } from "../words/language";
import { bar, figure, type Made, type Of, words } from "./part";

export function poll(first: Of<"poll">): Made<Of<"poll">> {
  const question = words("poll-question", "");
  const rows = h("div", { class: "poll-options" });
  const foot = h("div", { class: "poll-foot" });
  const element = h("div", { class: "poll" }, question, rows, foot);
  let made: ReturnType<typeof option>[] = [];
  function update(placard: Of<"poll">): void {
    element.dir = directionOf(placard.question);
    question.textContent = placard.question;
    if (made.length !== placard.options.length) {
      made = placard.options.map((_, index) => option(index + 1));
      rows.replaceChildren(...made.map((row) => row.element));
    }
    const total = placard.options.reduce((all, { votes }) => all + votes, 0);
    const most = Math.max(1, ...placard.options.map(({ votes }) => votes));
    placard.options.forEach(({ text, votes }, index) => {
      made[index]?.update(text, total > 0 ? votes / total : 0, !placard.open && votes === most);
    });
    element.dataset.state = placard.open ? "open" : "closed";
    const { vote, closed, votes } = own();
    foot.textContent = `${placard.open ? vote : closed} · ${votes(total, grouped(total))}`;
  }
  update(first);
  return { element, update };
}

function option(number: number) {
  const text = words("poll-text", "");
  const share = h("div", { class: "poll-share" });
  const fill = bar("poll-bar");
  const element = h(
    "div",
    { class: "poll-option", "data-number": number },
    fill.element,
    h("div", { class: "poll-number" }, number),
    text,
    share,
  );
  return {
    element,
    update(words: string, part: number, won: boolean): void {
      text.textContent = words;
      figure(share, `${Math.round(part * 100)}%`);
      fill.fill(part);
      element.dataset.won = String(won);
    },
  };
}
