// @vitest-environment happy-dom
import { beforeEach, expect, test } from "vitest";
import { choose, followChoice } from "./scheme";

beforeEach(() => localStorage.clear());

test("the console is dark until somebody wants it light, and stays so", () => {
  expect(followChoice()).toBe("dark");
  choose("light");
  expect(document.documentElement.dataset.scheme).toBe("light");
  expect(followChoice()).toBe("light");
});
