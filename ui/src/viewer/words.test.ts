import { expect, it } from "vitest";
import { clockTime } from "../shared/format";
import { asSentence, problem } from "./words";

it("says known refusals in the page's words and keeps the code", () => {
  expect(problem(2103, "guests read only")).toEqual({
    words: "Take a name first, then you can speak.",
    code: 2103,
  });
});

it("shows a server's time on the reader's clock", () => {
  const local = clockTime(new Date().setUTCHours(2, 10, 0));
  expect(problem(2107, "muted until 02:10:00Z").words).toBe(`Muted until ${local}.`);
});

it("makes a sentence of what it does not know", () => {
  expect(asSentence("slow down")).toBe("Slow down.");
  expect(asSentence("")).toBe("The server said no, without a reason.");
});
