import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { DEFAULT_LOOK } from "../wire/default-look";
import { Sounds } from "./sounds";

interface Voice {
  level: number;
  stopped: boolean;
}
let voices: Voice[];
let state: AudioContextState;

class Node {
  readonly gain = { value: 1 };
  buffer: unknown;
  curve: unknown;
  next: Node | undefined;
  voice: Voice | undefined;
  connect(next: Node): void {
    this.next = next;
  }
  disconnect(): void {}
  addEventListener(): void {}
  start(): void {
    this.voice = { level: this.next?.gain.value ?? 0, stopped: false };
    voices.push(this.voice);
  }
  stop(): void {
    if (this.voice) this.voice.stopped = true;
  }
}

class Context {
  get state() {
    return state;
  }
  readonly destination = new Node();
  readonly createWaveShaper = () => new Node();
  readonly createGain = () => new Node();
  readonly createBufferSource = () => new Node();
  readonly decodeAudioData = async () => ({ duration: 1 });
  async resume(): Promise<void> {}
}

beforeEach(() => {
  [voices, state] = [[], "running"];
  vi.stubGlobal("AudioContext", Context);
  vi.stubGlobal("fetch", async () => new Response("RIFF"));
});
afterEach(() => vi.unstubAllGlobals());

const sounds = (over: Partial<typeof DEFAULT_LOOK.sound> = {}) => {
  const made = new Sounds();
  made.update({ ...DEFAULT_LOOK.sound, join: 70, ...over });
  return made;
};
const JOIN = { kind: "join", file: "join" } as const;

it("a sound asked for by hand is heard again within its rest, and ends the one before", async () => {
  const made = sounds();
  expect([await made.sample(JOIN), await made.sample(JOIN)]).toEqual([true, true]);
  expect(voices).toEqual([
    { level: 0.7, stopped: true },
    { level: 0.7, stopped: false },
  ]);
  expect(made.voices).toBe(1);
});

it("a sound of the show keeps its rest", async () => {
  const made = sounds();
  await made.play(JOIN);
  await made.play(JOIN);
  expect(voices.length).toBe(1);
});

it("a browser that keeps the page silent is told of", async () => {
  state = "suspended";
  expect(await sounds().sample(JOIN)).toBe(false);
  expect(voices).toEqual([]);
});
