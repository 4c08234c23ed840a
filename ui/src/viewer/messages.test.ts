import { beforeEach, expect, it } from "vitest";
import type { Event, Sender } from "../shared/wire";
import { COMBO_LINES, COMBO_MS } from "./gift-line";
import { type Change, Messages } from "./messages";

const ME: Sender = { id: "me", nick: "Me", role: "viewer" };
const ROSE = { id: "rose", name: "Rose", icon: "/gifts/rose.png", coins: 1 };

let messages: Messages;

beforeEach(() => {
  messages = new Messages(300, 100);
  messages.me = "me";
});

function comment(seq: number, more: Partial<Event> = {}): Event {
  const from: Sender = { id: "u1", nick: "One", role: "viewer" };
  const text = `line ${seq}`;
  return {
    id: `1-${seq}`,
    at: seq,
    source: "room",
    from,
    priority: "normal",
    kind: "comment",
    text,
    ...more,
  } as Event;
}

function join(seq: number, ...nicks: string[]): Event {
  const users = nicks.map((nick) => ({ id: nick, nick, role: "viewer" as const }));
  return {
    id: `1-${seq}`,
    at: seq,
    source: "room",
    priority: "lowest",
    kind: "tip",
    tip: "join",
    users,
    more: 0,
  };
}

function enter(seq: number, history: Event[] = [], resumed = false, epoch = 1): Change[] {
  return messages.joined({ position: { epoch, seq }, resumed, history });
}

function batch(seq: number, ...events: Event[]): Change[] | undefined {
  return messages.batch({ epoch: 1, seq }, events);
}

function texts(): string[] {
  return messages.lines.map(({ kind, event }) => {
    if (kind === "gap") return "gap";
    if (event.kind === "gift") return `${event.gift.id} ${event.count}`;
    return event.kind === "comment" ? event.text : event.kind;
  });
}

it("shows history, then batches, in order", () => {
  enter(2, [comment(1), comment(2)]);
  expect(batch(4, comment(3), comment(4))?.map((c) => c.do)).toEqual(["add", "add"]);
  expect(texts()).toEqual(["line 1", "line 2", "line 3", "line 4"]);
  expect(messages.position).toEqual({ epoch: 1, seq: 4 });
});

it("leaves out what a batch repeats", () => {
  enter(2, [comment(1), comment(2)]);
  batch(4, comment(2), comment(3), comment(4));
  expect(batch(3, comment(3))).toEqual([]);
  expect(texts()).toEqual(["line 1", "line 2", "line 3", "line 4"]);
  expect(messages.position?.seq).toBe(4);
});

it("asks to join again at a gap, in another epoch and before the first join", () => {
  expect(batch(1, comment(1))).toBe(undefined);
  enter(2);
  expect(batch(4, comment(4))).toBe(undefined);
  expect(messages.batch({ epoch: 2, seq: 3 }, [comment(3)])).toBe(undefined);
  expect(messages.position).toEqual({ epoch: 1, seq: 2 });
});

it("adds what was missed after a resume, without a double", () => {
  enter(2, [comment(1), comment(2)]);
  enter(5, [comment(3), comment(4), comment(5)], true);
  expect(texts()).toEqual(["line 1", "line 2", "line 3", "line 4", "line 5"]);
});

it("marks the place where messages were lost for good", () => {
  enter(2, [comment(1), comment(2)]);
  enter(90, [comment(89), comment(90)], false, 2);
  expect(texts()).toEqual(["line 1", "line 2", "gap", "line 89", "line 90"]);
});

it("takes off what a new history no longer has", () => {
  enter(4, [comment(1), comment(2), comment(3), comment(4)]);
  enter(4, [comment(2), comment(4)]);
  expect(texts()).toEqual(["line 1", "line 2", "line 4"]);
});

it("knows its own line by cid, then by id, and shows it once", () => {
  enter(0);
  const { cid } = messages.say(ME, 1, { kind: "comment", text: "hi" });
  expect(messages.lines[0]).toMatchObject({ mine: true, state: "pending" });
  batch(1, comment(1, { from: ME, cid, text: "hi" } as Partial<Event>));
  expect(messages.lines[0]).toMatchObject({ state: "sent", event: { id: "1-1" } });
  expect(messages.ack(cid, "1-1")).toEqual([]);
  expect(messages.lines.length).toBe(1);
});

it("takes an answer that comes before the echo", () => {
  enter(0);
  const { cid } = messages.say(ME, 1, { kind: "comment", text: "hi" });
  expect(messages.ack(cid, "1-1").map((c) => c.do)).toEqual(["change"]);
  batch(1, comment(1, { from: ME, cid } as Partial<Event>));
  expect(messages.lines.length).toBe(1);
});

it("does not take another's line for its own because of the number", () => {
  enter(0);
  const { cid } = messages.say(ME, 1, { kind: "comment", text: "hi" });
  batch(1, comment(1, { cid }));
  expect(messages.lines.map((line) => line.state)).toEqual(["pending", "sent"]);
  expect(messages.lines[1]?.mine).toBe(false);
});

it("keeps unanswered lines to send again, and gives up old ones", () => {
  enter(0);
  messages.say(ME, 0, { kind: "comment", text: "old" });
  const { cid } = messages.say(ME, 200_000, { kind: "gift", gift: ROSE, count: 3 });
  const { sends, changes } = messages.unanswered(250_000);
  expect(sends).toEqual([{ cid, body: { kind: "gift", gift: "rose", count: 3 } }]);
  expect(changes).toMatchObject([{ do: "change", line: { state: "failed" } }]);
});

