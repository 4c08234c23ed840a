/**
 * Keeps the stream playing: starts it, sees when it stands still, and starts
 * it again after a wait that grows, for as long as there is one.
 *
 * Knows nothing of the page: it tells in which state it is.
 */
import { backoff } from "../../shared/socket";
import type { StreamInfo } from "../../shared/wire";
import { type Engine, engineOf, type Start } from "./engine";

/**
 * `none`: there is no stream. `waiting`: there should be one and nothing comes
 * yet, or not any more. `held`: the viewer paused. `ended`: it is over.
 * `unable`: this browser does not play it.
 */
export type PlayState = "none" | "loading" | "playing" | "waiting" | "held" | "ended" | "unable";

export interface PlayerView {
  state(state: PlayState): void;
  qualities(labels: readonly string[]): void;
  /** The browser plays it without sound until somebody touches the page. */
  silenced(): void;
}

/** A picture that stands still this long, ms, has failed. */
const STALLED = 6_000;
/** A stream that gives no first picture this long, ms, has failed. */
const FIRST = 12_000;
/** How often the picture is looked at, ms. */
const LOOK = 500;
/** A picture that moved this long, ms, makes the next wait short again. */
const STEADY = 5_000;
/** Shortest wait before another try, ms; the rest is chance, up to 8 s. */
const LEAST = 400;

export class Player {
  readonly #view: PlayerView;
  readonly #engineOf: typeof engineOf;
  #stream: StreamInfo = { address: "" };
  #state: PlayState = "none";
  #engine: Engine | undefined;
  /** Counts starts: what an earlier one still tells goes nowhere. */
  #turn = 0;
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setInterval> | undefined;
  /** Where the picture was last seen to move, and when. */
  #seen = { at: 0, time: 0, since: 0 };
  #quality: number | undefined;

  constructor(
    readonly video: HTMLVideoElement,
    view: PlayerView,
    engines: (kind: NonNullable<StreamInfo["kind"]>) => Start = engineOf,
  ) {
    this.#view = view;
    this.#engineOf = engines;
    video.addEventListener("playing", () => {
      if (this.#engine && this.#state !== "held") this.#enter("playing");
    });
    video.addEventListener("ended", () => this.#engine && this.#end());
    window.addEventListener("online", () => this.#state === "waiting" && this.#start());
  }

  get state(): PlayState {
    return this.#state;
  }

  /** Plays this from now on; the same again changes nothing. */
  show(stream: StreamInfo): void {
    if (stream.address === this.#stream.address && stream.kind === this.#stream.kind) return;
    this.#stream = stream;
    this.#attempt = 0;
    this.#quality = undefined;
    if (stream.address && stream.kind) this.#start();
    else {
      this.#stop();
      this.#enter("none");
    }
  }

  /** Pauses, or goes on with the newest there is. */
  hold(on: boolean): void {
    if (on && this.#engine) {
      this.#enter("held");
      this.video.pause();
    } else if (!on && this.#state === "held" && this.#engine) {
      this.#enter("loading");
      this.#engine.toEdge();
      this.#rest();
      this.#play();
    } else if (!on && (this.#state === "ended" || this.#state === "held")) this.#start();
  }

  latency(): number | undefined {
    return this.#state === "playing" ? this.#engine?.latency() : undefined;
  }

  choose(quality: number | undefined): void {
    this.#quality = quality;
    this.#engine?.choose(quality);
  }

  async #start(): Promise<void> {
    this.#stop();
    const turn = this.#turn;
    const { address, kind } = this.#stream;
    if (!kind) return;
    if (this.#attempt === 0) this.#enter("loading");
    const mine = () => turn === this.#turn;
    // A page that came encrypted loads nothing that does not.
    if (location.protocol === "https:" && address.startsWith("http:")) {
      this.#enter("unable");
      return;
    }
    const failed = (why: string) => mine() && this.#failed(why);
    const qualities = (labels: readonly string[]) => {
      if (!mine()) return;
      this.#view.qualities(labels);
      if (this.#quality !== undefined) this.#engine?.choose(this.#quality);
    };
    const unable = () => {
      if (!mine()) return;
      this.#stop();
      this.#enter("unable");
    };
    const events = { failed, unable, qualities };
    try {
      const engine = await this.#engineOf(kind)(this.video, address, events);
      if (!mine()) return engine.stop();
      this.#engine = engine;
      this.#rest();
      this.#watch = setInterval(() => this.#look(), LOOK);
      await this.#play();
    } catch (error) {
      // Its library did not come through.
      failed(String(error));
    }
  }

  async #play(): Promise<void> {
    const turn = this.#turn;
    try {
      await this.video.play();
    } catch (error) {
      const refused = error instanceof DOMException && error.name === "NotAllowedError";
      if (turn !== this.#turn || !refused || this.video.muted) return;
      this.video.muted = true;
      this.#view.silenced();
      // What else goes wrong, the look at the picture finds.
      this.video.play().catch(() => {});
    }
  }

  /** From here on a picture is expected again. */
  #rest(): void {
    const now = performance.now();
    this.#seen = { at: now, time: this.video.currentTime, since: 0 };
  }

  #look(): void {
    const now = performance.now();
    const { currentTime, paused } = this.video;
    // A hidden page's timers sleep, so silence there says nothing.
    if (this.#state === "held" || document.hidden) {
      this.#rest();
      return;
    }
    if (currentTime !== this.#seen.time) {
      const since = this.#seen.since || now;
      this.#seen = { at: now, time: currentTime, since };
      if (now - since > STEADY) this.#attempt = 0;
      if (!paused) this.#enter("playing");
      return;
    }
    const patience = this.#seen.since ? STALLED : FIRST;
    if (now - this.#seen.at > patience) this.#failed("the picture stands still");
  }

  #failed(why: string): void {
    console.warn(`stream: ${why}`);
    this.#stop();
    this.#enter("waiting");
    this.#timer = setTimeout(() => this.#start(), LEAST + backoff(this.#attempt, Math.random()));
    this.#attempt += 1;
  }

  #end(): void {
    this.#stop();
    this.#enter("ended");
  }

  #stop(): void {
    this.#turn += 1;
    clearTimeout(this.#timer);
    clearInterval(this.#watch);
    const engine = this.#engine;
    this.#engine = undefined;
    engine?.stop();
  }

  #enter(state: PlayState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#view.state(state);
  }
}
