/**
 * The drawing hand: from the pointer to strokes that are sent while they grow.
 * A palm is no pen: once a pen was seen, fingers draw no more.
 */
import type { Brush, Tool } from "../shared/wire";
import { HEIGHT, POINTS, type Point, PRESSURE, pack, quantise, WIDTH } from "./ink";
import type { Ask } from "./model";
import type { Reader } from "./reader";

/** More points of a stroke go out at least this far apart, ms. */
const SEND_EVERY = 14;
/** A finger's touch is at most this wide, px; a palm's is wider. */
const FINGER = 60;

/** What the hand holds. */
export interface Held {
  readonly tool: Tool | "laser";
  readonly colour: number;
  readonly width: number;
}

export interface HandEvents {
  /** What is held now; `null` while one may not draw. */
  held: () => Held | null;
  /** A text begins there. */
  text: (x: number, y: number) => void;
  /** The line is cut: nothing was drawn. */
  offline: () => void;
}

interface Stroke {
  readonly n: number;
  readonly brush: Brush;
  readonly points: Point[];
  /** How many of them went out. */
  sent: number;
}

export class Hand {
  readonly #reader: Reader;
  readonly #send: (ask: Ask) => boolean;
  readonly #events: HandEvents;
  readonly #strokes = new Map<number, Stroke>();
  readonly #away = new AbortController();
  #n = Math.floor(Math.random() * 2 ** 30);
  #pen = false;
  #sentAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #laserAt = 0;

  constructor(reader: Reader, send: (ask: Ask) => boolean, events: HandEvents) {
    this.#reader = reader;
    this.#send = send;
    this.#events = events;
    const { sheet } = reader.surface;
    const { signal } = this.#away;
    sheet.addEventListener("pointerdown", (event) => this.#down(event), { signal });
    // As it happens, where a browser tells; a move waits for the next frame of the screen.
    const moves = "onpointerrawupdate" in sheet ? "pointerrawupdate" : "pointermove";
    sheet.addEventListener(moves, (event) => this.#move(event as PointerEvent), { signal });
    for (const type of ["pointerup", "pointercancel"] as const) {
      sheet.addEventListener(type, (event) => this.#up(event, type === "pointercancel"), {
        signal,
      });
    }
    sheet.addEventListener("touchstart", (event) => event.preventDefault(), {
      signal,
      passive: false,
    });
  }

  /** A number of this page's own. */
  next(): number {
    this.#n = (this.#n + 1) % 2 ** 31;
    return this.#n;
  }

  /** Puts words on the page. */
  write(x: number, y: number, held: Held, text: string): void {
    const n = this.next();
    const page = this.#reader.model.current;
    const brush: Brush = { page, tool: "text", colour: held.colour, width: held.width, text };
    const ink = pack([quantise(x, y, 0)]);
    if (!this.#send({ t: "board", ask: "begin", n, brush, ink })) this.#events.offline();
    else this.#send({ t: "board", ask: "end", n, ink: "" });
  }

  /** The server did not take a stroke. */
  refused(n: number): void {
    for (const [pointer, stroke] of this.#strokes) {
      if (stroke.n === n) this.#strokes.delete(pointer);
    }
    this.#reader.own.delete(n);
    this.#reader.moved();
  }

  /** The line was cut: what was under way never was. */
  lost(): void {
    this.#strokes.clear();
    this.#reader.own.clear();
    this.#reader.mine.clear();
    this.#reader.moved();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#away.abort();
  }

  #down(event: PointerEvent): void {
    const held = this.#events.held();
    if (!held || event.button !== 0) return;
    if (event.pointerType === "pen") this.#pen = true;
    if (event.pointerType === "touch" && (this.#pen || event.width > FINGER)) return;
    event.preventDefault();
    const [x, y, pressure] = this.#at(event);
    if (held.tool === "text") {
      this.#events.text(x, y);
      return;
    }
    this.#reader.surface.sheet.setPointerCapture(event.pointerId);
    if (held.tool === "laser") {
      this.#point(x, y);
      return;
    }
    this.#begin(event.pointerId, { ...held, tool: held.tool }, [x, y, pressure]);
  }

  #begin(pointer: number, held: { tool: Tool; colour: number; width: number }, at: Point): void {
    const n = this.next();
    const { tool, colour, width } = held;
    const brush: Brush = { page: this.#reader.model.current, tool, colour, width };
    if (!this.#send({ t: "board", ask: "begin", n, brush, ink: pack([at]) })) {
      this.#events.offline();
      return;
    }
    const stroke = { n, brush, points: [at], sent: 1 };
    this.#strokes.set(pointer, stroke);
    this.#reader.own.set(n, stroke);
    this.#reader.moved();
  }

  #move(event: PointerEvent): void {
    const held = this.#events.held();
    if (held?.tool === "laser") {
      const [x, y] = this.#at(event);
      this.#point(x, y);
      return;
    }
    const stroke = this.#strokes.get(event.pointerId);
    if (!stroke) return;
    const all = event.getCoalescedEvents?.() ?? [];
    for (const part of all.length > 0 ? all : [event]) this.#grow(stroke, this.#at(part));
    if (stroke.points.length >= POINTS - 100) {
      const { brush, points } = stroke;
      this.#end(event.pointerId, stroke);
      const last = points[points.length - 1];
      if (last) this.#begin(event.pointerId, brush, last);
      return;
    }
    this.#reader.moved();
    this.#flush();
  }

  #grow(stroke: Stroke, at: Point): void {
    const last = stroke.points[stroke.points.length - 1];
    if (last && last[0] === at[0] && last[1] === at[1]) return;
    stroke.points.push(at);
  }

  #up(event: PointerEvent, cancelled: boolean): void {
    const stroke = this.#strokes.get(event.pointerId);
    if (!stroke) return;
    if (cancelled) {
      this.#strokes.delete(event.pointerId);
      this.#reader.own.delete(stroke.n);
      this.#send({ t: "board", ask: "cancel", n: stroke.n });
      this.#reader.moved();
      return;
    }
    this.#grow(stroke, this.#at(event));
    this.#end(event.pointerId, stroke);
  }

