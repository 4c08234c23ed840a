/**
 * The lines of the chat: what is shown, in which order, each once.
 *
 * Knows nothing of the page. Every call returns what changed, so the list
 * touches only those rows. An own line stands here from the moment it is
 * written; it is recognised again by its `cid`, then by its id. The gifts of a
 * combo are parts of one line. At most `limit` lines; the oldest goes first.
 */
import type { Body, Event, EventId, Gift, Millis, Position, Sender, UserId } from "../shared/wire";
import { COMBO_LINES, isRepeat, type Part, sum } from "./gift-line";
import { fold, isShown } from "./tips";

export interface Line {
  /** Stays the same for as long as the line is there. */
  readonly key: number;
  /** `gap`: messages before this one could not be had back. */
  readonly kind: "event" | "gap";
  /** Of a combo: its newest gift, with the count of all. */
  event: Event;
  readonly mine: boolean;
  /** `pending` until the room has answered; `failed` when it said no. */
  state: Part["state"];
}

/** A line and what it was made of, oldest first. */
interface Kept extends Line {
  readonly parts: [Part, ...Part[]];
}

/** `said`: what is new, the line's event or the gift that its combo grew by. */
export type Change = { do: "add" | "change" | "drop"; line: Line; said?: Event };

/** What a member can write. */
export type Spoken =
  | { kind: "comment"; text: string }
  | { kind: "gift"; gift: Gift; count: number };

interface Joined {
  position: Position;
  resumed: boolean;
  history: Event[];
}

/** The room knows a `cid` again for 5 minutes; older lines are not sent twice. */
const RESEND_WITHIN = 4 * 60_000;

export class Messages {
  /** Last message seen; what `join` resumes from. */
  position: Position | undefined;
  /** Whose lines are one's own. */
  me: UserId | undefined;
  #lines: Kept[] = [];
  #byId = new Map<EventId, Kept>();
  /** Own lines with a part that has no answer, by its `cid`, oldest first. */
  #waiting = new Map<number, Kept>();
  #changes: Change[] = [];
  #keys = 0;
  #cid: number;

  /** `firstCid` is random in use, so that two pages of one person never share a number. */
  constructor(
    readonly limit = 300,
    firstCid = Math.floor(Math.random() * 2 ** 31),
  ) {
    this.#cid = firstCid;
  }

  get lines(): readonly Line[] {
    return this.#lines;
  }

