/** What is drawn of a comment and how: plain data between the stage and who paints. */
import type { Fragment } from "../shared/fragments";
import type { Emote, Role } from "../shared/wire";

/** A comment as it is read. */
export interface Line {
  readonly text: string;
  /** The text, cut where emotes stand in it. */
  readonly parts: readonly Fragment[];
  /** Whose it is; `null` for nobody's. */
  readonly nick: string | null;
  /** Colour of the name. */
  readonly colour: string;
  /** Path of the sender's picture; `null` draws the first letter. */
  readonly avatar: string | null;
  /** The host and helpers have a badge. */
  readonly role: Role;
  /** Colour of the plate behind it; `null` for none. */
  readonly plate: string | null;
  /** What was paid for it, as it is written; `null` for nothing. */
  readonly paid: string | null;
}

/** How it is drawn; lengths in CSS px. */
export interface Ink {
  readonly family: string;
  /** Text height. */
  readonly size: number;
  readonly outline: number;
  /** Draw the name before the text. */
  readonly names: boolean;
  /** Draw the sender's picture before the text. */
  readonly avatars: boolean;
  readonly fill: string;
  readonly stroke: string;
  /** Colour of a plate behind comments that have none of their own; `null` for none. */
  readonly plate: string | null;
  /** Colour of the count of equal lines. */
  readonly count: string;
  /** How round a plate's ends are: 0 square, 1 half a circle. */
  readonly round: number;
  /** Widest a comment may get; longer ones end in an ellipsis. */
  readonly widest: number;
}

/** A picture drawn over a sprite in every frame: it moves, or was not there when the sprite was made. */
export interface Inset {
  /** An emote, or the address of a sender's picture. */
  readonly picture: Emote | string;
  /** From the sprite's box, CSS px. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How far the pixels of a comment reach beyond its box: its soft shadow, CSS px. */
export function padOf({ size }: Ink): number {
  return Math.ceil(size * 0.18) + 1;
}

/** A drawn comment. Its box is `width` × the lane; the pixels reach `pad` further. */
export interface Sprite {
  readonly canvas: HTMLCanvasElement;
  readonly pad: number;
  readonly insets: readonly Inset[];
}

/** What draws comments; a test has its own. */
export interface Painter {
  /** Width of the box, CSS px. */
  measure(line: Line, ink: Ink): number;
  /** Room a count takes behind a comment, CSS px. */
  countRoom(ink: Ink): number;
  /** Draws it in a lane of `height` CSS px at `ratio` device px a CSS px. */
  paint(line: Line, ink: Ink, height: number, ratio: number): Sprite;
  /** Draws the count `×n`, its box as high as the lane. */
  count(n: number, ink: Ink, height: number, ratio: number): Sprite;
  release(sprite: Sprite): void;
}
