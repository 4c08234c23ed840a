// The room, with unmodified SDKs on one side and our own pages' protocol on the other.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import WebSocket from "ws";
import { Program, client as native, until } from "../e2e/program.mjs";
import { Client, FLAVOURS, has, refusal } from "./client.mjs";

/** A native connection with a role's token. */
async function role(program, token, ...first) {
  const socket = new WebSocket(`${program.url.replace("http", "ws")}/ws`);
  await new Promise((ready, fail) => { socket.onopen = ready; socket.onerror = fail; });
  const frames = [];
  socket.onmessage = ({ data }) => frames.push(JSON.parse(data));
  const send = (frame) => socket.send(JSON.stringify(frame));
  for (const frame of [{ t: "hello", v: 1, token }, ...first]) send(frame);
  return { socket, frames, send };
}

for (const flavour of FLAVOURS) {
  describe(flavour, () => {
    let program, alice, bob, guest, viewer, overlay, host, burst;
    before(async () => {
      program = await Program.start();
      [alice, bob, guest] = [1, 2, 3].map(() => new Client(program, flavour));
      viewer = await native(program, "Mika");
      overlay = await role(program, program.secrets.display, { t: "watch", overlay: "main" });
      host = await role(program, program.secrets.host);
    });
    after(async () => {
      for (const end of [viewer, overlay, host]) end?.socket.close();
      await program?.stop();
    });
    const event = (what, accepts) => until(what, () =>
      viewer.frames.filter((f) => f.t === "batch").flatMap((f) => f.events).find(accepts));

    const drawn = (what) => until(`overlay draws ${what}`, () =>
      overlay.frames.some((f) => f.t === "cues" && JSON.stringify(f.cues).includes(what)));

    test("a guest joins without a login", async () => {
      const { code, data } = await guest.join();
      assert.deepEqual([code, data.status], [0, guest.TIM.TYPES.JOIN_STATUS_SUCCESS]);
    });

    test("a user logs in, is ready, sets nickname and picture, and joins", async () => {
      await alice.login("alice");
      await alice.tim.updateMyProfile({ nick: "Alice A.", avatar: "https://example.org/a.png" });
      const { data } = await alice.join();
      assert.equal(data.status, alice.TIM.TYPES.JOIN_STATUS_SUCCESS);
      assert.equal(data.group.type, alice.TIM.TYPES.GRP_AVCHATROOM);
      assert.equal(data.group.name, "Live");
      const again = await alice.join();
      assert.equal(again.data.status, alice.TIM.TYPES.JOIN_STATUS_ALREADY_IN_GROUP);
      const tip = await guest.tip(alice.TIM.TYPES.GRP_TIP_MBR_JOIN, "alice");
      if (has(flavour, "nicks")) assert.equal(tip.payload.memberList[0].nick, "Alice A.");
      if (has(flavour, "own tip")) await alice.tip(alice.TIM.TYPES.GRP_TIP_MBR_JOIN, "alice");
    });

    test("text is answered with time and number and reaches SDK, guest, page and overlay whole", async () => {
      await bob.login("bob");
      await bob.join();
      await alice.tip(bob.TIM.TYPES.GRP_TIP_MBR_JOIN, "bob");
      const cloudCustomData = JSON.stringify({ level: 7, "名": "值" });
      const text = "Hello <b>world</b> 🎉 \u202e ok";
      const { code, data: { message } } = await alice.say(text, {
        priority: alice.TIM.TYPES.MSG_PRIORITY_HIGH, cloudCustomData,
      });
      assert.equal(code, 0);
      assert.ok(message.sequence > 0 && Math.abs(message.time - Date.now() / 1000) < 5);
      for (const reader of [bob, guest]) {
        const got = await reader.heard(text);
        assert.deepEqual(
          [got.from, got.nick, got.avatar, got.priority, got.to, got.conversationType],
          ["alice", "Alice A.", "https://example.org/a.png", "High", "main", "GROUP"],
        );
        if (has(flavour, "cloud")) assert.equal(got.cloudCustomData, cloudCustomData);
        const id = ({ ID }) => (has(flavour, "nicks") ? ID : ID.replace(/-[01]$/, ""));
        assert.deepEqual([got.sequence, got.time, id(got)], [message.sequence, message.time, id(message)]);
      }
      const line = await event("comment", (e) => e.text === "Hello <b>world</b> 🎉 ok");
      assert.deepEqual([line.from.id, line.from.nick, line.priority], ["alice", "Alice A.", "high"]);
      await drawn("Hello <b>world</b> 🎉 ok");
      assert.equal(alice.messages.filter((m) => m.payload.text === text).length, 0, "own message is not heard twice");
    });

    test("custom messages arrive as they were sent; a gift and a like become ours", async () => {
      const payload = { data: '{"cmd":"quit","Members_Account":["x"]}', description: "d", extension: "e" };
      const { data: { message } } = await alice.tim.sendMessage(alice.custom(payload));
      for (const reader of [bob, guest]) {
        const got = await reader.received("custom", (m) => m.payload.data === payload.data);
        assert.deepEqual([got.payload.description, got.payload.extension], ["d", "e"]);
        assert.equal(got.sequence, message.sequence);
      }
      assert.equal((await event("custom", (e) => e.kind === "custom" && e.data)).data, payload.data);

      const gift = { version: "1.0", businessID: "TUIGift", platform: "web", data: { giftId: "rocket", giftCount: 2 } };
      await alice.tim.sendMessage(alice.custom({ data: JSON.stringify(gift) }));
      const given = await event("gift", (e) => e.kind === "gift" && e.from.id === "alice");
      assert.deepEqual([given.gift.id, given.count, given.priority], ["rocket", 2, "high"]);
      await bob.received("gift", (m) => m.payload.data === JSON.stringify(gift));
      await drawn("rocket");

      const like = { version: "1.0", businessID: "TUIGift_like", platform: "web", data: {} };
      await alice.tim.sendMessage(alice.custom({ data: JSON.stringify(like) }));
      await until("like", () => viewer.frames.some((f) => f.t === "state" && f.likes === 1));
      if (has(flavour, "counters")) {
        await until("counter", () => bob.events.some((e) => e.name === bob.TIM.EVENT.GROUP_COUNTER_UPDATED
          && e.data.key === "likes" && e.data.value === 1));
      }
    });

    test("a page's comment and gift reach member and guest", async () => {
      viewer.send({ t: "send", cid: 1, body: { kind: "comment", text: "from the page" } });
      viewer.send({ t: "send", cid: 2, body: { kind: "gift", gift: "rose", count: 3 } });
      for (const reader of [alice, guest]) {
        const got = await reader.heard("from the page");
        assert.deepEqual([got.nick, got.priority], ["Mika", "Normal"]);
        const gift = await reader.received("gift", (m) => m.nick === "Mika" && m.payload.data);
        const { businessID, data } = JSON.parse(gift.payload.data);
        assert.deepEqual([businessID, data.giftId, data.giftCount, gift.priority], ["TUIGift", "rose", 3, "High"]);
      }
    });

    test("a burst of 30 keeps its order, at members, guests and pages", async () => {
      burst = await alice.burst(Array.from({ length: 30 }, (_, i) => `burst ${i}`));
      const texts = burst.map(([text]) => text);
      for (const reader of [bob, guest]) {
        await reader.heard(texts.at(-1));
        const got = reader.messages.filter((m) => m.payload.text?.startsWith("burst"));
        assert.deepEqual(got.map((m) => [m.payload.text, m.sequence]), burst);
      }
      await event("last", (e) => e.text === texts.at(-1));
      const lines = viewer.frames.filter((f) => f.t === "batch").flatMap((f) => f.events).map((e) => e.text);
      assert.deepEqual(lines.filter((t) => t?.startsWith("burst")), texts);
    });

    test("who joins gets the last 20 messages, a member with the join, a guest with the first poll", async () => {
      const [carol, late] = [new Client(program, flavour), new Client(program, flavour)];
      await carol.login("carol");
      await carol.join();
      await late.join();
      for (const reader of has(flavour, "history") ? [carol, late] : [late]) {
        await reader.heard(burst.at(-1)[0]);
        const got = reader.messages.filter((m) => m.type === reader.TIM.TYPES.MSG_TEXT);
        assert.deepEqual(got.map((m) => [m.payload.text, m.sequence]), burst.slice(-20));
      }
    });

    test("online count and profile of the group are told", async () => {
      if (has(flavour, "cloud")) {
        const { data } = await bob.tim.getGroupOnlineMemberCount("main");
        assert.ok(data.memberCount >= 4, `${data.memberCount}`);
      }
      const { data: { group } } = await bob.tim.getGroupProfile({ groupID: "main" });
      assert.deepEqual([group.groupID, group.ownerID, group.selfInfo.role], ["main", "administrator", "Member"]);
    });

    test("too long, unknown and unjoined are refused with their codes", async () => {
      assert.equal(await refusal(alice.say("x".repeat(13_000))), 80002);
      assert.equal(await refusal(alice.join("nowhere")), 10010);
      const { data } = await alice.say("after the refusals");
      assert.ok(data.message.sequence > 0);
    });

    test("who is muted by the host is refused, and heard again when it is lifted", async () => {
      const mute = async (id, seconds) => {
        host.send({ t: "do", id, command: { do: "mute", user: "alice", seconds } });
        await until("done", () => host.frames.some((f) => f.t === "done" && f.id === id));
      };
      await mute(1, 600);
      assert.equal(await refusal(alice.say("muted")), 10017);
      await mute(2, 0);
      await alice.say("unmuted");
      await bob.heard("unmuted");
    });

    test("what the host removes is not in the history of who comes later", async () => {
      await alice.say("to be removed");
      const { id } = await event("line", (e) => e.text === "to be removed");
      host.send({ t: "do", id: 3, command: { do: "remove", id } });
      await until("removed", () => viewer.frames.some((f) => f.t === "remove" && f.ids.includes(id)));
      await alice.say("the last line");
      const late = new Client(program, flavour);
      await late.join();
      await late.heard("the last line");
      assert.equal(late.messages.some((m) => m.payload.text === "to be removed"), false);
    });

    test("who quits is said to quit, hears nothing more and may come back", async () => {
      await bob.tim.quitGroup("main");
      for (const reader of [alice, guest]) await reader.tip(bob.TIM.TYPES.GRP_TIP_MBR_QUIT, "bob");
      await alice.say("bob is away");
      await guest.heard("bob is away");
      assert.equal(bob.messages.some((m) => m.payload.text === "bob is away"), false);
      assert.equal(await refusal(bob.say("from outside")) === 0, false);
      assert.equal((await bob.join()).data.status, bob.TIM.TYPES.JOIN_STATUS_SUCCESS);
      if (has(flavour, "history")) await bob.heard("bob is away");
      await alice.say("bob is back");
      await bob.heard("bob is back");
    });

    test("a guest that quits hears nothing more, and may log in and speak", async () => {
      await guest.tim.quitGroup("main");
      await guest.login("gina");
      await guest.join();
      await guest.say("a guest no more");
      await alice.heard("a guest no more");
    });
  });
}
