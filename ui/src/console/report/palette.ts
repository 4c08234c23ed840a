/** Colours of lines, as the page's style sheet names them; dashes tell them apart without colour. */

/** How a line is drawn. */
export interface Stroke {
  /** Custom property that holds the colour. */
  readonly colour: string;
  /** Lengths of ink and gap, px. */
  readonly dash: readonly number[];
}

const DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 3], [8, 3, 2, 3]];
/** Colours there are. */
const COLOURS = 8;

/** The stroke of the n-th line of a chart. */
export function stroke(n: number): Stroke {
  return {
    colour: `--chart-${(n % COLOURS) + 1}`,
    dash: DASHES[n % DASHES.length] ?? [],
  };
}
