// Messages from one user to another, online and not.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Program, until } from "../e2e/program.mjs";
import { Backend } from "./backend.mjs";
import { Client, FLAVOURS, refusal } from "./client.mjs";

for (const flavour of FLAVOURS) {
  describe(`${flavour} from one to another`, () => {
    let program, backend, alice, bob;
    before(async () => {
      program = await Program.start();
      backend = new Backend(program);
      [alice, bob] = [new Client(program, flavour), new Client(program, flavour)];
      await Promise.all([alice.login("alice"), bob.login("bob")]);
    });
    after(() => program?.stop());

    const to = (who, payload) => who.tim.createCustomMessage({
      to: who === alice ? "bob" : "alice", conversationType: who.TIM.TYPES.CONV_C2C, payload,
    });

    test("a custom message goes one way and the other, whole", async () => {
      await alice.tim.updateMyProfile({ nick: "Alice A.", avatar: "https://example.org/a.png" });
      for (const [from, reader] of [[alice, bob], [bob, alice]]) {
        const payload = { data: JSON.stringify({ cmd: "wave", from: from.user }), description: "d", extension: "e" };
        const { data: { message } } = await from.tim.sendMessage(to(from, payload));
        assert.equal(message.status, "success");
        const got = await reader.received("custom", (m) => m.payload.data === payload.data);
        assert.deepEqual([got.type, got.payload.description, got.payload.extension], ["TIMCustomElem", "d", "e"]);
        assert.deepEqual([got.from, got.to, got.flow, got.conversationType], [from.user, reader.user, "in", "C2C"]);
        assert.equal(got.conversationID, `C2C${from.user}`);
        assert.equal(from.messages.some((m) => m.payload.data === payload.data), false, "not to who sent it");
      }
    });

    test("an admin's message by REST arrives from whom it names", async () => {
      const MsgBody = [{ MsgType: "TIMCustomElem", MsgContent: { Data: '{"cmd":"quit"}', Desc: "d", Ext: "e" } }];
      const answer = await backend.rest("openim/sendmsg", {
        From_Account: "bob", To_Account: "alice", MsgRandom: 12_345, SyncOtherMachine: 2, MsgBody,
      });
      assert.ok(answer.MsgTime > 0 && answer.MsgKey.length <= 50);
      const got = await alice.received("quit", (m) => m.payload.data === '{"cmd":"quit"}');
      assert.deepEqual([got.from, got.payload.extension], ["bob", "e"]);
    });

    test("what comes while one is away waits in the conversation", async () => {
      await backend.rest("im_open_login_svc/account_import", { UserID: "carol" });
      const message = bob.tim.createCustomMessage({
        to: "carol", conversationType: bob.TIM.TYPES.CONV_C2C, payload: { data: "later", description: "", extension: "" },
      });
      await bob.tim.sendMessage(message);
      const carol = new Client(program, flavour);
      await carol.login("carol");
      const conversation = await until("conversation", async () => {
        const { data } = await carol.tim.getConversationList();
        return data.conversationList.find((c) => c.conversationID === "C2Cbob" && c.unreadCount === 1);
      });
      assert.equal(conversation.lastMessage.payload?.data ?? conversation.lastMessage.data, "later");
    });

    test("who does not exist cannot be written to", async () => {
      const message = alice.tim.createCustomMessage({
        to: "nobody-here", conversationType: alice.TIM.TYPES.CONV_C2C, payload: { data: "x", description: "", extension: "" },
      });
      assert.equal(await refusal(alice.tim.sendMessage(message)), 90012);
    });
  });
}
