/** What a host fills in for each kind of placard, as data, and the placard it makes. */
import type { Placard } from "../../shared/wire";
import { listed } from "../../shared/words/figures";
import { words } from "./words";

/** A kind of placard. */
export type Kind = Placard["kind"];

/** One field of the form. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly type: "text" | "number" | "lines" | "unit";
  /** What a new one begins with. */
  readonly start: string;
  readonly most?: number;
}

const { kinds, fields, starts } = words;

/** Kinds in the words of the page, and who may put them up. */
export const KINDS: readonly (readonly [Kind, string, "helper" | "host"])[] = [
  ["voucher", kinds.voucher, "host"],
  ["product", kinds.product, "host"],
  ["question", kinds.question, "helper"],
  ["poll", kinds.poll, "host"],
  ["goal", kinds.goal, "host"],
  ["ticker", kinds.ticker, "helper"],
  ["rank", kinds.rank, "host"],
];

const text = (name: string, label: string, most: number, start = ""): Field => {
  return { name, label, type: "text", start, most };
};
const number = (name: string, label: string, most: number, start: string): Field => {
  return { name, label, type: "number", start, most };
};

/** The fields of each kind. */
export const FIELDS: Readonly<Record<Kind, readonly Field[]>> = {
  voucher: [
    text("value", fields.worth, 24, starts.worth),
    text("title", fields.purpose, 80),
    number("stock", fields.stock, 1e9, "50"),
    number("left", fields.left, 1e9, "50"),
    number("minutes", fields.minutes, 1_440, ""),
  ],
  product: [
    text("title", fields.name, 80),
    text("price", fields.price, 24),
    text("picture", fields.picture, 500),
    number("number", fields.number, 9_999, ""),
  ],
  question: [text("text", fields.question, 300)],
  poll: [
    text("question", fields.question, 80),
    { name: "options", label: fields.answers, type: "lines", start: starts.answers },
  ],
  goal: [
    text("title", fields.purpose, 80),
    { name: "unit", label: fields.counts, type: "unit", start: "gifts" },
    number("target", fields.target, 1e9, "100"),
    number("value", fields.value, 1e9, "0"),
  ],
  ticker: [{ name: "lines", label: fields.lines, type: "lines", start: "" }],
  rank: [text("title", fields.heading, 80), number("places", fields.places, 10, "5")],
};

/** What is written in a form. */
export type Values = Readonly<Record<string, string>>;

/** The placard a form makes; `before` is the one it changes. The server checks it. */
export function placardOf(id: string, kind: Kind, values: Values, before?: Placard): Placard {
  const of = (name: string) => (values[name] ?? "").trim();
  const count = (name: string) => Math.max(0, Math.floor(Number(of(name)) || 0));
  const lines = (name: string) =>
    of(name)
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "");
  switch (kind) {
    case "voucher": {
      const minutes = Number(of("minutes"));
      const old = before?.kind === "voucher" ? before.ends_at : undefined;
      const ends = minutes > 0 ? Date.now() + minutes * 60_000 : old;
      const [stock, left] = [count("stock"), count("left")];
      const named = { title: of("title"), value: of("value") };
      return { id, kind, ...named, stock, left, ...(ends ? { ends_at: Math.round(ends) } : {}) };
    }
    case "product": {
      const [picture, number] = [of("picture"), count("number")];
      const named = { title: of("title"), price: of("price") };
      return { id, kind, ...named, ...(picture ? { picture } : {}), ...(number ? { number } : {}) };
    }
    case "question":
      return { id, kind, text: of("text") };
    case "poll": {
      const options = lines("options").map((line) => ({ text: line, votes: 0 }));
      const open = before?.kind === "poll" ? before.open : true;
      return { id, kind, question: of("question"), options, open };
    }
    case "goal": {
      const unit = of("unit") as Extract<Placard, { kind: "goal" }>["unit"];
      const [target, value] = [count("target"), count("value")];
      return { id, kind, title: of("title"), unit, target, value };
    }
    case "ticker":
      return { id, kind, lines: lines("lines") };
    case "rank":
      return { id, kind, title: of("title"), places: count("places"), rows: [] };
  }
}

/** What a form shows of a placard. */
export function valuesOf(placard: Placard): Values {
  const values: Record<string, string> = {};
  for (const { name } of FIELDS[placard.kind]) {
    const value = (placard as unknown as Record<string, unknown>)[name];
    if (typeof value === "string" || typeof value === "number") values[name] = String(value);
  }
  if (placard.kind === "ticker") values.lines = placard.lines.join("\n");
  if (placard.kind === "poll") values.options = placard.options.map((o) => o.text).join("\n");
  return values;
}

/** A placard in a line of words. */
export function summary(placard: Placard): string {
  switch (placard.kind) {
    case "voucher":
      return words.summary.voucher(placard.value, placard.left, placard.stock);
    case "product":
      return `${placard.title} ${placard.price}`.trim();
    case "question":
      return placard.from ? `${placard.from.nick}: ${placard.text}` : placard.text;
    case "poll": {
      const votes = placard.options.reduce((all, option) => all + option.votes, 0);
      return words.summary.poll(placard.question, votes, placard.open);
    }
    case "goal": {
      const { title, value, target, unit } = placard;
      return words.summary.goal(title, value, target, words.units[unit]);
    }
    case "ticker":
      return placard.lines.join(" · ");
    case "rank":
      return listed(placard.rows.map(({ who }) => who.nick)) || words.summary.nobody;
  }
}
