/// <reference lib="es2022.intl" />
/**
 * Composition: where picture, badge, name, words and emotes of a comment
 * stand on its line. Pure but for the ruler it is given; lengths in CSS px.
 */
import type { Fragment } from "../shared/fragments";
import type { Emote } from "../shared/wire";
import { directionOf } from "./direction";
import type { Ink, Line } from "./ink";
import { characters, shortName } from "./letters";

/** How large a piece of text gets in a font. */
export interface Extent {
  readonly width: number;
  /** Above and below the baseline. */
  readonly up: number;
  readonly down: number;
}

export type Ruler = (text: string, font: string) => Extent;

/** Something with its left edge at `x`. */
export type Piece = { readonly x: number; readonly width: number } & (
  | { readonly kind: "text"; readonly text: string; readonly font: string; readonly fill: string }
  | { readonly kind: "emote"; readonly emote: Emote }
  | { readonly kind: "face" }
  | { readonly kind: "badge" }
);

export interface Composition {
  readonly pieces: readonly Piece[];
  readonly width: number;
  readonly direction: "ltr" | "rtl";
  /** Highest text above and below the baseline together. */
  readonly tall: number;
}

/** Without its place yet. */
type Loose = Piece extends infer P ? (P extends Piece ? Omit<P, "x"> : never) : never;

/** Weights of text and name; the name is lighter so that the words lead. */
const WEIGHT = { text: 700, nick: 600 } as const;
/** Share of the text height: space after a name, inside a plate, round an emote. */
const SPACE = { nick: 0.4, plate: 0.5, emote: 0.12, face: 0.3 } as const;
/** Height of an emote, a sender's picture and a badge, share of the text height. */
export const HEIGHT = { emote: 1.15, face: 1.15, badge: 0.8 } as const;
/** An emote gets at most this many times as wide as it is high. */
const WIDEST_EMOTE = 4;

export function fontOf(ink: Ink, weight: keyof typeof WEIGHT, size = ink.size): string {
  return `${WEIGHT[weight]} ${size}px ${ink.family}`;
}

/** Places everything in reading order; text that is too wide ends in "…". */
export function compose(line: Line, ink: Ink, ruler: Ruler): Composition {
  const direction = directionOf(line.text);
  const edge = (line.plate ?? ink.plate) === null ? ink.outline : ink.size * SPACE.plate;
  const head = headOf(line, ink, ruler);
  const used = head.reduce((sum, { piece, space }) => sum + piece.width + space, 0);
  const room = Math.max(ink.size, ink.widest - used - 2 * edge);
  const body = bodyOf(line.parts, ink, room, ruler);
  const order = [...head, ...body.pieces.map((piece) => ({ piece, space: 0 }))];
  if (direction === "rtl") order.reverse();
  let x = edge;
  const pieces = order.map(({ piece, space }) => {
    // The space is on the far side of the piece in reading order.
    const at = direction === "rtl" ? x + space : x;
    x += piece.width + space;
    return { ...piece, x: at };
  });
  return { pieces, width: x + edge, direction, tall: body.tall };
}

/** What stands before the words, each with the space behind it. */
function headOf(line: Line, ink: Ink, ruler: Ruler): { piece: Loose; space: number }[] {
  const { size } = ink;
  const head: { piece: Loose; space: number }[] = [];
  if (ink.avatars && line.nick !== null) {
    head.push({ piece: { kind: "face", width: size * HEIGHT.face }, space: size * SPACE.face });
  }
  if (line.role === "host" || line.role === "helper") {
    head.push({ piece: { kind: "badge", width: size * HEIGHT.badge }, space: size * SPACE.face });
  }
  const before = [
    { text: line.paid, fill: ink.fill },
    { text: ink.names && line.nick !== null ? shortName(line.nick) : null, fill: line.colour },
  ];
  for (const { text, fill } of before) {
    if (text === null) continue;
    const font = fontOf(ink, "nick");
    const { width } = ruler(text, font);
    head.push({ piece: { kind: "text", text, font, fill, width }, space: size * SPACE.nick });
  }
  return head;
}

/** The words and emotes that fit into `room`. */
function bodyOf(
  parts: readonly Fragment[],
  ink: Ink,
  room: number,
  ruler: Ruler,
): { pieces: Loose[]; tall: number } {
  const font = fontOf(ink, "text");
  const end = ruler("…", font).width;
  const pieces: Loose[] = [];
  let [left, tall] = [room, 0];
  for (const [index, part] of parts.entries()) {
    const last = index === parts.length - 1;
    if (part.kind === "emote") {
      const width = emoteWidth(part.emote, ink.size) + 2 * ink.size * SPACE.emote;
      if (width > left - (last ? 0 : end) && pieces.length > 0) {
        pieces.push({ kind: "text", text: "…", font, fill: ink.fill, width: end });
        break;
      }
      pieces.push({ kind: "emote", emote: part.emote, width });
      left -= width;
      continue;
    }
    const text = shorten(part.text, font, left - (last ? 0 : end), ruler);
    const { width, up, down } = ruler(text, font);
    tall = Math.max(tall, up + down);
    pieces.push({ kind: "text", text, font, fill: ink.fill, width });
    left -= width;
    if (text !== part.text) break;
  }
  return { pieces, tall };
}

/** Width of an emote beside text of `size`, without the space round it. */
function emoteWidth({ width, height }: Emote, size: number): number {
  return size * HEIGHT.emote * Math.min(WIDEST_EMOTE, width / height);
}

/** The text, cut between whole characters and ended by "…" if it is wider than `room`. */
function shorten(text: string, font: string, room: number, ruler: Ruler): string {
  if (ruler(text, font).width <= room) return text;
  const parts = characters(text);
  let [fits, not] = [0, parts.length];
  while (not - fits > 1) {
    const middle = (fits + not) >> 1;
    if (ruler(`${parts.slice(0, middle).join("")}…`, font).width <= room) fits = middle;
    else not = middle;
  }
  return `${parts.slice(0, fits).join("").trimEnd()}…`;
}
