import { expect, it } from "vitest";
import { type Line, PATIENCE_MS, SpeechQueue, WAITING } from "./queue";

const line = (id: string, over: Partial<Line> = {}): Line => ({
  id,
  user: "u1",
  text: id,
  paid: false,
  due: 0,
  ...over,
});

it("what was paid for is read first, then by arrival", () => {
  const queue = new SpeechQueue();
  for (const each of [line("a"), line("b"), line("c", { paid: true })]) queue.add(each);
  const read: (string | undefined)[] = [];
  for (let n = 0; n < 3; n += 1) {
    read.push(queue.next(0)?.id);
    expect(queue.next(0)).toBe(null);
    queue.done();
  }
  expect(read).toEqual(["c", "a", "b"]);
});

it("a full queue lets the oldest unpaid line go, and never grows", () => {
  const queue = new SpeechQueue();
  queue.add(line("paid", { paid: true }));
  for (let n = 0; n < 5_000; n += 1) queue.add(line(`l${n}`));
  expect(queue.waiting.length).toBe(WAITING);
  expect(queue.waiting[0]?.id).toBe("paid");
  expect(queue.waiting[WAITING - 1]?.id).toBe("l4999");
});

it("a line is not read before it is due nor long after", () => {
  const queue = new SpeechQueue();
  queue.add(line("a", { due: 2_000 }));
  expect([queue.next(1_999), queue.nextDue()]).toEqual([null, 2_000]);
  expect(queue.next(2_001 + PATIENCE_MS)).toBe(null);
  expect(queue.waiting).toEqual([]);
});

it("a person's lines go, the one that is read too", () => {
  const queue = new SpeechQueue();
  queue.add(line("a", { user: "bad" }));
  queue.add(line("b", { user: "bad" }));
  queue.add(line("c"));
  queue.next(0);
  expect(queue.remove(({ user }) => user === "bad")).toBe(true);
  expect(queue.waiting.map(({ id }) => id)).toEqual(["c"]);
});

it("a card that grows while it waits is read once, with its last number", () => {
  const queue = new SpeechQueue();
  queue.add(line("card", { text: "one", due: 5 }));
  queue.add(line("card", { text: "twelve", due: 900 }));
  expect(queue.waiting).toEqual([line("card", { text: "twelve", due: 5 })]);
});
