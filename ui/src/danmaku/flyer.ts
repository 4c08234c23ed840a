/** From an event to the comment that flies. */

import { emotes } from "../shared/emotes";
import { money } from "../shared/format";
import { fragments } from "../shared/fragments";
import { nameColour } from "../shared/palette";
import type { Event, Paid, Role } from "../shared/wire";
import type { Comment } from "./stage";

/** The comment of an event; `air` is what it flies in, whose style gives the plate. */
export function flyer(event: Event, text: string, air: HTMLElement): Comment {
  const { id, from, priority } = event;
  const role: Role = from?.role ?? "guest";
  const paid = event.kind === "comment" ? event.paid : undefined;
  const staff = role === "host" || role === "helper";
  return {
    id,
    user: from?.id ?? null,
    priority,
    mode: role === "host" || paid ? "top" : null,
    text,
    parts: fragments(text, emotes()),
    nick: from?.nick ?? null,
    colour: from ? nameColour(from.id).onDark : "#fff",
    avatar: from?.avatar ?? null,
    role,
    plate: paid ? paidPlate(paid, air) : staff ? colourOf(air, "--plate", PLATE) : null,
    paid: paid ? money(paid) : null,
  };
}

/** Behind what the host and helpers say. */
export const PLATE = "rgba(12, 14, 19, 0.8)";

/** Behind what was paid for, tiers 1–5: the deep colours of their cards. */
const PAID_PLATES = ["#0b3f3c", "#12327c", "#3b1c8a", "#7d0f47", "#984000"];

function paidPlate({ tier }: Paid, air: HTMLElement): string {
  return colourOf(air, `--paid-plate-${tier}`, PAID_PLATES[tier - 1] ?? PLATE);
}

/** A colour that style sheets may set. */
export function colourOf(element: HTMLElement, name: string, otherwise: string): string {
  return getComputedStyle(element).getPropertyValue(name).trim() || otherwise;
}