  #end(pointer: number, stroke: Stroke): void {
    this.#strokes.delete(pointer);
    this.#send({ t: "board", ask: "end", n: stroke.n, ink: this.#rest(stroke) });
  }

  /** Sends what grew, now or as soon as it may. */
  #flush(): void {
    clearTimeout(this.#timer);
    const wait = this.#sentAt + SEND_EVERY - performance.now();
    if (wait > 0) {
      this.#timer = setTimeout(() => this.#flush(), wait);
      return;
    }
    this.#sentAt = performance.now();
    for (const stroke of this.#strokes.values()) {
      const ink = this.#rest(stroke);
      if (ink !== "") this.#send({ t: "board", ask: "extend", n: stroke.n, ink });
    }
  }

  #rest(stroke: Stroke): string {
    const ink = pack(stroke.points.slice(stroke.sent), stroke.points[stroke.sent - 1]);
    stroke.sent = stroke.points.length;
    return ink;
  }

  #point(x: number, y: number): void {
    const now = performance.now();
    if (now - this.#laserAt < SEND_EVERY) return;
    this.#laserAt = now;
    this.#send({ t: "board", ask: "laser", x, y });
  }

  #at(event: PointerEvent): Point {
    const box = this.#reader.surface.box;
    // A mouse says 0.5 for "pressed": it feels nothing.
    const feels = event.pointerType === "pen" && event.pressure > 0;
    const pressure = feels ? Math.max(1, event.pressure * PRESSURE) : 0;
    const x = ((event.clientX - box.left) / box.width) * WIDTH;
    const y = ((event.clientY - box.top) / box.height) * HEIGHT;
    return quantise(x, y, pressure);
  }
}
