import { expect, it } from "vitest";
import type { OwnRules, RoomRules, ServerFrame } from "../../shared/wire";
import { Rules } from "./rules";

const own = (some: Partial<OwnRules> = {}): OwnRules => {
  return { exempt: false, follows: false, muted_s: 0, wait_s: 0, ...some };
};
const told = (some: Partial<RoomRules>, mine?: OwnRules, mute_all = false): ServerFrame => {
  const rules = { slow_s: 0, speakers: "everybody", ...some } as const;
  return { t: "rules", rules, mute_all, ...(mine ? { own: mine } : {}) };
};

it("without rules one may speak, and nothing is said", () => {
  expect(new Rules().say()).toMatchObject({ may: true, words: "", wait: 0 });
});

it("slow mode counts down from the last comment that was taken", () => {
  let now = 1_000_000;
  const rules = new Rules(() => now);
  rules.hear(told({ slow_s: 30 }));
  expect(rules.say()).toMatchObject({ may: true, wait: 0 });
  rules.sent(7);
  rules.hear({ t: "ack", cid: 8, id: "a-gift" });
  expect(rules.say().wait).toBe(0);
  rules.hear({ t: "ack", cid: 7, id: "m" });
  expect(rules.say()).toMatchObject({ wait: 30, next: 1_000 });
  now += 12_400;
  expect(rules.say()).toMatchObject({ wait: 18, next: 600 });
  rules.hear(told({ slow_s: 5 }));
  expect(rules.say().wait).toBe(5);
  rules.hear(told({}));
  expect(rules.say()).toMatchObject({ wait: 0, words: "" });
});

it("a refusal of slow mode says how long to wait", () => {
  const rules = new Rules(() => 5_000);
  rules.hear(told({ slow_s: 60 }));
  rules.sent(3);
  const message = "slow mode: speak again in 41 s";
  rules.hear({ t: "error", code: 2112, message, retry: true, re: 3 });
  expect(rules.say().wait).toBe(41);
});

it("who may not speak is told why, and staff may whatever the rules are", () => {
  const rules = new Rules(() => 0);
  rules.hear(told({ speakers: "followers" }));
  expect(rules.say()).toMatchObject({ may: false });
  rules.hear(told({ speakers: "followers" }, own({ follows: true })));
  expect(rules.say()).toMatchObject({ may: true, words: "" });
  rules.hear(told({ speakers: "helpers" }));
  expect(rules.say().may).toBe(false);
  rules.hear(told({}, undefined, true));
  expect(rules.say().may).toBe(false);
  rules.hear(told({ slow_s: 9 }, own({ exempt: true }), true));
  expect(rules.say()).toMatchObject({ may: true, words: "", wait: 0 });
});

it("a mute ends by itself, and a new room begins without rules", () => {
  let now = 0;
  const rules = new Rules(() => now);
  rules.hear(told({}, own({ muted_s: 60, exempt: true })));
  expect(rules.say()).toMatchObject({ may: false, next: 60_000 });
  now = 60_000;
  expect(rules.say().may).toBe(true);
  rules.hear(told({ speakers: "helpers" }));
  expect(rules.say().may).toBe(true);
  const room = { id: "main", name: "Main" };
  const position = { epoch: 1, seq: 1 };
  rules.hear({ t: "joined", room, position, resumed: false, history: [], online: 1, likes: 0 });
  rules.hear(told({ speakers: "helpers" }));
  expect(rules.say().may).toBe(false);
});
