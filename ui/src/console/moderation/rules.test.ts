import { expect, test } from "vitest";
import { lines, verdictWords } from "./rules";

test("a list is what was meant by it", () => {
  expect(lines(" spam \n\nspam\nscam*\n")).toEqual(["spam", "scam*"]);
});

test("every verdict says what people will see", () => {
  expect(verdictWords({ becomes: "pass" })).toBe("It is said as it stands.");
  expect(verdictWords({ becomes: "mask", rule: "word:x", text: "a ****" })).toBe(
    "Everybody reads: a ****",
  );
  expect(verdictWords({ becomes: "hide", rule: "pattern:2" })).toContain("pattern 2");
  expect(verdictWords({ becomes: "refuse", rule: "link" })).toContain("refused (link)");
});
