// What a page may grow by before it is a leak.
//
// A virtual hour shows 28,800 comments and 600 cards; a real minute shows 720 comments at most.

/**
 * A virtual hour, derived from what a leak would be and not from a run. Heap: half the smallest object V8 has (16 B) for
 * every comment. Blink heap: a sixth of a DOM node (100 B) for each. Own memory: 50 MB in 12 hours; a comment's shaped
 * text is 5 KB, 140 MB an hour. Counts: one in 200 cards loses one.
 */
const HOUR = { heap: 225, engine: 500, own: 4_000, nodes: 3, elements: 3, listeners: 3, timers: 3 };
/** When sampled nothing is on the picture but at most one effect that is late. */
const AN_EMPTY_PAGE = { nodes: 500, elements: 150, listeners: 50, timers: 25 };
/** Chromium keeps decoded pictures in shared memory that it may purge: 512 MB at most, and what is being drawn. */
const PURGEABLE = { shared: 576 * 1024 };
/** What of it may be left when it was told to purge, KB. */
export const UNPURGEABLE = 64 * 1024;

/** The page's code is compiled and its caches are full after this many virtual hours; the heaps say nothing in shorter runs. */
const WARM_H = 1;
/** The same of the allocators' caches, and the renderer's own memory. */
const FULL_H = 3;
/** So many hours make the errors of all slopes smaller than the bounds; shorter runs cannot show that a row is flat. */
const STRICT_H = 10;

export function hourBounds(hours) {
  const { own, heap, engine, ...counts } = HOUR;
  const rises = { ...(hours >= WARM_H ? { heap, engine } : {}), ...(hours >= FULL_H ? { own } : {}), ...counts };
  return { rises, most: { ...AN_EMPTY_PAGE, ...PURGEABLE }, strict: hours >= STRICT_H };
}

/**
 * A real minute: what 20 of them can tell. Effects move the heap by 10 MB, a full picture its nodes by hundreds, so these
 * are a little above the errors that a first run of 20 minutes had; a third of a leak that is sure to be caught.
 */
const MINUTE = { heap: 500, engine: 500, nodes: 30, elements: 10, listeners: 5, timers: 5 };
const FULL_MINUTE = { own: 2_000, server: 500 };
const FULL_MIN = 15;
/** A full picture while the machine stalls: what should leave waits, at most ten times what is there otherwise. */
const A_FULL_PAGE = { nodes: 4_000, elements: 1_000, listeners: 400, timers: 200 };

export function minuteBounds(minutes) {
  return { rises: { ...MINUTE, ...(minutes >= FULL_MIN ? FULL_MINUTE : {}) }, most: { ...A_FULL_PAGE, ...PURGEABLE }, strict: false };
}
