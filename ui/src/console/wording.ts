/** Events in words: who did what. Everything here is plain text. */

import { grouped } from "../shared/format";
import type { Event, Gift, Sender, Tip } from "../shared/wire";
import { words as viewer } from "../shared/words/viewer";
import { words } from "./words/feed";

/** The name in front of a line; `undefined` for tips, which name people themselves. */
export function who(event: Event): string | undefined {
  return event.from?.nick;
}

/** What a line says after the name. */
export function what(event: Event): string {
  switch (event.kind) {
    case "comment":
      return event.text;
    case "gift":
      return `${giftName(event.gift)} ×${grouped(event.count)}`;
    case "tip":
      return told(event.tip, names(event.users, event.more));
    case "custom":
      return words.custom(event.data.length);
    default:
      return (event as { kind: string }).kind;
  }
}

/** A gift's name in the page's language, if it is one that comes with the program. */
export function giftName({ name }: Gift): string {
  return viewer.gifts.names[name] ?? name;
}

/** Whether the show can pin it: something somebody said or gave. */
export function isPinnable(event: Event): boolean {
  return event.kind === "comment" || event.kind === "gift";
}

/** `Ada`, `Ada and Bo`, `Ada, Bo and 3 more`. */
export function names(users: readonly Sender[], more: number): string {
  if (users.length === 0) return more > 0 ? words.people(more) : words.nobody;
  return words.names(
    users.map((user) => user.nick),
    more,
  );
}

function told(tip: Tip, who: string): string {
  return words.tips[tip]?.(who) ?? `${who} ${tip}`;
}
