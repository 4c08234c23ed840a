import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { utterance, voicesOf } from "./utterance";

class Words {
  voice: SpeechSynthesisVoice | null = null;
  lang = "";
  volume = 1;
  rate = 1;
  constructor(readonly text: string) {}
}
beforeEach(() => vi.stubGlobal("SpeechSynthesisUtterance", Words));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const voice = (name: string, lang: string) => ({ name, lang }) as SpeechSynthesisVoice;
const VOICES = [voice("Anna", "de-DE"), voice("Ting", "zh-CN"), voice("Kyoko", "ja-JP")];
const look = { voice: "", volume: 40, rate: 150 };

it("the voice of that name says it, as loud and as fast as is set", () => {
  const { lang, volume, rate, ...said } = utterance(
    "你好",
    { ...look, voice: "Kyoko" },
    VOICES,
    "en",
  );
  expect([said.voice?.name, lang, volume, rate]).toEqual(["Kyoko", "ja-JP", 0.4, 1.5]);
});

it("without that voice one of the line's language says it, else the browser's own", () => {
  const by = (text: string) => utterance(text, { ...look, voice: "gone" }, VOICES, "en");
  expect([by("你好").voice?.name, by("こんにちは").voice?.name]).toEqual(["Ting", "Kyoko"]);
  expect([by("hello").voice, by("hello").lang]).toEqual([null, ""]);
  expect([by("안녕").voice, by("안녕").lang]).toEqual([null, "ko"]);
});

it("voices that come a moment later are waited for, those that never come are not for long", async () => {
  vi.useFakeTimers();
  const engine = (after: number) => {
    const getVoices = vi.fn(() => (getVoices.mock.calls.length > after ? VOICES : []));
    return { getVoices } as unknown as SpeechSynthesis;
  };
  const some = voicesOf(engine(3));
  await vi.advanceTimersByTimeAsync(300);
  expect((await some).length).toBe(3);
  const none = voicesOf(engine(Number.POSITIVE_INFINITY));
  await vi.advanceTimersByTimeAsync(1_500);
  expect(await none).toEqual([]);
  expect(await voicesOf(undefined)).toEqual([]);
});
