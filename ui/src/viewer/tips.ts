/** Tips in the chat: which are worth a line, how they fold, what they say. */
import type { Event } from "../shared/wire";
import { words } from "../shared/words/viewer";

/** Names said before "and … others". */
const NAMES = 3;

/** Whether an event has a line at all: who left is not news, custom data is not for people. */
export function isShown(event: Event): boolean {
  return event.kind !== "custom" && !(event.kind === "tip" && event.tip === "quit");
}

/** One event for two neighbours that say the same of more people; `undefined` if they do not. */
export function fold(last: Event, next: Event): Event | undefined {
  if (last.kind !== "tip" || next.kind !== "tip") return undefined;
  if (last.tip !== next.tip || next.tip === "quit") return undefined;
  const fresh = next.users.map((user) => user.id);
  const users = [...next.users, ...last.users.filter((user) => !fresh.includes(user.id))];
  const kept = users.slice(0, NAMES);
  return { ...next, users: kept, more: last.more + next.more + users.length - kept.length };
}

/** The sentence of a tip; empty if there is nothing to say. */
export function sentence(event: Event): string {
  if (event.kind !== "tip" || event.users.length === 0) return "";
  const named = event.users.slice(0, NAMES);
  // Each name is isolated, so that one of right-to-left letters turns nothing around it.
  const names = named.map((user) => `\u2068${user.nick}\u2069`);
  const who = words.tips.who(names, event.more + event.users.length - named.length);
  return words.tips[event.tip](who, event.users.length + event.more);
}
