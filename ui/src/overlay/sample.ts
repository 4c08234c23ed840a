/** Sample data for the tests of this folder. */
import type { Card, Event, Look, Stage } from "../shared/wire";

export function look(
  over: { feed?: Partial<Look["feed"]>; cards?: Partial<Look["cards"]> } = {},
): Look {
  return {
    font: "",
    theme: "glass",
    pace: 12,
    danmaku: {
      on: true,
      mode: "scroll-rtl",
      size: 36,
      seconds: 8,
      opacity: 100,
      area: 40,
      lanes: 10,
      density: 100,
      reading: 0,
      merge: true,
      outline: 3,
      names: false,
      avatars: false,
    },
    feed: {
      on: true,
      corner: "bottom-left",
      size: 28,
      lines: 6,
      width: 28,
      opacity: 100,
      outline: 3,
      seconds: 0,
      joins: true,
      follows: true,
      ...over.feed,
    },
    cards: { on: true, corner: "bottom-left", size: 32, ...over.cards },
    paid: { on: true, corner: "bottom-left", size: 30 },
    placards: {
      sale: { on: true, corner: "top-right" },
      goal: { on: true, corner: "top-left" },
      rank: { on: true, corner: "top-right" },
      question: true,
      ticker: true,
      size: 26,
    },
    likes: { on: true, corner: "bottom-right" },
    online: { on: true, corner: "top-right" },
    board: { on: true, sheet: "clear" },
    effects: { on: true, tier: 3, seconds: 6 },
    comfort: { flash: true, still: false, plates: "auto" },
    sound: { on: true, volume: 60, gift: 80, paid: 90, join: 0, follow: 60, voucher: 80 },
    speech: {
      on: false,
      volume: 80,
      rate: 100,
      voice: "",
      comments: false,
      paid: true,
      gifts: true,
      names: true,
      length: 160,
      delay: 2,
      words: [],
    },
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