  /** In the room, for the first time or again. */
  joined({ position, resumed, history }: Joined): Change[] {
    if (!resumed && this.#lines.length > 0) this.#reconcile(history);
    for (const event of history) this.#take(event);
    this.position = position;
    return this.#done();
  }

  /** Delivered messages, or `undefined` if some before them are missing: join again. */
  batch(position: Position, events: readonly Event[]): Change[] | undefined {
    const seen = this.position;
    const first = position.seq - events.length + 1;
    if (!seen || seen.epoch !== position.epoch || first > seen.seq + 1) return undefined;
    for (const event of events.slice(Math.max(0, seen.seq + 1 - first))) this.#take(event);
    if (position.seq > seen.seq) this.position = position;
    return this.#done();
  }

  /** An own line, shown before the room has it. `body` goes to the room under `cid`. */
  say(from: Sender, at: Millis, spoken: Spoken): { cid: number; body: Body; changes: Change[] } {
    const cid = this.nextCid();
    const event: Event = { id: "", at, source: "room", from, cid, priority: "normal", ...spoken };
    this.#waiting.set(cid, this.#put({ event, at, state: "pending" }, true));
    return { cid, body: bodyOf(spoken), changes: this.#done() };
  }

  /** A number that no message of this page has. */
  nextCid(): number {
    this.#cid = (this.#cid + 1) % 2 ** 32;
    return this.#cid;
  }

  /** The room took the line. */
  ack(cid: number, id: EventId): Change[] {
    const line = this.#waiting.get(cid);
    if (!line) return [];
    this.#waiting.delete(cid);
    const part = partOf(line, { cid });
    if (this.#byId.has(id)) this.#dropPart(line, part);
    else this.#settle(line, part, { ...part.event, id });
    return this.#done();
  }

  /** The room refused the line; `false` if no line has this number. */
  refuse(cid: number): Change[] | false {
    const line = this.#waiting.get(cid);
    if (!line) return false;
    this.#waiting.delete(cid);
    this.#fail(line, partOf(line, { cid }));
    return this.#done();
  }

  /** Own lines still without an answer, to send (again); those too old for that fail. */
  unanswered(now: Millis): { sends: { cid: number; body: Body }[]; changes: Change[] } {
    for (const [cid, line] of this.#waiting) {
      const part = partOf(line, { cid });
      if (now - part.at < RESEND_WITHIN) continue;
      this.#waiting.delete(cid);
      this.#fail(line, part);
    }
    const sends = [...this.#waiting].flatMap(([cid, line]) => {
      const { event } = partOf(line, { cid });
      return event.kind === "comment" || event.kind === "gift"
        ? [{ cid, body: bodyOf(event) }]
        : [];
    });
    return { sends, changes: this.#done() };
  }

  /** Takes one line off, e.g. a failed one that is written anew. */
  drop(line: Line): Change[] {
    this.#drop(line);
    return this.#done();
  }

  /** The room took these off. */
  remove(ids: readonly EventId[]): Change[] {
    for (const id of ids) {
      const line = this.#byId.get(id);
      if (line) this.#dropPart(line, partOf(line, { id }));
    }
    return this.#done();
  }

  #take(event: Event): void {
    if (!isShown(event)) return;
    const known = this.#byId.get(event.id) ?? this.#own(event);
    if (known) {
      this.#settle(known, partOf(known, event), event);
      return;
    }
    const last = this.#lines[this.#lines.length - 1];
    const folded = last?.kind === "event" && fold(last.event, event);
    if (last && folded) {
      this.#byId.delete(last.event.id);
      this.#byId.set(event.id, last);
      last.parts[0].event = folded;
      this.#redraw(last);
      return;
    }
    const mine = this.me !== undefined && event.from?.id === this.me;
    this.#byId.set(event.id, this.#put({ event, at: event.at, state: "sent" }, mine));
  }

  /** Makes a line of it, or lets a combo's line grow. */
  #put(part: Part, mine: boolean): Kept {
    const { event } = part;
    const combo = this.#lines
      .slice(-COMBO_LINES)
      .reverse()
      .find(({ kind, parts }) => kind === "event" && isRepeat(parts, event, part.at));
    if (!combo) return this.#add("event", part, mine);
    combo.parts.push(part);
    this.#redraw(combo, event);
    return combo;
  }

  #own(event: Event): Kept | undefined {
    if (event.cid === undefined || event.from?.id !== this.me) return undefined;
    return this.#waiting.get(event.cid);
  }

