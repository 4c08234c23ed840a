/** Events in words: who did what. Everything here is plain text. */

import type { Event, Sender, Tip } from "../shared/wire";

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
      return `${event.gift.name} ×${event.count.toLocaleString("en")}`;
    case "tip":
      return `${names(event.users, event.more)} ${verb(event.tip)}`;
    case "custom":
      return `app message, ${event.data.length.toLocaleString("en")} characters`;
    default:
      return (event as { kind: string }).kind;
  }
}

/** Whether the show can pin it: something somebody said or gave. */
export function isPinnable(event: Event): boolean {
  return event.kind === "comment" || event.kind === "gift";
}

/** `Ada`, `Ada and Bo`, `Ada, Bo and 3 more`. */
export function names(users: readonly Sender[], more: number): string {
  const list = users.map((user) => user.nick);
  if (more > 0) return list.length > 0 ? `${list.join(", ")} and ${more} more` : `${more} people`;
  const last = list.pop();
  return list.length > 0 ? `${list.join(", ")} and ${last}` : (last ?? "somebody");
}

const VERBS: Readonly<Record<Tip, string>> = {
  join: "came in",
  quit: "left",
  profile: "changed their profile",
  follow: "followed",
};

function verb(tip: Tip): string {
  return VERBS[tip] ?? tip;
}
