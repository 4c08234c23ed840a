/**
 * What the console knows: the feed with its fates, the figures, the pinned item.
 *
 * One reducer over server frames. It reads no clock and touches no page, and
 * it gives back the same object when a frame changed nothing.
 */

import type {
  AirInfo,
  Entry,
  Event,
  EventId,
  Fate,
  Inquiry,
  OrderInfo,
  Placard,
  SaleDesk,
  ServerFrame,
  Stats,
  StreamInfo,
} from "../shared/wire";
import { type Rate, withRate } from "./rates";

/** Most lines kept; the oldest go first. They stay in the server's store. */
export const LINE_LIMIT = 2_000;
/** Most fates kept for entries that have not arrived; the oldest go first. */
export const EARLY_LIMIT = 500;

/** One line of the feed. */
export type Line = EntryLine | SkipLine;

/** An event and what became of it. */
export interface EntryLine {
  readonly kind: "entry";
  /** The event's id. */
  readonly key: EventId;
  readonly entry: Entry;
}

/** Entries the server left out here in a flood; they are counted and stored. */
export interface SkipLine {
  readonly kind: "skip";
  readonly key: string;
  readonly count: number;
}

/** Everything the views draw. */
export interface Desk {
  /** Oldest first, at most {@link LINE_LIMIT}. */
  readonly lines: readonly Line[];
  /** Lines ever added; tells how many are new since some moment. */
  readonly added: number;
  /** Fates that came before their entry, at most {@link EARLY_LIMIT}. */
  readonly early: ReadonlyMap<EventId, Fate>;
  readonly pinned: Event | undefined;
  /** On the picture, in the order they were placed. */
  readonly placards: readonly Placard[];
  /** What viewer pages play; an empty address for nothing. */
  readonly stream: StreamInfo;
  /** The sale; `undefined` until it was told. */
  readonly sale: SaleDesk | undefined;
  /** How the order of the room and of the air stands; `undefined` until it is told. */
  readonly order: OrderInfo | undefined;
  readonly air: AirInfo | undefined;
  /** What viewers ask, oldest first. */
  readonly inquiries: readonly Inquiry[];
  /** `undefined` until the first answer. */
  readonly stats: Stats | undefined;
  readonly minute: readonly Rate[];
}

/** A console that has heard nothing yet. */
export function emptyDesk(): Desk {
  return {
    lines: [],
    added: 0,
    early: new Map(),
    pinned: undefined,
    placards: [],
    stream: { address: "" },
    sale: undefined,
    order: undefined,
    air: undefined,
    inquiries: [],
    stats: undefined,
    minute: [],
  };
}

/** The desk after a frame. */
export function reduce(desk: Desk, frame: ServerFrame): Desk {
  switch (frame.t) {
    case "desk":
      return withStats(
        {
          ...greet(desk, frame.entries),
          pinned: frame.pinned,
          placards: frame.placards,
        },
        frame.stats,
      );
    case "placards":
      return { ...desk, placards: frame.placards };
    case "stream":
      return { ...desk, stream: frame.stream };
    case "sale":
      return frame.news.news === "desk" ? { ...desk, sale: frame.news.desk } : desk;
    case "log":
      return withLog(desk, frame.entries, frame.skipped, frame.fates);
    case "stats":
      return withStats(desk, frame.stats);
    case "order":
      return { ...desk, order: frame.order, air: frame.air };
    case "inquiry":
      return { ...desk, inquiries: inquiriesAfter(desk.inquiries, frame) };
    case "pinned":
      return { ...desk, pinned: frame.event };
    default:
      return desk;
  }
}

/** Inquiries after news of them, oldest first. */
function inquiriesAfter(
  known: readonly Inquiry[],
  { list, gone, whole }: { list: Inquiry[]; gone: number[]; whole: boolean },
): readonly Inquiry[] {
  const all = new Map((whole ? [] : known).map((inquiry) => [inquiry.id, inquiry]));
  for (const inquiry of list) all.set(inquiry.id, inquiry);
  for (const id of gone) all.delete(id);
  return [...all.values()].sort((a, b) => a.id - b.id);
}

/** The entry with this id, if it is still kept. */
export function entryOf(desk: Desk, id: EventId | undefined): Entry | undefined {
  if (id === undefined) return undefined;
  for (let i = desk.lines.length - 1; i >= 0; i--) {
    const line = desk.lines[i];
    if (line?.kind === "entry" && line.key === id) return line.entry;
  }
  return undefined;
}

function withStats(desk: Desk, stats: Stats): Desk {
  return { ...desk, stats, minute: withRate(desk.minute, stats.now, stats.rate) };
}

/** After a reconnect the feed goes on if the two overlap, else it starts anew. */
function greet(desk: Desk, entries: readonly Entry[]): Desk {
  const ids = new Set(entries.map((entry) => entry.event.id));
  const overlap = desk.lines.some((line) => ids.has(line.key));
  return withLog(overlap ? desk : { ...desk, lines: [], early: new Map() }, entries, 0, []);
}

function withLog(
  desk: Desk,
  entries: readonly Entry[],
  skipped: number,
  fates: readonly (readonly [EventId, Fate])[],
): Desk {
  const fresh = new Map(entries.map((entry) => [entry.event.id, entry]));
  const late = new Map(fates);
  const settle = (line: Line): Line => {
    if (line.kind !== "entry") return line;
    const again = fresh.get(line.key);
    const fate = late.get(line.key) ?? again?.fate;
    fresh.delete(line.key);
    late.delete(line.key);
    return fate ? { ...line, entry: settled(line.entry, fate) } : line;
  };
  const lines = fresh.size + late.size > 0 ? desk.lines.map(settle) : [...desk.lines];
  let added = desk.added;
  if (skipped > 0) lines.push({ kind: "skip", key: `skip-${added++}`, count: skipped });
  for (const entry of fresh.values()) {
    const id = entry.event.id;
    const fate = late.get(id) ?? entry.fate ?? desk.early.get(id);
    late.delete(id);
    lines.push({ kind: "entry", key: id, entry: fate ? settled(entry, fate) : entry });
    added++;
  }
  return {
    ...desk,
    lines: lines.slice(-LINE_LIMIT),
    added,
    early: remember(desk.early, late, fresh),
  };
}

/** The entry with its fate. What was removed keeps who and when, and loses its words. */
function settled(entry: Entry, fate: Fate): Entry {
  const { event } = entry;
  if (fate.fate !== "removed" || event.kind !== "comment") return { ...entry, fate };
  return { ...entry, event: { ...event, text: "" }, fate };
}

/** The early fates with `more` added and those that met their entry dropped. */
function remember(
  early: ReadonlyMap<EventId, Fate>,
  more: ReadonlyMap<EventId, Fate>,
  met: ReadonlyMap<EventId, unknown>,
): ReadonlyMap<EventId, Fate> {
  const done = [...met.keys()].some((id) => early.has(id));
  if (more.size === 0 && !done) return early;
  const all = [...early, ...more].filter(([id]) => !met.has(id));
  return new Map(all.slice(-EARLY_LIMIT));
}
