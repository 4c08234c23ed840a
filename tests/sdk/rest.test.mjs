// What a back end does by REST, as SDKs in the room see it.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Program, until } from "../e2e/program.mjs";
import { Backend } from "./backend.mjs";
import { Client, FLAVOURS, has, plain, refusal } from "./client.mjs";

const GROUPS = "group_open_http_svc";

for (const flavour of FLAVOURS) {
  describe(`${flavour} and a back end`, () => {
    let program, backend, alice, bob, guest;
    before(async () => {
      program = await Program.start();
      backend = new Backend(program);
      [alice, bob, guest] = [1, 2, 3].map(() => new Client(program, flavour, { group: "rest" }));
      await Promise.all([alice.login("alice"), bob.login("bob")]);
      await backend.rest(`${GROUPS}/create_group`, { Type: "AVChatRoom", Name: "By REST", GroupId: "rest", Owner_Account: "bob" });
      for (const who of [alice, bob, guest]) await who.join();
    });
    after(() => program?.stop());

    test("its message arrives from whom it names", async () => {
      await bob.tim.updateMyProfile({ nick: "Bob", avatar: "https://example.org/b.png" });
      const { MsgSeq } = await backend.rest(`${GROUPS}/send_group_msg`, {
        GroupId: "rest", Random: 8912345, From_Account: "bob", MsgPriority: "High", CloudCustomData: "cloud",
        MsgBody: [{ MsgType: "TIMTextElem", MsgContent: { Text: "red packet" } }],
      });
      for (const reader of [alice, guest]) {
        const got = await reader.heard("red packet");
        assert.deepEqual(
          [got.from, got.nick, got.avatar, got.priority, got.sequence, got.cloudCustomData ?? "cloud"],
          ["bob", "Bob", "https://example.org/b.png", "High", MsgSeq, "cloud"],
        );
      }
    });

    test("its notice has its text in userDefinedField", async () => {
      await backend.rest(`${GROUPS}/send_group_system_notification`, { GroupId: "rest", Content: "the lottery begins 🎲" });
      for (const reader of [alice, guest]) {
        const { TYPES } = reader.TIM;
        const got = await reader.received("notice", (m) => m.type === TYPES.MSG_GRP_SYS_NOTICE && m.payload.operationType === 255);
        assert.equal(got.payload.userDefinedField, "the lottery begins 🎲");
      }
    });

    test("it mutes one, who is refused until it lifts that", async () => {
      const mute = (MuteTime) => backend.rest(`${GROUPS}/forbid_send_msg`, { GroupId: "rest", Members_Account: ["alice"], MuteTime });
      await mute(600);
      assert.equal(await refusal(alice.say("muted")), 10017);
      await mute(0);
      assert.equal((await alice.say("unmuted")).code, 0);
    });

    test("the profile field it writes is told and asked for", async () => {
      await backend.rest(`${GROUPS}/modify_group_base_info`, { GroupId: "rest", AppDefinedData: [{ Key: "likes", Value: "41" }] });
      for (const reader of [alice, guest]) {
        await reader.received("likes", (m) => m.type === reader.TIM.TYPES.MSG_GRP_TIP && m.payload.operationType === 6
          && m.payload.newGroupProfile.groupCustomField?.some(({ key, value }) => key === "likes" && value === "41"));
      }
      const { data: { group } } = await alice.tim.getGroupProfile({ groupID: "rest", groupCustomFieldFilter: ["likes"] });
      assert.deepEqual(plain(group.groupCustomField), [{ key: "likes", value: "41" }]);
    });

    if (has(flavour, "members")) test("its broadcast reaches every group, and says that it is one", async () => {
      const elsewhere = new Client(program, flavour);
      await elsewhere.join("main");
      await backend.rest(`${GROUPS}/send_broadcast_msg`, {
        From_Account: "administrator", Random: 56478, CloudCustomData: "",
        MsgBody: [{ MsgType: "TIMTextElem", MsgContent: { Text: "to everybody" } }],
      });
      for (const reader of [alice, guest, elsewhere]) {
        const got = await reader.heard("to everybody");
        assert.deepEqual([got.isBroadcastMessage, got.from], [true, "administrator"]);
      }
    });

    if (has(flavour, "members")) test("it bans one and lets it in again", async () => {
      await backend.rest(`${GROUPS}/ban_group_member`, { GroupId: "rest", Members_Account: ["alice"], Duration: 600, Description: "spam" });
      await alice.received("notice", (m) => m.type === alice.TIM.TYPES.MSG_GRP_SYS_NOTICE && m.payload.operationType === 21);
      assert.equal(await refusal(alice.join()), 10007);
      await backend.rest(`${GROUPS}/unban_group_member`, { GroupId: "rest", Members_Account: ["alice"] });
      assert.equal((await alice.join()).data.status, "JoinedSuccess");
    });

    test("its counters and attributes are told who knows them, and harm nobody", async () => {
      const told = (name, accepts) => until(name, () =>
        alice.events.find((e) => e.name === alice.TIM.EVENT[name] && accepts(e.data)));
      await backend.rest(`${GROUPS}/update_group_counter`, { GroupId: "rest", GroupCounter: [{ Key: "like", Value: 12 }], Mode: "Set" });
      await backend.rest(`${GROUPS}/set_group_attr`, { GroupId: "rest", GroupAttr: [{ key: "product", value: "mug" }] });
      if (has(flavour, "counters")) await told("GROUP_COUNTER_UPDATED", ({ key, value }) => key === "like" && value === 12);
      if (has(flavour, "attributes")) await told("GROUP_ATTRIBUTES_UPDATED", ({ groupAttributes }) => groupAttributes.product === "mug");
      await bob.say("after the counters");
      for (const reader of [alice, guest]) await reader.heard("after the counters");
    });

    test("a group that it ends is ended for all", async () => {
      await backend.rest(`${GROUPS}/destroy_group`, { GroupId: "rest" });
      for (const reader of [alice, guest]) {
        await reader.received("notice 5", (m) => m.type === reader.TIM.TYPES.MSG_GRP_SYS_NOTICE && m.payload.operationType === 5);
      }
      assert.equal(await refusal(new Client(program, flavour).join("rest")), 10010);
    });
  });
}
