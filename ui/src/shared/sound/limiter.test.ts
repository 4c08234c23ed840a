import { expect, it } from "vitest";
import { A_SECOND, AT_ONCE, type Kind, Limiter } from "./limiter";

const KINDS: readonly Kind[] = ["gift", "paid", "join", "follow", "voucher"];

it("a flood of everything stays within both bounds at every moment", () => {
  const limiter = new Limiter();
  const started: { at: number; end: number }[] = [];
  for (let now = 0; now < 60_000; now += 7) {
    const kind = KINDS[now % KINDS.length] as Kind;
    if (limiter.start(kind, now, 1_500)) started.push({ at: now, end: now + 1_500 });
  }
  expect(started.length).toBeGreaterThan(100);
  for (const { at } of started) {
    expect(started.filter((s) => s.at <= at && s.end > at).length).toBeLessThanOrEqual(AT_ONCE);
    expect(started.filter((s) => s.at > at - 1_000 && s.at <= at).length).toBeLessThanOrEqual(
      A_SECOND,
    );
  }
});

it("a storm of joins is one sound every four seconds", () => {
  const limiter = new Limiter();
  let count = 0;
  for (let now = 0; now < 20_000; now += 10) if (limiter.start("join", now, 300)) count += 1;
  expect(count).toBe(5);
});

it("what was cut off makes room", () => {
  const limiter = new Limiter();
  for (const kind of KINDS) limiter.start(kind, 0, 60_000);
  expect(limiter.start("join", 9_000, 100)).toBe(false);
  limiter.stop();
  expect(limiter.start("join", 9_000, 100)).toBe(true);
});
