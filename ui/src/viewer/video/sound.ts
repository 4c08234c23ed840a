/** How loud the stream is: kept by this browser. */

const KEY = "surtitle.sound";

export class Sound {
  readonly #video: HTMLVideoElement;
  readonly #told: (() => void)[] = [];
  /** The browser took the sound, not the viewer: it is not kept. */
  #taken = false;

  constructor(video: HTMLVideoElement) {
    this.#video = video;
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
      if (typeof kept === "object" && kept !== null) {
        const { volume, muted } = kept as { volume?: unknown; muted?: unknown };
        if (typeof volume === "number" && volume >= 0 && volume <= 1) video.volume = volume;
        video.muted = muted === true;
      }
    } catch {
      // Storage is switched off, or holds something else: as loud as it comes.
    }
    video.addEventListener("volumechange", () => this.#changed());
  }

  get volume(): number {
    return this.#video.volume;
  }

  get muted(): boolean {
    return this.#video.muted || this.#video.volume === 0;
  }

  /** 0–1; more than nothing is heard. */
  set(volume: number): void {
    this.#taken = false;
    this.#video.volume = Math.min(1, Math.max(0, volume));
    this.#video.muted = volume === 0;
  }

  mute(on: boolean): void {
    this.#taken = false;
    this.#video.muted = on;
    if (!on && this.#video.volume === 0) this.#video.volume = 0.5;
  }

  /** The browser plays without sound until somebody touches the page. */
  taken(): void {
    this.#taken = true;
    this.#changed();
  }

  get isTaken(): boolean {
    return this.#taken && this.muted;
  }

  /** Told now and on every change. */
  onChange(then: () => void): void {
    this.#told.push(then);
    then();
  }

  #changed(): void {
    for (const then of this.#told) then();
    if (this.#taken) return;
    try {
      const { volume, muted } = this.#video;
      localStorage.setItem(KEY, JSON.stringify({ volume, muted }));
    } catch {
      // As above.
    }
  }
}
