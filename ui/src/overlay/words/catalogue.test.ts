import { expect, it } from "vitest";
import { h } from "../../shared/dom";
import { CATALOGUES, type Line, type OverlayWords } from "./catalogue";

const names = (...all: string[]) => all.map((name) => h("bdi", {}, name));
const text = (line: Line) => h("p", {}, ...line).textContent;

/** Every word of a catalogue by its path; of a sentence with gaps, one with the gaps filled. */
function leaves(value: unknown, path = ""): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value !== "function")
    return Object.entries(value as object).flatMap(([key, inner]) =>
      leaves(inner, `${path} ${key}`),
    );
  const said = path.endsWith("ed") ? text(value(names("3"), 3)) : value("3", "3");
  return [[path, said]];
}

it("no word is English in another language", () => {
  const english = leaves(CATALOGUES.en);
  expect(english.length).toBeGreaterThan(25);
  for (const language of ["zh-Hans", "ja"] as const) {
    const others = leaves(CATALOGUES[language]);
    expect(others.map(([path]) => path)).toEqual(english.map(([path]) => path));
    const latin = others.filter(([, word]) => /[A-Za-z]/.test(word.replace("Surtitle", "")));
    expect(latin, language).toEqual([]);
  }
});

it("people who came in are named and counted as each language does", () => {
  const say = ({ joined }: OverlayWords, rest: number, ...who: string[]) =>
    text(joined(names(...who), rest));
  const { en, ja, "zh-Hans": zh } = CATALOGUES;
  expect(say(en, 0, "Ann")).toBe("Ann joined");
  expect(say(en, 0, "Ann", "Ben")).toBe("Ann and Ben joined");
  expect(say(en, 3, "Ann", "Ben")).toBe("Ann, Ben and 3 more joined");
  expect(say(en, 7)).toBe("7 joined");
  expect(say(ja, 0, "Ann")).toBe("Annさんが入室しました");
  expect(say(ja, 3, "Ann", "Ben")).toBe("Annさん、Benさん、ほか3人が入室しました");
  expect(say(ja, 7)).toBe("7人が入室しました");
  expect(say(zh, 0, "Ann", "Ben")).toBe("Ann、Ben 进入房间");
  expect(say(zh, 3, "Ann", "Ben")).toBe("Ann、Ben 等 5 人进入房间");
  expect(say(zh, 7)).toBe("7 人进入房间");
});

it("one follows, several follow", () => {
  const { followed } = CATALOGUES.en;
  expect(text(followed(names("Ann"), 0))).toBe("Ann follows");
  expect(text(followed(names("Ann"), 1))).toBe("Ann and 1 more follow");
});
