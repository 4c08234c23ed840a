/** Who gave most: names in order, with what they gave. */
import { directionOf } from "../../danmaku/direction";
import { h } from "../../shared/dom";
import type { RankRow } from "../../shared/wire";
import { face, nick } from "../person";
import { short } from "../words/figures";
import { words as own } from "../words/language";
import { figure, type Made, type Of, words } from "./part";

export function rank(first: Of<"rank">): Made<Of<"rank">> {
  const title = words("rank-title", "");
  const list = h("div", { class: "rank-rows" });
  const element = h("div", { class: "rank" }, title, list);
  const rows = new Map<string, ReturnType<typeof row>>();
  function update(placard: Of<"rank">): void {
    element.dir = directionOf(placard.title);
    title.textContent = placard.title || own().rank;
    const wanted = new Set(placard.rows.map(({ who }) => key(who)));
    for (const [id, old] of rows) {
      if (wanted.has(id)) continue;
      old.element.remove();
      rows.delete(id);
    }
    placard.rows.forEach((item, index) => {
      const made = rows.get(key(item.who)) ?? row(item);
      rows.set(key(item.who), made);
      made.update(index + 1, item.coins);
      if (list.children[index] !== made.element) {
        list.insertBefore(made.element, list.children[index] ?? null);
      }
    });
    // Nobody has given yet: an empty frame is not for the picture.
    element.hidden = placard.rows.length === 0;
  }
  update(first);
  return { element, update };
}

/** Another name or face is another row. */
function key({ id, nick, avatar }: RankRow["who"]): string {
  return `${id}\n${nick}\n${avatar ?? ""}`;
}

function row({ who }: RankRow) {
  const place = h("div", { class: "rank-place" });
  const coins = h("div", { class: "rank-coins" });
  const element = h(
    "div",
    { class: "rank-row", "data-user": who.id },
    place,
    face(who),
    nick(who, "rank-nick"),
    coins,
  );
  return {
    element,
    update(number: number, worth: number): void {
      place.textContent = String(number);
      element.dataset.place = String(number);
      figure(coins, short(worth));
    },
  };
}
