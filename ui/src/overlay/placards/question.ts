/** A question that is being answered: who asked, and what. */
import { directionOf } from "../../danmaku/direction";
import { h } from "../../shared/dom";
import { face, nick } from "../person";
import { emotive, type Made, type Of } from "./part";

export function question(first: Of<"question">): Made<Of<"question">> {
  const element = h("div", { class: "question" });
  function update({ from, text }: Of<"question">): void {
    if (from) element.dataset.user = from.id;
    else delete element.dataset.user;
    element.dir = directionOf(text);
    element.replaceChildren(
      h("div", { class: "question-mark", "aria-hidden": "true" }, "?"),
      h(
        "div",
        { class: "question-words" },
        from && h("div", { class: "question-head" }, face(from), nick(from, "question-nick")),
        emotive("question-text", text),
      ),
    );
  }
  update(first);
  return { element, update };
}
