/** One row of the chat. Names and text are text, never markup. */
import { h, setAttribute } from "../shared/dom";
import { withEmotes } from "../shared/emotes";
import { clockTime, grouped, money } from "../shared/format";
import { nameColour } from "../shared/palette";
import type { Event, Gift, Sender } from "../shared/wire";
import { words } from "../shared/words/viewer";
import type { Line } from "./messages";
import { personMenu } from "./person-menu";
import { sentence } from "./tips";

/** Builds a row; `again` writes a failed line anew. */
export function row(line: Line, again: (line: Line) => void): HTMLElement {
  const { event, kind, mine, state } = line;
  if (kind === "gap") return h("li", { class: "row gap" }, words.list.gap);
  if (event.kind === "tip") {
    return h("li", { class: "row tip", "data-test": "tip", "data-id": event.id }, sentence(event));
  }
  const { from } = event;
  const element = h(
    "li",
    {
      class: "row",
      "data-test": "message",
      "data-kind": event.kind,
      "data-mine": String(mine),
      title: clockTime(event.at),
    },
    from && avatar(from),
    h("div", { class: "words" }, from && name(from), ...content(line)),
    state === "failed" &&
      h(
        "p",
        { class: "failed" },
        words.list.failed,
        " ",
        h(
          "button",
          { type: "button", class: "text-button", on: { click: () => again(line) } },
          words.tryAgain,
        ),
      ),
  );
  mark(element, line);
  return element;
}

/** Sets what an answer of the room or a combo's growth changes; the row stays, and a menu open in it. */
export function mark(element: HTMLElement, { event, state }: Line): void {
  const count = element.querySelector(".count");
  if (count && event.kind === "gift") count.textContent = times(event.count);
  setAttribute(element, "data-id", event.id || null);
  setAttribute(element, "data-pending", String(state === "pending"));
  setAttribute(element, "data-state", state);
}

/** Whether two events look the same in a row, but for what `mark` sets. */
export function looksSame(one: Event, other: Event): boolean {
  if (one.from?.nick !== other.from?.nick) return false;
  if (one.kind === "comment") return other.kind === "comment" && one.text === other.text;
  return one.kind === "gift" && other.kind === "gift" && one.gift.id === other.gift.id;
}

/** A person's picture, or the first letter on the colour of the name. */
export function avatar(from: Sender): HTMLElement {
  const circle = h("span", {
    class: "avatar",
    style: { "--name": nameColour(from.id).onDark },
    "aria-hidden": "true",
  });
  const letter = [...from.nick][0]?.toUpperCase() ?? "";
  if (!from.avatar) {
    circle.append(letter);
    return circle;
  }
  const picture = h("img", { src: from.avatar, alt: "", loading: "lazy" });
  picture.addEventListener("error", () => circle.replaceChildren(letter), { once: true });
  circle.append(picture);
  return circle;
}

function name(from: Sender): DocumentFragment {
  const { onDark, onLight } = nameColour(from.id);
  const part = document.createDocumentFragment();
  part.append(
    h(
      "button",
      {
        type: "button",
        class: "name",
        // No stop of its own for every line: a screen reader finds it in the line.
        tabindex: -1,
        style: { "--name": onDark, "--name-light": onLight },
        on: { click: ({ currentTarget }) => meet(currentTarget as HTMLElement, from) },
      },
      h("bdi", null, from.nick),
    ),
  );
  if (from.role === "host" || from.role === "helper") {
    part.append(" ", h("span", { class: `badge ${from.role}` }, words.list[from.role]));
  }
  part.append(" ");
  return part;
}

/** Opens the menu of a person below their line, or closes it. */
function meet(name: HTMLElement, from: Sender): void {
  const words = name.parentElement;
  const open = words?.querySelector(".person-menu");
  if (open) {
    open.remove();
    return;
  }
  const menu = personMenu(from, () => {
    menu.remove();
    name.focus();
  });
  words?.append(menu);
  menu.querySelector("button")?.focus();
}

function content({ event }: Line): Node[] {
  if (event.kind === "comment") {
    const text = h("bdi", { class: "text" }, ...withEmotes(event.text));
    const { paid } = event;
    if (!paid) return [text];
    const amount = h("span", { class: "paid", "data-tier": paid.tier, "data-test": "paid" });
    amount.append(money(paid));
    return [amount, document.createTextNode(" "), text];
  }
  if (event.kind !== "gift") return [];
  const { gift, count } = event;
  const { before, after } = words.gifts.line;
  return [
    h("span", { class: "text" }, before, h("b", null, giftName(gift)), after),
    h("img", { class: "gift-icon", src: gift.icon, alt: "", width: 32, height: 32 }),
    h("span", { class: "count" }, times(count)),
  ];
}

function times(count: number): string {
  return `×${grouped(count)}`;
}

/** A gift's name in the page's language, if it is one that comes with the program. */
export function giftName({ name }: Gift): string {
  return words.gifts.names[name] ?? name;
}
