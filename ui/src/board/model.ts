/**
 * The board as a page knows it: what the server said, applied in order. Pure;
 * the same for what happens now and for a lesson that is replayed.
 */
import type {
  BoardEntry,
  ClientFrame,
  HostCommand,
  LiveStroke,
  PageId,
  PageInfo,
  Permit,
  ServerFrame,
  Stroke,
  StrokeId,
} from "../shared/wire";

/** What the board says. */
export type Word = Extract<ServerFrame, { t: "board" }>;
/** What a page asks of it. */
export type Ask = Extract<ClientFrame, { t: "board" }>;
/** What the host or a helper orders of it. */
export type Order = Extract<HostCommand, { do: "board" }>;

/** A page of the board. */
export interface Page {
  readonly id: PageId;
  ground: PageInfo["ground"];
  /** Strokes that are seen, lowest first. */
  strokes: Stroke[];
  /** Strokes that were taken off and may come back, with the entry that did it. */
  hidden: Map<StrokeId, { stroke: Stroke; by: number }>;
  /** All of its strokes are known. */
  whole: boolean;
}

/** What of the picture an entry changed. */
export type Change =
  | { readonly what: "stroke"; readonly stroke: Stroke }
  | { readonly what: "page" }
  /** Strokes came back that a page may not have: ask for them. */
  | { readonly what: "unknown" }
  | { readonly what: "rules" };

export class Model {
  lesson = 0;
  seq = 0;
  current: PageId = 1;
  permit: Permit = { helpers: true, everyone: false, pens: [] };
  onAir = false;
  pages: Page[] = [blank(1)];

  /** The page in front. */
  get page(): Page {
    return this.find(this.current) ?? blank(this.current);
  }

  find(id: PageId): Page | undefined {
    return this.pages.find((page) => page.id === id);
  }

  /** Starts anew from what the server has. Strokes come in pieces. */
  open(word: Extract<Word, { say: "opened" }>): void {
    this.lesson = word.lesson;
    this.seq = word.seq;
    this.current = word.current;
    this.permit = word.permit;
    this.onAir = word.on_air;
    this.pages = word.pages.map(({ id, ground, strokes }) => ({
      ...blank(id),
      ground,
      whole: strokes === 0,
    }));
  }

  /** Takes a piece of a page; returns what is new of it. */
  piece({ page: id, strokes, next }: Extract<Word, { say: "piece" }>): Stroke[] {
    const page = this.find(id);
    if (!page) return [];
    const fresh = strokes.filter((stroke) => put(page, stroke));
    page.whole = next === undefined;
    return fresh;
  }

  apply(entry: BoardEntry, back?: Stroke): Change {
    this.seq = entry.seq;
    switch (entry.kind) {
      case "stroke": {
        const page = this.find(entry.stroke.page);
        // What is not known comes with the pieces of its page.
        if (page) put(page, entry.stroke);
        return { what: "stroke", stroke: entry.stroke };
      }
      case "hide":
        for (const page of this.pages) hide(page, entry.seq, ({ id }) => id === entry.id);
        return { what: "page" };
      case "show":
        for (const page of this.pages) show(page, (_, id) => id === entry.id);
        if (back) {
          const page = this.find(back.page);
          if (page) put(page, back);
        }
        return { what: "page" };
      case "wipe": {
        const page = this.find(entry.page);
        if (page) hide(page, entry.seq, () => true);
        return { what: "page" };
      }
      case "unwipe":
        for (const page of this.pages) show(page, (by) => by === entry.wipe);
        return { what: "unknown" };
      case "page": {
        const at = this.pages.findIndex(({ id }) => id === entry.after);
        const fresh = { ...blank(entry.page), whole: true };
        this.pages.splice(at < 0 ? this.pages.length : at + 1, 0, fresh);
        this.current = entry.page;
        return { what: "page" };
      }
      case "turn":
        if (this.find(entry.page)) this.current = entry.page;
        return { what: "page" };
      case "drop": {
        const at = this.pages.findIndex(({ id }) => id === entry.page);
        if (at < 0 || this.pages.length === 1) return { what: "rules" };
        this.pages.splice(at, 1);
        const before = this.pages[Math.max(0, at - 1)];
        if (this.current === entry.page && before) this.current = before.id;
        return { what: "page" };
      }
      case "ground": {
        const page = this.find(entry.page);
        if (page) page.ground = entry.ground;
        return { what: "page" };
      }
      case "allow":
        this.permit = { ...this.permit, helpers: entry.helpers, everyone: entry.everyone };
        return { what: "rules" };
      case "pen": {
        const others = this.permit.pens.filter(({ user }) => user !== entry.user);
        const pens = entry.on ? [...others, { user: entry.user, nick: entry.nick }] : others;
        this.permit = { ...this.permit, pens };
        return { what: "rules" };
      }
      case "air":
        this.onAir = entry.on;
        return { what: "rules" };
      case "forget":
        for (const page of this.pages) {
          page.strokes = page.strokes.filter(({ by }) => by !== entry.user);
          for (const [id, { stroke }] of page.hidden) {
            if (stroke.by === entry.user) page.hidden.delete(id);
          }
        }
        this.permit = {
          ...this.permit,
          pens: this.permit.pens.filter(({ user }) => user !== entry.user),
        };
        return { what: "page" };
    }
  }
}

/** Strokes under way, by the number they have for everybody. */
export type Lively = Map<number, LiveStroke>;

/** Takes what is told of strokes under way. */
export function follow(lively: Lively, word: Extract<Word, { say: "live" }>): void {
  for (const stroke of word.begun ?? []) lively.set(stroke.live, stroke);
  for (const { live, ink } of word.more ?? []) {
    const known = lively.get(live);
    if (known) lively.set(live, { ...known, ink: known.ink + ink });
  }
  for (const live of word.gone ?? []) lively.delete(live);
}

function blank(id: PageId): Page {
  return { id, ground: { print: "blank" }, strokes: [], hidden: new Map(), whole: false };
}

/** Puts a stroke where its number says; `false` if it was there. */
function put(page: Page, stroke: Stroke): boolean {
  const { strokes } = page;
  let at = strokes.length;
  while (at > 0 && (strokes[at - 1]?.id ?? 0) > stroke.id) at -= 1;
  if (strokes[at - 1]?.id === stroke.id) return false;
  page.hidden.delete(stroke.id);
  strokes.splice(at, 0, stroke);
  return true;
}

function hide(page: Page, by: number, goes: (stroke: Stroke) => boolean): void {
  const gone = page.strokes.filter(goes);
  if (gone.length === 0) return;
  page.strokes = page.strokes.filter((stroke) => !goes(stroke));
  for (const stroke of gone) page.hidden.set(stroke.id, { stroke, by });
}

function show(page: Page, comes: (by: number, id: StrokeId) => boolean): void {
  for (const [id, { stroke, by }] of page.hidden) if (comes(by, id)) put(page, stroke);
}
