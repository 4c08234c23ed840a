// The steps of the vendor's introduction to live chat, written as it writes them, with every version.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Program, until } from "../e2e/program.mjs";
import { Client, FLAVOURS, has, refusal, usersig } from "./client.mjs";

for (const flavour of FLAVOURS) {
  describe(`${flavour} goes through the steps`, () => {
    let program, alice, bob, guest;
    /** What needs a login is refused by the SDK itself: not logged in, or not ready, or with no answer at all. */
    const needsLogin = async (call) => {
      if (!has(flavour, "cloud")) assert.equal(await call(), undefined);
      else assert.equal(await refusal(call()), has(flavour, "not logged in") ? 2024 : 2999);
    };
    before(async () => {
      program = await Program.start();
      [alice, bob, guest] = [1, 2, 3].map(() => new Client(program, flavour));
    });
    after(() => program?.stop());

    test("Step 4: an instance is one for its app, and has its types and events", () => {
      const { TIM, tim } = alice;
      assert.equal(TIM.create({ SDKAppID: program.secrets.sdkappid }), tim);
      assert.deepEqual(
        [TIM.EVENT.SDK_READY, TIM.EVENT.MESSAGE_RECEIVED, TIM.TYPES.MSG_TEXT, TIM.TYPES.MSG_GRP_TIP],
        ["sdkStateReady", "onMessageReceived", "TIMTextElem", "TIMGroupTipElem"],
      );
    });

    test("Step 4: before a login what needs one fails", async () => {
      await needsLogin(() => alice.say("too early"));
      await needsLogin(() => alice.tim.updateMyProfile({ nick: "x" }));
    });

    test("Step 5: a login is answered, and the SDK says that it is ready", async () => {
      const userSig = usersig(program, "alice");
      const { code, data } = await alice.tim.login({ userID: "alice", userSig });
      assert.deepEqual([code, data.actionStatus, data.errorCode, data.errorInfo], [0, "OK", 0, ""]);
      const ready = await until("ready", () => alice.saw(alice.TIM.EVENT.SDK_READY));
      assert.equal(ready.name, "sdkStateReady");
      alice.user = "alice";
      const again = await alice.tim.login({ userID: "alice", userSig });
      assert.equal(again.data.repeatLogin, true);
    });

    test("Step 6: nickname and picture are set and told back", async () => {
      const { code, data } = await alice.tim.updateMyProfile({ nick: "My nickname", avatar: "https://url/to/image.jpg" });
      assert.deepEqual([code, data.nick, data.avatar], [0, "My nickname", "https://url/to/image.jpg"]);
      const { data: mine } = await alice.tim.getMyProfile();
      assert.deepEqual([mine.userID, mine.nick, mine.avatar], ["alice", "My nickname", "https://url/to/image.jpg"]);
    });

    test("Step 7: a guest joins without a login and only listens", async () => {
      const { code, data } = await guest.tim.joinGroup({ groupID: "main" });
      assert.deepEqual([code, data.status], [0, "JoinedSuccess"]);
      await needsLogin(() => guest.say("may I?"));
    });

    test("Step 7: a user joins, is told its profile, and joins only once", async () => {
      await bob.login("bob");
      assert.equal((await bob.join()).data.status, bob.TIM.TYPES.JOIN_STATUS_SUCCESS);
      const { data } = await alice.tim.joinGroup({ groupID: "main" });
      assert.equal(data.status, alice.TIM.TYPES.JOIN_STATUS_SUCCESS);
      assert.deepEqual([data.group.groupID, data.group.type], ["main", alice.TIM.TYPES.GRP_AVCHATROOM]);
      const again = await alice.tim.joinGroup({ groupID: "main" });
      assert.equal(again.data.status, alice.TIM.TYPES.JOIN_STATUS_ALREADY_IN_GROUP);
      for (const reader of [bob, guest]) {
        const tip = await reader.tip(reader.TIM.TYPES.GRP_TIP_MBR_JOIN, "alice");
        assert.deepEqual([tip.nick, tip.avatar], ["My nickname", "https://url/to/image.jpg"]);
        assert.deepEqual([tip.to, tip.conversationType, tip.payload.operatorID], ["main", "GROUP", "alice"]);
      }
    });

    test("Step 7: a group that is not there is refused", async () => {
      assert.equal(await refusal(new Client(program, flavour).tim.joinGroup({ groupID: "avchatroom_groupID" })), 10010);
    });

    for (const priority of ["HIGH", "NORMAL", "LOW", "LOWEST"]) {
      test(`Step 8: a text of priority ${priority} arrives whole`, async () => {
        const { TIM, tim } = alice;
        const text = `Hello world! ${priority}`;
        const message = tim.createTextMessage({
          to: "main", conversationType: TIM.TYPES.CONV_GROUP, priority: TIM.TYPES[`MSG_PRIORITY_${priority}`],
          payload: { text },
        });
        assert.equal(message.status, "unSend");
        const { code, data } = await tim.sendMessage(message);
        assert.deepEqual([code, data.message.status, data.message.flow], [0, "success", "out"]);
        for (const reader of [bob, guest]) {
          const got = await reader.heard(text);
          assert.deepEqual(
            [got.type, got.payload.text, got.from, got.to, got.conversationID, got.conversationType],
            ["TIMTextElem", text, "alice", "main", "GROUPmain", "GROUP"],
          );
          assert.deepEqual(
            [got.nick, got.avatar, got.priority, got.sequence, got.time],
            ["My nickname", "https://url/to/image.jpg", TIM.TYPES[`MSG_PRIORITY_${priority}`], message.sequence, message.time],
          );
        }
        assert.equal((await bob.heard(text)).flow, "in");
      });
    }

    test("Step 8: other kinds of messages arrive as they were sent", async () => {
      const { TIM, tim } = alice;
      const to = { to: "main", conversationType: TIM.TYPES.CONV_GROUP };
      const custom = { data: "voucher", description: "20% off", extension: '{"id":7}' };
      const sent = [
        tim.createCustomMessage({ ...to, payload: custom }),
        tim.createFaceMessage({ ...to, payload: { index: 3, data: "tt05" } }),
      ];
      for (const message of sent) {
        await tim.sendMessage(message);
        for (const reader of [bob, guest]) {
          const got = await reader.received(message.type, (m) => m.sequence === message.sequence);
          assert.equal(got.type, message.type);
          assert.deepEqual(JSON.parse(JSON.stringify(got.payload)), JSON.parse(JSON.stringify(message.payload)));
        }
      }
    });

    test("Step 8: 200 messages at once arrive all and in order, for they are important", async () => {
      const texts = Array.from({ length: 200 }, (_, i) => `red packet ${i}`);
      const sent = await alice.burst(texts, { priority: alice.TIM.TYPES.MSG_PRIORITY_HIGH });
      for (const reader of [bob, guest]) {
        await reader.heard(sent.at(-1)[0], 20_000);
        const got = reader.messages.filter((m) => m.payload.text?.startsWith("red packet"));
        assert.deepEqual(got.map((m) => [m.payload.text, m.sequence]), sent);
      }
    });

    test("Step 8: what may not be sent is refused with its code", async () => {
      assert.equal(await refusal(alice.say("x".repeat(13_000))), 80002);
      assert.notEqual(await refusal(alice.say("elsewhere", { to: "avchatroom_groupID" })), 0);
      assert.equal((await alice.say("still here")).code, 0);
    });
  });
}
