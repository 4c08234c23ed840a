/** What a host fills in for each kind of placard, as data, and the placard it makes. */
import type { Placard } from "../../shared/wire";

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

/** Kinds in the words of the page, and who may put them up. */
export const KINDS: readonly (readonly [Kind, string, "helper" | "host"])[] = [
  ["voucher", "Voucher", "host"],
  ["product", "Product", "host"],
  ["question", "Question", "helper"],
  ["poll", "Poll", "host"],
  ["goal", "Goal", "host"],
  ["ticker", "Ticker", "helper"],
  ["rank", "Top gifters", "host"],
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
    text("value", "Worth", 24, "€5 off"),
    text("title", "For", 80),
    number("stock", "Stock", 1e9, "50"),
    number("left", "Left", 1e9, "50"),
    number("minutes", "Minutes", 1_440, ""),
  ],
  product: [
    text("title", "Name", 80),
    text("price", "Price", 24),
    text("picture", "Picture address", 500),
    number("number", "Number", 9_999, ""),
  ],
  question: [text("text", "Question", 300)],
  poll: [
    text("question", "Question", 80),
    { name: "options", label: "Answers, one a line", type: "lines", start: "Yes\nNo" },
  ],
  goal: [
    text("title", "For", 80),
    { name: "unit", label: "Counts", type: "unit", start: "gifts" },
    number("target", "Target", 1e9, "100"),
    number("value", "Begins at", 1e9, "0"),
  ],
  ticker: [{ name: "lines", label: "Announcements, one a line", type: "lines", start: "" }],
  rank: [text("title", "Heading", 80), number("places", "Rows", 10, "5")],
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
      return `${placard.value}, ${placard.left} of ${placard.stock} left`;
    case "product":
      return `${placard.title} ${placard.price}`.trim();
    case "question":
      return placard.from ? `${placard.from.nick}: ${placard.text}` : placard.text;
    case "poll": {
      const votes = placard.options.reduce((all, option) => all + option.votes, 0);
      return `${placard.question} (${votes} votes${placard.open ? "" : ", closed"})`;
    }
    case "goal":
      return `${placard.title}, ${placard.value} of ${placard.target} ${placard.unit}`;
    case "ticker":
      return placard.lines.join(" · ");
    case "rank":
      return placard.rows.map(({ who }) => who.nick).join(", ") || "nobody yet";
  }
}
