/** Colours of lines, as the page's style sheet names them; dashes tell them apart without colour. */

/** How a line is drawn. */
export interface Stroke {
  /** Custom property that holds the colour. */
  readonly colour: string;
  /** Lengths of ink and gap, px; none for a solid line. */
  readonly dash: readonly number[];
}

const DASHES = { solid: [], dashed: [7, 4], dotted: [2, 3] } as const;
const STYLES = ["solid", "dashed", "dotted"] as const;
/** Colours there are. */
const COLOURS = 8;

/** A stroke of a colour, 1 to 8. */
export function stroke(colour: number, style: keyof typeof DASHES = "solid"): Stroke {
  return { colour: `--chart-${colour}`, dash: DASHES[style] };
}

/** The stroke of the n-th of many lines, from 0. */
export function strokeOf(n: number): Stroke {
  return stroke((n % COLOURS) + 1, STYLES[n % STYLES.length]);
}
