/**
 * Reads a board: opens it, asks for the strokes of the page in front piece by
 * piece, and keeps a surface showing it. The line is the caller's.
 */
import type { RoomId } from "../shared/wire";
import { unpack } from "./ink";
import { type Ask, follow, type Lively, Model, type Word } from "./model";
import { type Moving, Surface } from "./surface";

/** What else a page wants to know. */
export interface ReaderEvents {
  /** The board changed in a way its tools show: pages, rules, air. */
  changed?: (model: Model) => void;
  /** A word that is for the one who draws. */
  word?: (word: Word) => void;
}

export class Reader {
  readonly model = new Model();
  readonly surface = new Surface();
  /** Strokes of this very page, drawn before the server tells of them. */
  readonly own = new Map<number, Moving>();
  /** Their numbers for everybody: not drawn twice. */
  readonly mine = new Map<number, number>();
  readonly #send: (ask: Ask) => boolean;
  readonly #events: ReaderEvents;
  readonly #lively: Lively = new Map();
  #asked: number | undefined;
  #brief = false;

  constructor(send: (ask: Ask) => boolean, events: ReaderEvents = {}) {
    this.#send = send;
    this.#events = events;
  }

  /** The line is open, for the first time or again; `brief` asks for rules without ink. */
  open(room?: RoomId, brief = false): void {
    this.#asked = undefined;
    this.#brief = brief;
    this.#send({ t: "board", ask: "open", brief, ...(room === undefined ? {} : { room }) });
  }

  hear(word: Word): void {
    switch (word.say) {
      case "opened":
        this.model.open(word);
        this.#lively.clear();
        for (const stroke of word.live) this.#lively.set(stroke.live, stroke);
        this.#front();
        break;
      case "piece":
        this.#piece(word);
        return;
      case "entry":
        this.#entry(word);
        break;
      case "live":
        follow(this.#lively, word);
        if (word.lasers) this.surface.lasers.show(word.lasers);
        break;
      case "begun":
        this.mine.set(word.live, word.n);
        break;
    }
    this.moved();
    this.#events.word?.(word);
    if (word.say === "entry" || word.say === "opened") this.#events.changed?.(this.model);
  }

  /** Draws what is under way, of others and of one's own. */
  moved(): void {
    this.surface.move(() => {
      const moving = new Map<number, Moving>();
      for (const [live, stroke] of this.#lively) {
        if (!this.mine.has(live)) moving.set(live, { brush: stroke, points: unpack(stroke.ink) });
      }
      for (const [n, stroke] of this.own) moving.set(-n, stroke);
      return moving;
    });
  }

  #entry({ entry, live, back }: Extract<Word, { say: "entry" }>): void {
    if (live !== undefined) {
      this.#lively.delete(live);
      const n = this.mine.get(live);
      if (n !== undefined) this.own.delete(n);
      this.mine.delete(live);
    }
    const before = this.model.current;
    const change = this.model.apply(entry, back);
    if (change.what === "stroke") {
      const { page } = this.model;
      if (change.stroke.page === page.id) this.surface.add(page, [change.stroke]);
    } else if (change.what === "unknown") {
      for (const page of this.model.pages) page.whole = false;
      this.#front();
    } else if (change.what === "page" || before !== this.model.current) this.#front();
  }

  /** Shows the page in front, and asks for what is missing of it. */
  #front(): void {
    const { page } = this.model;
    this.surface.show(page);
    if (this.#brief || page.whole || this.#asked === page.id) return;
    this.#asked = page.id;
    this.#send({ t: "board", ask: "more", page: page.id, after: 0 });
  }

  #piece(word: Extract<Word, { say: "piece" }>): void {
    // First, so that the next piece is on its way while this one is drawn. Also
    // of a page that is not in front any more: it will be again.
    if (word.next !== undefined) {
      this.#send({ t: "board", ask: "more", page: word.page, after: word.next });
    } else if (this.#asked === word.page) this.#asked = undefined;
    const fresh = this.model.piece(word);
    const { page } = this.model;
    if (word.page === page.id && fresh.length > 0) this.surface.add(page, fresh);
    if (word.next === undefined) this.#events.changed?.(this.model);
  }
}
