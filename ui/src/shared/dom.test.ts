import { expect, it, vi } from "vitest";
import { h, safeAddress, svg } from "./dom";

const HOSTILE = '<img src=x onerror="alert(1)">';

it("keeps hostile text as text, in children and attributes", () => {
  const line = h("p", { title: HOSTILE, "data-id": HOSTILE }, HOSTILE, h("b", null, HOSTILE), 7);
  expect(line.querySelector("img")).toBe(null);
  expect(line.textContent).toBe(`${HOSTILE}${HOSTILE}7`);
  expect(line.getAttribute("title")).toBe(HOSTILE);
});

it("leaves out addresses that would run something", () => {
  for (const bad of [
    "javascript:alert(1)",
    " JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
  ]) {
    expect(safeAddress(bad), bad).toBe(undefined);
    expect(h("a", { href: bad }).hasAttribute("href"), bad).toBe(false);
    expect(h("img", { src: bad }).hasAttribute("src"), bad).toBe(false);
  }
  expect(h("a", { href: "/viewer/main" }).getAttribute("href")).toBe("/viewer/main");
});

it("takes listeners as functions and never as text", () => {
  const click = vi.fn();
  h("button", { on: { click } }).click();
  expect(click).toHaveBeenCalledOnce();
  expect(() => h("img", { onerror: "alert(1)" })).toThrow("onerror");
  expect(() => h("iframe")).toThrow("iframe");
  expect(() => h("p", { srcdoc: "x" })).toThrow("srcdoc");
  expect(() => svg("foreignObject")).toThrow("foreignObject");
});

it("sets and leaves out attributes by their value", () => {
  const input = h("input", {
    disabled: true,
    hidden: false,
    maxlength: 24,
    "aria-label": undefined,
  });
  expect(input.getAttribute("disabled")).toBe("");
  expect(input.hasAttribute("hidden")).toBe(false);
  expect(input.getAttribute("maxlength")).toBe("24");
  expect(input.hasAttribute("aria-label")).toBe(false);
  expect(h("p", null, null, undefined, false, 0).textContent).toBe("0");
});

it("draws svg in its own namespace", () => {
  const icon = svg("svg", { viewBox: "0 0 24 24" }, svg("path", { d: "M0 0h1" }));
  expect(icon.namespaceURI).toBe("http://www.w3.org/2000/svg");
  expect(icon.firstElementChild?.getAttribute("d")).toBe("M0 0h1");
});
