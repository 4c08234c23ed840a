/** From an event to the comment that flies. */
import type { Comment } from "../danmaku/stage";
import { emotes } from "../shared/emotes";
import { fragments } from "../shared/fragments";
import { nameColour } from "../shared/palette";
import type { Event, Role } from "../shared/wire";

/** The comment of an event; `air` is what it flies in, whose style gives the plate. */
export function flyer({ id, from, priority }: Event, text: string, air: HTMLElement): Comment {
  const role: Role = from?.role ?? "guest";
  return {
    id,
    user: from?.id ?? null,
    priority,
    mode: role === "host" ? "top" : null,
    text,
    parts: fragments(text, emotes()),
    nick: from?.nick ?? null,
    colour: from ? nameColour(from.id).onDark : "#fff",
    avatar: from?.avatar ?? null,
    role,
    plate: role === "host" || role === "helper" ? colourOf(air, "--plate", PLATE) : null,
    paid: null,
  };
}

/** Behind what the host and helpers say. */
export const PLATE = "rgba(12, 14, 19, 0.8)";

/** A colour that style sheets may set. */
export function colourOf(element: HTMLElement, name: string, otherwise: string): string {
  return getComputedStyle(element).getPropertyValue(name).trim() || otherwise;
}
