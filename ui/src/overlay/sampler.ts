/**
 * A picture with one of everything, for the editor of themes: it shows what a
 * theme does to each part without a live room. `?preview&sample` only; what to
 * wear comes from the page around it, on this origin.
 */
import type { Card, Event, Look, PaidCard, Placard, Role, Sender, Theme } from "../shared/wire";
import type { Overlay } from "./overlay";
import type { Scene } from "./scene";

/** What the page around this one sends. */
export interface Sample {
  readonly kind: "surtitle-sample";
  readonly theme: Theme;
  /** The theme's style sheet. */
  readonly css: string;
  readonly look: Look;
  /** Whose words; `plain` unless it says so. */
  readonly words?: keyof typeof WORDS;
}

/** Time between two comments that fly, ms. */
const FLY_EVERY_MS = 1_400;
/** Nothing of a sample runs out, ms. */
const LONG = 1e9;

/** Names and lines to try a theme with. */
export const WORDS = {
  plain: {
    names: ["Mika", "Ada", "Jonas", "Sara"],
    lines: ["first time here, love the colours", "is it in stock?", "the light on the water"],
  },
  cjk: {
    names: ["小雨", "ゆうと", "준호", "阿明"],
    lines: ["是不是有优惠券？", "今日の配信も楽しみにしてました", "어디서 보고 있어요?"],
  },
  rtl: {
    names: ["نور", "דנה", "سارة", "יואב"],
    lines: ["مرحبا من القاهرة", "הצבעים האלה נהדרים", "كم السعر؟"],
  },
  emoji: {
    names: ["🦊 Fox", "Ada ✨", "👩‍🚀", "🌊🌊"],
    lines: ["🎉🎉🎉", "so calming 💙👨‍👩‍👧‍👦", "🏳️‍🌈 hello 👋🏽"],
  },
  long: {
    names: [
      "W".repeat(200),
      "Anna-Maria von und zu Langenbach-Hohenfels",
      "i".repeat(200),
      "Ж".repeat(60),
    ],
    lines: ["word ".repeat(60).trim(), "x".repeat(200), "Größenwahnsinn ".repeat(12).trim()],
  },
} as const;

type Words = (typeof WORDS)[keyof typeof WORDS];

/** Draws samples on `overlay` as the page around it asks for them. */
export function startSampler(overlay: Overlay, scene: Scene): void {
  let words: Words = WORDS.plain;
  let flown = 0;
  window.addEventListener("message", ({ origin, source, data }: MessageEvent<Sample>) => {
    const ours = origin === location.origin && source === window.parent;
    if (!ours || data?.kind !== "surtitle-sample") return;
    words = WORDS[data.words ?? "plain"];
    scene.wardrobe.tryOn(data.theme, data.css);
    overlay.stage(picture(data, words));
  });
  setInterval(() => {
    if (document.hidden) return;
    flown += 1;
    const event = comment(`f${flown}`, flown, words, flown % 4 === 3 ? "host" : "viewer");
    overlay.cues([{ cue: "comment", event: { ...event, at: Date.now() } }], false);
  }, FLY_EVERY_MS);
  window.parent.postMessage({ kind: "surtitle-sampler" }, location.origin);
}

function picture({ theme, look }: Sample, words: Words) {
  return {
    position: { epoch: 0, seq: 0 },
    now: Date.now(),
    look,
    theme,
    visible: true,
    feed: [
      comment("c1", 0, words),
      comment("c2", 1, words),
      comment("c3", 2, words, "host"),
      joins(words),
      comment("c4", 3, words, "helper"),
      comment("c5", 4, words),
    ],
    cards: [
      card("g1", 1, words, { id: "cake", name: "Cake", coins: 188 }, 12, 3),
      card("g2", 2, words, { id: "castle", name: "Castle", coins: 9_999 }, 1_314, 5),
    ],
    paid: [paid(words)],
    placards: placards(words),
    pinned: comment("p", 2, words, "host"),
    likes: 8_412,
    online: 1_237,
    emotes: [],
  };
}

function person(index: number, words: Words, role: Role = "viewer"): Sender {
  const nick = words.names[index % words.names.length] ?? "";
  return { id: `sample-${index % words.names.length}`, nick, role };
}

function comment(id: string, index: number, words: Words, role: Role = "viewer"): Event {
  return {
    id,
    at: Date.now(),
    source: "room",
    from: person(index, words, role),
    priority: role === "viewer" ? "normal" : "high",
    kind: "comment",
    text: words.lines[index % words.lines.length] ?? "",
  };
}

function joins(words: Words): Event {
  const users = [person(0, words), person(1, words), person(2, words)];
  const what = { kind: "tip", tip: "join", users, more: 4 } as const;
  return { id: "j", at: Date.now(), source: "room", priority: "lowest", ...what };
}

function card(
  id: string,
  index: number,
  words: Words,
  gift: { id: string; name: string; coins: number },
  count: number,
  tier: number,
): Card {
  const whole = { ...gift, icon: `/gifts/${gift.id}.png` };
  return { id, from: person(index, words), gift: whole, count, tier, until: Date.now() + LONG };
}

function paid(words: Words): PaidCard {
  const event = comment("s1", 1, words);
  const amount = { amount: 5_000, currency: "EUR", tier: 3 };
  const since = Date.now();
  return { id: "s1", event: { ...event, paid: amount } as Event, since, until: since + LONG };
}

function placards(words: Words): Placard[] {
  const [first = ""] = words.lines;
  const rows = [0, 1, 2].map((n) => ({
    who: comment("r", n, words).from as Sender,
    coins: 9_999 / (n + 1),
  }));
  return [
    {
      id: "voucher",
      kind: "voucher",
      title: first.slice(0, 80),
      value: "€20 off",
      worth: { kind: "fixed", off: { amount: 2_000, currency: "EUR" } },
      stock: 50,
      left: 37,
    },
    { id: "goal", kind: "goal", title: first.slice(0, 80), unit: "gifts", target: 60, value: 41 },
    { id: "rank", kind: "rank", title: "", places: 3, rows },
  ];
}