it("keeps a refused line as failed until it is dropped", () => {
  const { cid } = messages.say(ME, 1, { kind: "comment", text: "hi" });
  messages.refuse(cid);
  const [line] = messages.lines;
  expect(line?.state).toBe("failed");
  expect(messages.refuse(cid)).toBe(false);
  if (line) messages.drop(line);
  expect(messages.lines).toEqual([]);
});

it("counts gifts folded by a busy room once", () => {
  enter(0);
  const first = messages.say(ME, 1, { kind: "gift", gift: ROSE, count: 1 });
  const second = messages.say(ME, 2, { kind: "gift", gift: ROSE, count: 10 });
  const other = messages.say(ME, 3, { kind: "gift", gift: { ...ROSE, id: "cake" }, count: 1 });
  messages.ack(second.cid, "1-2");
  const folded = { kind: "gift", gift: ROSE, count: 11, from: ME, cid: first.cid };
  batch(1, comment(1, folded as Partial<Event>));
  messages.ack(first.cid, "1-1");
  messages.ack(other.cid, "1-3");
  expect(texts()).toEqual(["rose 11", "cake 1"]);
});

it("takes removed lines off and forgets them", () => {
  enter(2, [comment(1), comment(2)]);
  expect(messages.remove(["1-1", "1-9"]).map((c) => c.do)).toEqual(["drop"]);
  expect(texts()).toEqual(["line 2"]);
  expect(messages.remove(["1-1"])).toEqual([]);
});

it("stays within its bound, and rows that would only flash are not told", () => {
  messages = new Messages(3, 0);
  enter(0);
  expect(batch(5, ...[1, 2, 3, 4, 5].map((n) => comment(n)))?.length).toBe(3);
  expect(texts()).toEqual(["line 3", "line 4", "line 5"]);
  expect(batch(6, comment(6))?.map((c) => c.do)).toEqual(["add", "drop"]);
});

it("folds neighbouring joins and hides what nobody reads", () => {
  enter(0);
  batch(2, join(1, "Ann"), join(2, "Bo", "Cy", "Di"));
  expect(messages.lines.length).toBe(1);
  expect(messages.lines[0]?.event).toMatchObject({ users: [{ nick: "Bo" }, {}, {}], more: 1 });
  const quit = { ...join(3, "Ann"), tip: "quit" } as Event;
  const custom = comment(4, { kind: "custom", data: "x" } as Partial<Event>);
  batch(4, quit, custom);
  expect(messages.lines.length).toBe(1);
  expect(messages.position?.seq).toBe(4);
});

function rose(seq: number, count = 1, more: Partial<Event> = {}): Event {
  return comment(seq, { kind: "gift", gift: ROSE, count, ...more } as Partial<Event>);
}

it("lets one line of a combo grow where it stands", () => {
  enter(0);
  batch(2, rose(1), comment(2));
  const changes = batch(4, rose(3, 4), rose(4, 10));
  expect(texts()).toEqual(["rose 15", "line 2"]);
  expect(changes?.map((change) => change.do)).toEqual(["change", "change"]);
  expect(changes?.map(({ said }) => said?.kind === "gift" && said.count)).toEqual([4, 10]);
});

it("keeps gifts of others, other gifts and later ones apart", () => {
  enter(0);
  const other = { id: "u2", nick: "Two", role: "viewer" as const };
  const cake = { ...ROSE, id: "cake" };
  const late = { at: 1 + COMBO_MS + 1 };
  batch(
    4,
    rose(1),
    rose(2, 1, { from: other }),
    rose(3, 1, { gift: cake } as Partial<Event>),
    rose(4, 1, late),
  );
  expect(texts()).toEqual(["rose 1", "rose 1", "cake 1", "rose 1"]);
});

it("begins another line once the combo's is far up", () => {
  enter(0);
  const between = Array.from({ length: COMBO_LINES }, (_, i) => comment(2 + i));
  batch(2 + COMBO_LINES, rose(1), ...between, rose(2 + COMBO_LINES));
  expect(texts().filter((text) => text === "rose 1").length).toBe(2);
});

it("takes one gift out of a combo, and the line with the last", () => {
  enter(0);
  batch(3, rose(1), rose(2, 4), rose(3, 10));
  messages.remove(["1-2"]);
  expect(texts()).toEqual(["rose 11"]);
  expect(messages.remove(["1-1", "1-3"]).map((change) => change.do)).toEqual(["change", "drop"]);
  expect(texts()).toEqual([]);
});

it("counts one's own combo at once, each gift answered for itself, whatever the clocks say", () => {
  enter(0);
  const bunch = (at: number, count: number) =>
    messages.say(ME, at, { kind: "gift", gift: ROSE, count }).cid;
  const first = bunch(9_000_000, 1);
  messages.ack(first, "1-1");
  const second = bunch(9_000_500, 4);
  expect(messages.lines).toMatchObject([{ state: "pending", event: { count: 5 } }]);
  batch(2, rose(1, 1, { from: ME, cid: first }), rose(2, 4, { from: ME, cid: second }));
  messages.ack(second, "1-2");
  bunch(9_001_000, 2);
  expect(texts()).toEqual(["rose 7"]);
  expect(messages.unanswered(9_001_500).sends).toMatchObject([{ body: { count: 2 } }]);
});

it("puts a refused gift of a combo on a line of its own", () => {
  enter(0);
  const bunch = (count: number) => messages.say(ME, 1, { kind: "gift", gift: ROSE, count }).cid;
  messages.ack(bunch(1), "1-1");
  messages.refuse(bunch(3));
  expect(texts()).toEqual(["rose 1", "rose 3"]);
  expect(messages.lines.map((line) => line.state)).toEqual(["sent", "failed"]);
  bunch(2);
  expect(texts()).toEqual(["rose 3", "rose 3"]);
});
