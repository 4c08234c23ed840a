/**
 * Sounds through WebAudio. Each voice has the volume of its kind; their sum
 * goes through a curve that lets nothing over full scale pass and only then
 * through the master volume, so nothing is ever louder than that says.
 */
import type { Look } from "../wire";
import type { Sound } from "./kinds";
import { Limiter } from "./limiter";

export class Sounds {
  #look: Look["sound"] | null = null;
  #context: AudioContext | null = null;
  #master: GainNode | null = null;
  #sum: AudioNode | null = null;
  readonly #limiter = new Limiter();
  /** Files, by name: six at most. */
  readonly #files = new Map<string, Promise<AudioBuffer | null>>();
  readonly #voices = new Set<AudioBufferSourceNode>();

  update(look: Look["sound"]): void {
    this.#look = look;
    if (this.#master) this.#master.gain.value = look.on ? look.volume / 100 : 0;
  }

  /** How many sound now, for tests. */
  get voices(): number {
    return this.#voices.size;
  }

  /** Opens what sounds go through; false while the browser keeps the page silent. */
  open(): boolean {
    if (typeof AudioContext === "undefined") return false;
    if (!this.#context) {
      const context = new AudioContext();
      const limit = context.createWaveShaper();
      limit.curve = curve();
      const master = context.createGain();
      limit.connect(master);
      master.connect(context.destination);
      [this.#context, this.#sum, this.#master] = [context, limit, master];
      if (this.#look) this.update(this.#look);
    }
    return this.#context.state === "running";
  }

  /** A click came, or OBS lets pages sound: tries again. */
  async resume(): Promise<void> {
    await this.#context?.resume();
  }

  async play({ kind, file }: Sound): Promise<void> {
    const look = this.#look;
    if (!look?.on || look.volume === 0 || look[kind] === 0 || !this.open()) return;
    const buffer = await this.#load(file);
    if (!buffer || !this.#limiter.start(kind, performance.now(), buffer.duration * 1000)) return;
    this.#begin(buffer, look[kind]);
  }

  /**
   * Plays one at once and alone, whatever sounded last: somebody pressed for
   * it. False if this browser cannot.
   */
  async sample({ kind, file }: Sound): Promise<boolean> {
    this.open();
    await this.resume();
    const buffer = await this.#load(file);
    if (!buffer || !this.#look || !this.open()) return false;
    this.stop();
    this.#begin(buffer, this.#look[kind]);
    return true;
  }

  /** Cuts everything off. */
  stop(): void {
    for (const voice of this.#voices) voice.stop();
    this.#voices.clear();
    this.#limiter.stop();
  }

  /** Begins a voice, `volume` per cent loud. */
  #begin(buffer: AudioBuffer, volume: number): void {
    const context = this.#context;
    if (!context || !this.#sum) return;
    const voice = context.createBufferSource();
    const level = context.createGain();
    voice.buffer = buffer;
    level.gain.value = volume / 100;
    voice.connect(level);
    level.connect(this.#sum);
    voice.addEventListener("ended", () => {
      this.#voices.delete(voice);
      level.disconnect();
    });
    this.#voices.add(voice);
    voice.start();
  }

  /** A file that cannot be had is silent, not an error on the picture. */
  #load(file: string): Promise<AudioBuffer | null> {
    const known = this.#files.get(file);
    if (known) return known;
    const loading = fetch(`/sounds/${file}.wav`)
      .then((response) => response.arrayBuffer())
      .then((bytes) => this.#context?.decodeAudioData(bytes) ?? null)
      .catch(() => {
        this.#files.delete(file);
        return null;
      });
    this.#files.set(file, loading);
    return loading;
  }
}

/** Straight up to two thirds, then bending towards full scale and never over it. */
function curve(): Float32Array<ArrayBuffer> {
  const points = new Float32Array(new ArrayBuffer(2049 * 4));
  return points.map((_, index) => {
    const value = (index / 1024 - 1) * 1;
    const level = Math.abs(value);
    const bent = level < 2 / 3 ? level : 2 / 3 + Math.tanh((level - 2 / 3) * 3) / 3;
    return Math.sign(value) * Math.min(1, bent);
  });
}
