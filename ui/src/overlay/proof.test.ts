import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ClientFrame } from "../shared/wire";
import { blocks, Proof } from "./proof";

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ["setInterval", "clearInterval", "requestAnimationFrame", "cancelAnimationFrame"],
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it("a mark is page, number and checksum, most significant bit first", () => {
  // The same figures are in src-tauri/crates/server/src/obs/mark.rs.
  const binary = (value: number, length: number) => value.toString(2).padStart(length, "0");
  expect(blocks(0xabc, 0x123).join("")).toBe(
    binary(0xabc, 12) + binary(0x123, 12) + binary(0x9e, 8),
  );
});

it("draws nothing until asked, then marks that move, each told of, and stops when told", () => {
  const drawn: Uint8ClampedArray[] = [];
  const paint = {
    createImageData: (width: number, height: number) => ({
      data: new Uint8ClampedArray(width * height * 4),
    }),
    putImageData: ({ data }: { data: Uint8ClampedArray }) => drawn.push(data),
  };
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(paint as never);
  const sent: ClientFrame[] = [];
  const proof = new Proof((frame) => sent.push(frame));
  expect(proof.element.hidden).toBe(true);
  proof.every(500);
  vi.advanceTimersByTime(1_600);
  expect(proof.element.hidden).toBe(false);
  expect([sent.length, drawn.length]).toEqual([4, 4]);
  const numbers = sent.map((frame) => (frame.t === "beat" ? frame.n : -1));
  const first = numbers[0] ?? -1;
  expect(numbers).toEqual([0, 1, 2, 3].map((more) => (first + more) % 4_096));
  for (const data of drawn) {
    const opacities = new Set(data.filter((_, i) => i % 4 === 3));
    expect([...opacities].every((opacity) => opacity === 2 || opacity === 5)).toBe(true);
    expect(data.some((value, i) => i % 4 !== 3 && value !== 0)).toBe(false);
  }
  proof.every(0);
  vi.advanceTimersByTime(5_000);
  expect([sent.length, proof.element.hidden]).toEqual([4, true]);
});
