import { afterEach, expect, test } from "vitest";
import { h } from "../../shared/dom";
import { createFollow, field, redraw } from "./form";

afterEach(() => document.body.replaceChildren());

const row = (hidden: boolean) =>
  h("li", {}, h("form", { hidden }, field("Price now", "flash-price-1", { value: "5" }).element));

test("a list drawn anew keeps the form somebody writes in", () => {
  const list = h("ul", {}, row(false));
  document.body.append(list);
  const input = list.querySelector("input");
  if (input) input.value = "4.50";
  input?.focus();
  redraw(list, [row(true)]);
  expect(list.querySelector("input")).not.toBe(input);
  expect(list.querySelector("input")?.value).toBe("4.50");
  expect(list.querySelector("form")?.hidden).toBe(false);
  expect(document.activeElement).toBe(list.querySelector("input"));
});

test("a form nobody opened stays closed and as it was made", () => {
  const list = h("ul", {}, row(true));
  redraw(list, [row(true)]);
  expect(list.querySelector("form")?.hidden).toBe(true);
  expect(list.querySelector("input")?.value).toBe("5");
});

test("the currency follows the sale until somebody writes another", () => {
  const { input } = field("Currency", "currency", { value: "EUR" });
  const follow = createFollow(input);
  follow("CNY");
  expect(input.value).toBe("CNY");
  input.value = "USD";
  input.dispatchEvent(new Event("input"));
  follow("CNY");
  expect(input.value).toBe("USD");
});
