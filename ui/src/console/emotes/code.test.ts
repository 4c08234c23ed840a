import { expect, it } from "vitest";
import { codeFor, isCode } from "./code";

it("makes a code of any file's name", () => {
  const taken = new Set(["hi", "hi2"]);
  const made = (name: string) => codeFor(name, (code) => taken.has(code));
  expect(made("Cat jam (2).gif")).toBe("Cat_jam_2");
  expect(made("https://pictures.example/a/b/Kappa.webp?size=2#x")).toBe("Kappa");
  expect(made("C:\\pictures\\hé llo.png")).toBe("he_llo");
  expect(made("hi.png")).toBe("hi3");
  for (const odd of ["", ".png", "笑.png", "////", `${"x".repeat(90)}.png`, "<img src=x>.png"]) {
    expect(isCode(made(odd)), odd).toBe(true);
  }
});

it("knows a code from what is none", () => {
  expect(["a", "LUL_2-x", "x".repeat(32)].every(isCode)).toBe(true);
  expect(["", "a b", ":a:", "é", "x".repeat(33)].some(isCode)).toBe(false);
});
