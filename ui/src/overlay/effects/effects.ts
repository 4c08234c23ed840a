/**
 * Full-screen effects of big gifts: behind all text, one at a time, soft at
 * the edges. While nobody can see the page nothing plays and nothing waits.
 */
import { h } from "../../shared/dom";
import type { Card, Look } from "../../shared/wire";
import { flashes } from "../comfort/flash";
import { isStill } from "../comfort/still";
import { isEffect, openFilm } from "./file";
import { type Film, SMALL } from "./film";
import { EffectQueue, type Turn } from "./queue";

/** How long an effect comes and goes, ms. */
const FADE_MS = 300;
/** A film whose frames take longer than this to draw, this often, is ended. */
const SLOW_MS = 250;
const SLOW_FRAMES = 4;

/** Where in a film the frame is that stands for it while nothing may move. */
const STILL = 0.55;

/** What plays, for tests. */
export interface Playing {
  readonly gift: string;
  /** Since its first frame, ms; `null` while it loads. */
  readonly elapsed: number | null;
}

export class Effects {
  readonly element = h("canvas", { class: "effect" });
  readonly #queue = new EffectQueue();
  #look: Look["effects"] = { on: true, tier: 3, seconds: 6 };
  #seen = true;
  #visible = true;
  #stop: AbortController | null = null;
  #film: Film | null = null;
  #began: number | null = null;
  #ends: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.element.hidden = true;
  }

  update(look: Look["effects"], visible: boolean): void {
    this.#look = look;
    this.#visible = visible;
    if (!look.on || !visible) this.clear();
  }

  /** Whether anybody can see the page. */
  wake(seen: boolean): void {
    this.#seen = seen;
    if (!seen) this.clear();
  }

  /** A gift card opened or grew. */
  offer(card: Card): void {
    const { effect } = card.gift;
    if (!this.#seen || !this.#visible || !this.#look.on) return;
    if (card.tier < this.#look.tier || !isEffect(effect)) return;
    this.#queue.offer(card, effect, performance.now());
    void this.#next();
  }

  /** Takes off at once what belongs to these cards alone. */
  remove(named: (card: string, user: string) => boolean): void {
    if (this.#queue.remove(named)) this.#end();
  }

  /** Takes everything off at once. */
  clear(): void {
    const played = this.#queue.playing !== null;
    this.#queue.clear();
    if (played) this.#end();
  }

  playing(): Playing | null {
    const turn = this.#queue.playing;
    if (!turn) return null;
    return { gift: turn.gift, elapsed: this.#began && performance.now() - this.#began };
  }

  waiting(): number {
    return this.#queue.waiting.length;
  }

  async #next(): Promise<void> {
    const turn = this.#queue.next(performance.now());
    if (!turn) return;
    const stop = new AbortController();
    this.#stop = stop;
    try {
      const film = await openFilm(turn.src, window.innerWidth * ratio(), stop.signal);
      if (stop.signal.aborted) film.release();
      else this.#play(film, turn, stop.signal);
    } catch (error) {
      if (stop.signal.aborted) return;
      console.warn(`effect of ${turn.gift}: ${error instanceof Error ? error.message : error}`);
      this.#end();
    }
  }

  #play(film: Film, turn: Turn, stopped: AbortSignal): void {
    this.#film = film;
    const began = performance.now();
    this.#began = began;
    const length = Math.min(film.length, this.#look.seconds * 1000);
    const { element } = this;
    element.width = film.sheet.width;
    element.height = film.sheet.height;
    element.dataset.gift = turn.gift;
    element.hidden = false;
    const context = element.getContext("2d");
    const still = isStill();
    let slow = 0;
    let news = false;
    const frame = () => {
      if (stopped.aborted) return;
      const now = performance.now();
      const elapsed = now - began;
      if (elapsed >= length || slow > SLOW_FRAMES) {
        this.#end();
        return;
      }
      const drawn = film.draw(still ? film.length * STILL : elapsed);
      news ||= drawn && !(still && film.behind);
      if (news && (still || flashes.frame(now, pixels(film)))) {
        news = false;
        context?.clearRect(0, 0, element.width, element.height);
        context?.drawImage(film.sheet, 0, 0);
      }
      if (performance.now() - now > SLOW_MS) slow += 1;
      element.style.opacity = String(Math.min(1, elapsed / FADE_MS, (length - elapsed) / FADE_MS));
      requestAnimationFrame(frame);
    };
    frame();
    // Frames stop where a browser thinks nobody looks; an effect ends all the same.
    this.#ends = setTimeout(() => this.#end(), length + FADE_MS);
  }

  /** Ends the one that plays and begins the next. */
  #end(): void {
    clearTimeout(this.#ends);
    this.#stop?.abort();
    this.#stop = null;
    this.#film?.release();
    this.#film = null;
    this.#began = null;
    this.element.hidden = true;
    // Lets go of the pixels.
    this.element.width = 0;
    this.element.height = 0;
    this.#queue.done();
    void this.#next();
  }
}

/** The film's small picture. */
function pixels({ small }: Film): Uint8ClampedArray {
  return small.getImageData(0, 0, SMALL.width, SMALL.height).data;
}

function ratio(): number {
  return Math.min(2, window.devicePixelRatio || 1);
}
