/**
 * The lines of the chat: what is shown, in which order, each once.
 *
 * Knows nothing of the page. Every call returns what changed, so the list
 * touches only those rows. An own line stands here from the moment it is
 * written; it is recognised again by its `cid`, then by its id. At most
 * `limit` lines; the oldest goes first.
 */
import type { Body, Event, EventId, Gift, Millis, Position, Sender, UserId } from "../shared/wire";
import { fold, isShown } from "./tips";

export interface Line {
  /** Stays the same for as long as the line is there. */
  readonly key: number;
  /** `gap`: messages before this one could not be had back. */
  readonly kind: "event" | "gap";
  event: Event;
  readonly mine: boolean;
  /** `pending` until the room has answered; `failed` when it said no. */
  state: "sent" | "pending" | "failed";
}

export type Change = { do: "add" | "change" | "drop"; line: Line };

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
  #lines: Line[] = [];
  #byId = new Map<EventId, Line>();
  /** Own lines without an answer, by `cid`, oldest first. */
  #waiting = new Map<number, Line>();
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
    this.#waiting.set(cid, this.#add({ kind: "event", event, mine: true, state: "pending" }));
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
    if (this.#byId.has(id)) this.#drop(line);
    else this.#settle(line, { ...line.event, id });
    return this.#done();
  }

  /** The room refused the line; `false` if no line has this number. */
  refuse(cid: number): Change[] | false {
    const line = this.#waiting.get(cid);
    if (!line) return false;
    this.#waiting.delete(cid);
    this.#fail(line);
    return this.#done();
  }

  /** Own lines still without an answer, to send (again); those too old for that fail. */
  unanswered(now: Millis): { sends: { cid: number; body: Body }[]; changes: Change[] } {
    for (const [cid, line] of this.#waiting) {
      if (now - line.event.at < RESEND_WITHIN) continue;
      this.#waiting.delete(cid);
      this.#fail(line);
    }
    const sends = [...this.#waiting].flatMap(([cid, { event }]) =>
      event.kind === "comment" || event.kind === "gift" ? [{ cid, body: bodyOf(event) }] : [],
    );
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
      if (line) this.#drop(line);
    }
    return this.#done();
  }

  #take(event: Event): void {
    if (!isShown(event)) return;
    const known = this.#byId.get(event.id) ?? this.#own(event);
    if (known) {
      this.#settle(known, event);
      return;
    }
    const last = this.#lines[this.#lines.length - 1];
    const folded = last?.kind === "event" && fold(last.event, event);
    if (last && folded) {
      this.#byId.delete(last.event.id);
      this.#byId.set(event.id, last);
      last.event = folded;
      this.#changes.push({ do: "change", line: last });
      return;
    }
    const mine = this.me !== undefined && event.from?.id === this.me;
    this.#byId.set(event.id, this.#add({ kind: "event", event, mine, state: "sent" }));
  }

  #own(event: Event): Line | undefined {
    if (event.cid === undefined || event.from?.id !== this.me) return undefined;
    return this.#waiting.get(event.cid);
  }

  /** The line is this event, for sure. */
  #settle(line: Line, event: Event): void {
    const before = line.event;
    if (event.cid !== undefined) this.#waiting.delete(event.cid);
    line.event = event;
    line.state = "sent";
    this.#byId.delete(before.id);
    this.#byId.set(event.id, line);
    this.#changes.push({ do: "change", line });
    if (before.kind === "gift" && event.kind === "gift") {
      this.#swallow(line, event.count - before.count);
    }
  }

  /** A busy room folds one's later gifts into the first: their own lines would count twice. */
  #swallow(into: Line, more: number): void {
    let rest = more;
    for (const line of this.#lines.slice(this.#lines.indexOf(into) + 1)) {
      if (rest <= 0) return;
      const { event } = line;
      if (!line.mine || event.kind !== "gift" || into.event.kind !== "gift") continue;
      if (event.gift.id !== into.event.gift.id || event.count > rest) continue;
      rest -= event.count;
      this.#drop(line);
    }
  }

  /** A history that may not follow on: what it no longer has is gone, what is between is lost. */
  #reconcile(history: readonly Event[]): void {
    const [first] = history;
    if (!first) return;
    const ids = new Set(history.map((event) => event.id));
    // Tips are in no history, so their absence says nothing.
    const stale = this.#lines.filter(
      ({ state, event }) =>
        state === "sent" && event.from && event.at >= first.at && !ids.has(event.id),
    );
    for (const line of stale) this.#drop(line);
    if (this.#lines.length > 0 && !history.some((event) => this.#byId.has(event.id))) {
      this.#add({ kind: "gap", event: first, mine: false, state: "sent" });
    }
  }

  #add(line: Omit<Line, "key">): Line {
    this.#keys += 1;
    const added = { ...line, key: this.#keys };
    this.#lines.push(added);
    this.#changes.push({ do: "add", line: added });
    return added;
  }

  #fail(line: Line): void {
    line.state = "failed";
    this.#changes.push({ do: "change", line });
  }

  #drop(line: Line): void {
    const at = this.#lines.indexOf(line);
    if (at < 0) return;
    this.#lines.splice(at, 1);
    this.#forget(line);
  }

  #forget(line: Line): void {
    if (this.#byId.get(line.event.id) === line) this.#byId.delete(line.event.id);
    if (line.event.cid !== undefined && this.#waiting.get(line.event.cid) === line) {
      this.#waiting.delete(line.event.cid);
    }
    this.#changes.push({ do: "drop", line });
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

function bodyOf(spoken: Spoken): Body {
  if (spoken.kind === "comment") return { kind: "comment", text: spoken.text };
  return { kind: "gift", gift: spoken.gift.id, count: spoken.count };
}
