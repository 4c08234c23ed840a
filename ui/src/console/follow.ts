import { words } from "./words/feed";

/**
 * Whether the feed follows its newest line.
 *
 * It stops when the host scrolls up, stands on a line with the keyboard, or
 * rests the pointer on the feed, so that a button never moves away under it.
 */
export interface Follow {
  /** The view is not at the bottom. */
  readonly scrolled: boolean;
  /** A line is picked with the keyboard or a tap. */
  readonly picked: boolean;
  /** The pointer moved over the feed a moment ago or is on a button. */
  readonly pointer: boolean;
  /** Lines ever added when it stopped; `undefined` while it follows. */
  readonly since: number | undefined;
}

/** A feed that follows. */
export const FOLLOWING: Follow = {
  scrolled: false,
  picked: false,
  pointer: false,
  since: undefined,
};

/** The feed after a change of one of the reasons to stop. `added` is lines ever added. */
export function hold(
  follow: Follow,
  change: Partial<Omit<Follow, "since">>,
  added: number,
): Follow {
  const next = { ...follow, ...change };
  const stopped = next.scrolled || next.picked || next.pointer;
  return { ...next, since: stopped ? (follow.since ?? added) : undefined };
}

/** Words for the chip; `undefined` while there is nothing to say. */
export function chip(follow: Follow, added: number): string | undefined {
  if (follow.since === undefined) return undefined;
  const news = added - follow.since;
  if (news === 0 && !follow.scrolled) return undefined;
  return news === 0 ? words.toNewest : words.fresh(news);
}
