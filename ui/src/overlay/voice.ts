/**
 * What a page lets be heard: sounds and speech. Of the pages that show one
 * overlay the server lets one be heard at a time; a page tells it whether it
 * could be, and makes no sound before it is told to.
 */

import { soundOf } from "../shared/sound/kinds";
import { Sounds } from "../shared/sound/sounds";
import type { ClientFrame, Cue, Look, Voice as Voiced } from "../shared/wire";
import { Speech } from "./speech/speech";

export class Voice {
  readonly sounds = new Sounds();
  readonly speech = new Speech();
  readonly #send: (frame: ClientFrame) => void;
  #look: Look | null = null;
  #visible = true;
  #seen = true;
  #chosen = false;
  #told: Voiced | null = null;

  constructor(send: (frame: ClientFrame) => void) {
    this.#send = send;
    const woken = () => {
      if (this.#told !== "blocked") return;
      void this.sounds.resume().then(() => this.#tell());
    };
    for (const kind of ["pointerdown", "keydown"]) window.addEventListener(kind, woken);
  }

  /** Whether this page is the one that is heard. */
  get chosen(): boolean {
    return this.#chosen;
  }

  update(look: Look, visible: boolean): void {
    this.#look = look;
    this.#visible = visible;
    this.sounds.update(look.sound);
    this.speech.update(look.speech, look.language);
    this.#tell();
  }

  /** Whether anybody can see the page: a hidden one is silent, and what comes meanwhile stays unheard. */
  wake(seen: boolean): void {
    this.#seen = seen;
    this.#tell();
  }

  /** The page asks for cues on a new line, which knows nothing of it. */
  watching(): void {
    this.choose(false);
    this.#told = null;
    this.#tell();
  }

  /** The server lets this page be heard, or another. */
  choose(on: boolean): void {
    this.#chosen = on;
    this.speech.allow(on);
    if (!on) this.sounds.stop();
  }

  hear(cue: Cue): void {
    if (!this.#chosen || !this.#seen || !this.#visible) return;
    const sound = soundOf(cue);
    if (sound) void this.sounds.play(sound);
    this.speech.hear(cue);
  }

  remove(named: (id: string, user: string) => boolean): void {
    this.speech.remove(named);
  }

  clear(): void {
    this.speech.clear();
    this.sounds.stop();
  }

  #tell(): void {
    const voice = this.#voice();
    if (voice !== "ready") this.clear();
    if (voice === this.#told) return;
    this.#told = voice;
    this.#send({ t: "voice", voice, obs: "obsstudio" in window });
    // A context that is allowed to run says so a moment later.
    if (voice === "blocked") void this.sounds.resume().then(() => this.#tell());
  }

  #voice(): Voiced {
    const look = this.#look;
    const wanted = look && this.#visible && this.#seen && (heard(look.sound) || heard(look.speech));
    if (!wanted) return "silent";
    return this.sounds.open() ? "ready" : "blocked";
  }
}

function heard({ on, volume }: { on: boolean; volume: number }): boolean {
  return on && volume > 0;
}
