/** What the host keeps on the picture, said plainly above the chat. */
import { h } from "../shared/dom";
import { withEmotes } from "../shared/emotes";
import type { Placard } from "../shared/wire";
import { words } from "../shared/words/viewer";

/** Ids of what the sale put up (docs/sale.md): it has cards with a button on this page. */
const OFFER = /^(voucher|product|lottery|packet)-/;

export interface Placards {
  element: HTMLElement;
  /** Shows exactly these. */
  show(placards: readonly Placard[]): void;
}

export function createPlacards(): Placards {
  const element = h("ul", { class: "placards", hidden: true, "aria-label": words.placards.title });
  return {
    element,
    show: (placards) => {
      const own = placards.filter(({ id }) => !OFFER.test(id));
      const rows = own.map((placard) =>
        h("li", { "data-kind": placard.kind, "data-test": "placard" }, ...lines(placard)),
      );
      element.replaceChildren(...rows);
      element.hidden = rows.length === 0;
    },
  };
}

function lines(placard: Placard): (Node | string)[] {
  const bold = (text: string) => h("b", { dir: "auto" }, text);
  switch (placard.kind) {
    case "voucher": {
      const { value, title, left } = placard;
      return [
        bold(value),
        ` ${title} · ${left === 0 ? words.placards.soldOut : words.placards.left(left)}`,
      ];
    }
    case "product":
      return [bold(placard.title), placard.price ? ` ${placard.price}` : ""];
    case "question":
      return [words.placards.answering, " ", h("b", { dir: "auto" }, ...withEmotes(placard.text))];
    case "poll": {
      const total = placard.options.reduce((all, { votes }) => all + votes, 0);
      const answers = placard.options.map(({ text, votes }, index) => {
        const share = total > 0 ? Math.round((100 * votes) / total) : 0;
        return h("li", { dir: "auto" }, words.placards.option(index + 1, text, share));
      });
      const how = ` ${placard.open ? words.placards.vote : words.placards.closed}`;
      return [bold(placard.question), how, h("ul", {}, ...answers)];
    }
    case "goal": {
      const { title, value, target, unit } = placard;
      return [bold(title), ` ${words.placards.goal(value, target)} ${words.placards.units[unit]}`];
    }
    case "ticker":
      return placard.lines.map((line) => h("div", { dir: "auto" }, ...withEmotes(line)));
    case "rank": {
      const names = placard.rows.map(({ who }) => h("bdi", {}, who.nick));
      const list = names.flatMap((name, index) =>
        index > 0 ? [words.placards.comma, name] : [name],
      );
      return [
        bold(placard.title || words.placards.rank),
        " ",
        ...(list.length ? list : [words.placards.nobody]),
      ];
    }
  }
}