  /** The part is this event, for sure. */
  #settle(line: Kept, part: Part, event: Event): void {
    const before = part.event;
    if (event.cid !== undefined) this.#waiting.delete(event.cid);
    part.event = event;
    part.state = "sent";
    this.#byId.delete(before.id);
    this.#byId.set(event.id, line);
    this.#redraw(line);
    if (before.kind === "gift" && event.kind === "gift") {
      this.#swallow(line, part, event.count - before.count);
    }
  }

  /** A busy room folds one's later gifts into the first: their own would count twice. */
  #swallow(into: Kept, first: Part, more: number): void {
    let rest = more;
    const later = this.#lines
      .slice(this.#lines.indexOf(into))
      .flatMap((line) => line.parts.map((part) => ({ line, part })));
    for (const { line, part } of later.slice(into.parts.indexOf(first) + 1)) {
      if (rest <= 0) return;
      const { event } = part;
      if (!line.mine || event.kind !== "gift" || first.event.kind !== "gift") continue;
      if (event.gift.id !== first.event.gift.id || event.count > rest) continue;
      rest -= event.count;
      this.#dropPart(line, part);
    }
  }

  /** A history that may not follow on: what it no longer has is gone, what is between is lost. */
  #reconcile(history: readonly Event[]): void {
    const [first] = history;
    if (!first) return;
    const ids = new Set(history.map((event) => event.id));
    // Tips are in no history, so their absence says nothing.
    const stale = ({ state, event }: Part) =>
      state === "sent" && event.from && event.at >= first.at && !ids.has(event.id);
    for (const line of [...this.#lines]) {
      for (const part of line.parts.filter(stale)) this.#dropPart(line, part);
    }
    if (this.#lines.length > 0 && !history.some((event) => this.#byId.has(event.id))) {
      this.#add("gap", { event: first, at: first.at, state: "sent" }, false);
    }
  }

  #add(kind: Line["kind"], part: Part, mine: boolean): Kept {
    this.#keys += 1;
    const { event, state } = part;
    const line: Kept = { key: this.#keys, kind, event, mine, state, parts: [part] };
    this.#lines.push(line);
    this.#changes.push({ do: "add", line, said: event });
    return line;
  }

  /** What is shown follows from the parts. */
  #redraw(line: Kept, said?: Event): void {
    line.event = sum(line.parts);
    line.state = line.parts.find(({ state }) => state !== "sent")?.state ?? "sent";
    this.#changes.push({ do: "change", line, ...(said && { said }) });
  }

  /** A refused gift of a combo leaves it for a line of its own, to be tried again. */
  #fail(line: Kept, part: Part): void {
    part.state = "failed";
    if (line.parts.length === 1) {
      this.#redraw(line);
      return;
    }
    this.#dropPart(line, part);
    this.#add("event", part, line.mine);
  }

  /** Takes one part off, and the line with its last. */
  #dropPart(line: Kept, part: Part): void {
    if (line.parts.length === 1) {
      this.#drop(line);
      return;
    }
    line.parts.splice(line.parts.indexOf(part), 1);
    this.#forgetPart(line, part);
    this.#redraw(line);
  }

  #drop(line: Line): void {
    const at = this.#lines.findIndex(({ key }) => key === line.key);
    for (const gone of at < 0 ? [] : this.#lines.splice(at, 1)) this.#forget(gone);
  }

  #forget(line: Kept): void {
    for (const part of line.parts) this.#forgetPart(line, part);
    this.#changes.push({ do: "drop", line });
  }

  #forgetPart(line: Kept, { event: { id, cid } }: Part): void {
    if (this.#byId.get(id) === line) this.#byId.delete(id);
    if (cid !== undefined && this.#waiting.get(cid) === line) this.#waiting.delete(cid);
  }

  /** Keeps the bound and hands out the changes, less those that undo each other. */
  #done(): Change[] {
    const over = this.#lines.splice(0, Math.max(0, this.#lines.length - this.limit));
    for (const line of over) this.#forget(line);
    const changes = this.#changes;
    this.#changes = [];
    const added = new Set(changes.filter((c) => c.do === "add").map((c) => c.line));
    const brief = new Set(
      changes.filter((c) => c.do === "drop" && added.has(c.line)).map((c) => c.line),
    );
    return brief.size > 0 ? changes.filter(({ line }) => !brief.has(line)) : changes;
  }
}

/** The part of this id or, before it has one, of this `cid`. */
function partOf({ parts }: Kept, { id, cid }: { id?: EventId; cid?: number }): Part {
  const known = id === undefined ? undefined : parts.find(({ event }) => event.id === id);
  const own = cid === undefined ? undefined : parts.find(({ event }) => event.cid === cid);
  return known ?? own ?? parts[0];
}

function bodyOf(spoken: Spoken): Body {
  if (spoken.kind === "comment") return { kind: "comment", text: spoken.text };
  return { kind: "gift", gift: spoken.gift.id, count: spoken.count };
}
