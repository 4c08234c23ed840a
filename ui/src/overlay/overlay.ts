/**
 * The overlay: keeps the picture and sees that the scene shows it. What the
 * server says changes it at once; time takes from it on the server's clock.
 */
import type { BoardLayer } from "../board/layer";
import type { Word } from "../board/model";
import { setEmotes } from "../shared/emotes";
import type { Cue, Stage } from "../shared/wire";
import { Clock } from "./clock";
import type { Listener } from "./link";
import { after, at, fromStage, nextChange, type Picture } from "./picture";
import type { Proof } from "./proof";
import type { Scene } from "./scene";
import type { Voice } from "./voice";

/** A comment older than this when a cut line comes back is for the feed only, ms. */
const FRESH_MS = 5_000;
/** Longest a browser's timer counts, ms. */
const LONGEST_TIMER = 2 ** 31 - 1;

export class Overlay implements Listener {
  readonly #scene: Scene;
  readonly #clock: Clock;
  readonly #proof: Pick<Proof, "every"> | undefined;
  readonly #voice: Voice | undefined;
  readonly #board: BoardLayer | undefined;
  #picture: Picture | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * `proof` draws the marks OBS is watched by; `voice` makes what is heard, on pages that may;
   * `board` is what a teacher writes on.
   */
  constructor(
    scene: Scene,
    clock = new Clock(),
    proof?: Pick<Proof, "every">,
    voice?: Voice,
    board?: BoardLayer,
  ) {
    this.#voice = voice;
    this.#board = board;
    this.#scene = scene;
    this.#clock = clock;
    this.#proof = proof;
  }

  stage(stage: Stage): void {
    this.#clock.set(stage.now);
    setEmotes(stage.emotes);
    this.#picture = fromStage(stage);
    // What the server no longer has may have been taken off while we were away.
    const known = new Set(stage.feed.map(({ id }) => id));
    this.#scene.danmaku.remove(({ id }) => !known.has(id));
    const cards = new Set(stage.cards.map(({ id }) => id));
    this.#scene.effects.remove((card) => !cards.has(card));
    this.#voice?.remove((id) => !known.has(id) && !cards.has(id));
    this.redraw(true);
  }

  cues(cues: readonly Cue[], late: boolean): void {
    let abruptly = false;
    let taps = 0;
    for (const cue of cues) {
      if (!this.#picture) return;
      if (cue.cue === "emotes") setEmotes(cue.emotes);
      if (cue.cue === "comment") this.#fly(cue, late);
      if (cue.cue === "gift" && !late) this.#scene.effects.offer(cue.card);
      if (!late) this.#voice?.hear(cue);
      if (cue.cue === "likes" && !late) taps += cue.add;
      abruptly = this.#takeOff(cue) || abruptly;
      this.#picture = after(this.#picture, cue);
    }
    this.redraw(abruptly);
    if (taps > 0 && this.#picture?.visible) this.#scene.likes.add(taps);
  }

  watching(): void {
    this.#voice?.watching();
    this.#board?.open();
  }

  board(word: Word): void {
    this.#board?.hear(word);
  }

  heard(on: boolean): void {
    this.#voice?.choose(on);
  }

  code(code: string | null): void {
    this.#scene.pairing.update(code);
  }

  withdrawn(): void {
    this.prove(0);
    if (!this.#picture) return;
    this.#scene.danmaku.clear();
    this.#scene.effects.clear();
    this.#voice?.clear();
    this.#scene.likes.clear();
    const empty = { feed: [], cards: [], paid: [], placards: [], pinned: null };
    this.#picture = { ...this.#picture, ...empty, likes: 0, online: 0 };
    this.redraw(true);
    this.#picture = null;
  }

  prove(ms: number): void {
    this.#proof?.every(ms);
  }

  /** Draws what should be there now, and again when time takes something. */
  redraw(abruptly = false): void {
    clearTimeout(this.#timer);
    if (!this.#picture) return;
    const now = this.#clock.now();
    this.#picture = at(this.#picture, now);
    this.#voice?.update(this.#picture.look, this.#picture.visible);
    this.#board?.wear(this.#picture.look.board);
    this.#scene.draw(this.#picture, abruptly, () => this.#clock.now());
    const next = nextChange(this.#picture);
    if (next === null) return;
    const wait = Math.min(LONGEST_TIMER, Math.max(10, next - now + 1));
    this.#timer = setTimeout(() => this.redraw(), wait);
  }

  #fly({ event }: Extract<Cue, { cue: "comment" }>, late: boolean): void {
    this.#clock.atLeast(event.at);
    const known = this.#picture?.feed.some(({ id }) => id === event.id);
    const fresh = !late || this.#clock.now() - event.at <= FRESH_MS;
    if (fresh && !known) this.#scene.fly(event);
  }

  /** Takes off what flies; true if `cue` takes anything off. */
  #takeOff(cue: Cue): boolean {
    const { danmaku, effects, likes } = this.#scene;
    switch (cue.cue) {
      case "remove":
        danmaku.remove(({ id }) => cue.ids.includes(id));
        effects.remove((card) => cue.ids.includes(card));
        this.#voice?.remove((id) => cue.ids.includes(id));
        return true;
      case "remove_user":
        danmaku.remove(({ user }) => user === cue.user);
        effects.remove((_, user) => user === cue.user);
        this.#voice?.remove((_, user) => user === cue.user);
        return true;
      case "clear":
        danmaku.clear();
        effects.clear();
        likes.clear();
        this.#voice?.clear();
        return true;
      case "visible":
        if (!cue.on) danmaku.clear();
        return true;
      default:
        return false;
    }
  }
}
