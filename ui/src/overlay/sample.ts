/** Sample data for the tests of this folder. */
import type { Card, Event, Look, Stage } from "../shared/wire";
import { DEFAULT_LOOK } from "../shared/wire/default-look";

export function look(
  over: { feed?: Partial<Look["feed"]>; cards?: Partial<Look["cards"]> } = {},
): Look {
  return {
    ...DEFAULT_LOOK,
    feed: { ...DEFAULT_LOOK.feed, ...over.feed },
    cards: { ...DEFAULT_LOOK.cards, ...over.cards },
  };
}

export function stage(over: Partial<Stage> = {}): Stage {
  return {
    position: { epoch: 1, seq: 1 },
    now: 1_000,
    look: look(),
    theme: { id: "glass", css: "", motion: "glide", template: {} },
    visible: true,
    feed: [],
    cards: [],
    paid: [],
    placards: [],
    likes: 0,
    online: 0,
    emotes: [],
    ...over,
  };
}

export function comment(id: string, over: { text?: string; at?: number } = {}, user = "u1"): Event {
  return {
    id,
    at: 1_000,
    source: "room",
    from: { id: user, nick: user, role: "viewer" },
    priority: "normal",
    kind: "comment",
    text: id,
    ...over,
  };
}

export function tip(id: string, users: string[]): Event {
  return {
    id,
    at: 1_000,
    source: "room",
    priority: "lowest",
    kind: "tip",
    tip: "join",
    users: users.map((user) => ({ id: user, nick: user, role: "viewer" })),
    more: 0,
  };
}

export function card(id: string, over: Partial<Card> = {}, user = "u1"): Card {
  return {
    id,
    from: { id: user, nick: user, role: "viewer" },
    gift: { id: "rose", name: "Rose", icon: "/gifts/rose.png", coins: 1 },
    count: 1,
    tier: 1,
    until: 60_000,
    ...over,
  };
}
