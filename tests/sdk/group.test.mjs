// What owners, admins and members do with a group of their own, as far as each version can.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { Program, until } from "../e2e/program.mjs";
import { Client, FLAVOURS, has, plain, refusal, version } from "./client.mjs";

for (const flavour of FLAVOURS) {
  describe(`${flavour} in a group of its own`, () => {
    let program, olga, alice, bob, guest;
    const can = (feature) => has(flavour, feature);
    const groupID = "show";
    before(async () => {
      program = await Program.start();
      [olga, alice, bob, guest] = [1, 2, 3, 4].map(() => new Client(program, flavour, { group: groupID }));
      await Promise.all([olga.login("olga"), alice.login("alice"), bob.login("bob")]);
    });
    after(() => program?.stop());

    /** The tip of that operation which `accepts` takes, as each reader got it. */
    const tips = (operation, accepts, readers = [alice, guest]) => Promise.all(readers.map((reader) =>
      reader.received(`tip ${operation}`, (m) => m.type === reader.TIM.TYPES.MSG_GRP_TIP
        && m.payload.operationType === operation && accepts(m.payload))));
    const told = (reader, name, accepts) => until(`${reader.user} is told ${name}`, () =>
      reader.events.find((e) => e.name === reader.TIM.EVENT[name] && accepts(e.data)));

    test("a user makes a group and is its owner", async () => {
      const { data } = await olga.tim.createGroup({
        groupID, name: "The show", type: olga.TIM.TYPES.GRP_AVCHATROOM, introduction: "about", notification: "be kind",
      });
      assert.deepEqual([data.group.groupID, data.group.type], [groupID, "AVChatRoom"]);
      for (const who of [olga, alice, bob, guest]) assert.equal((await who.join()).code, 0);
      const { data: { group } } = await alice.tim.getGroupProfile({ groupID });
      assert.deepEqual(
        [group.name, group.ownerID, group.selfInfo.role, group.introduction, group.notification],
        ["The show", "olga", "Member", "about", "be kind"],
      );
      assert.equal((await olga.tim.getGroupProfile({ groupID })).data.group.selfInfo.role, "Owner");
      assert.equal(await refusal(alice.tim.createGroup({ groupID, name: "Mine", type: "AVChatRoom" })), 10021);
      assert.equal(await refusal(olga.tim.quitGroup(groupID)), 10009);
    });

    // A group's attributes are written five times a second at most: these tests are not all together.
    const attributes = (groupAttributes, updated, deleted) => told(alice, "GROUP_ATTRIBUTES_UPDATED", (data) =>
      isDeepStrictEqual({ ...data.groupAttributes }, groupAttributes)
      && (!can("changed keys") || isDeepStrictEqual(plain([data.updatedKeyList, data.deletedKeyList]), [updated, deleted])));

    if (can("attributes")) test("attributes are set, changed and deleted, and all are told", async () => {
      await olga.tim.initGroupAttributes({ groupID, groupAttributes: { product: "mug", price: "9" } });
      await attributes({ product: "mug", price: "9" }, ["product", "price"], []);
      await olga.tim.setGroupAttributes({ groupID, groupAttributes: { price: "8", left: "3" } });
      await attributes({ product: "mug", price: "8", left: "3" }, ["price", "left"], []);
      await olga.tim.deleteGroupAttributes({ groupID, keyList: ["left"] });
      await attributes({ product: "mug", price: "8" }, [], ["left"]);
    });

    test("the owner edits the profile, and all are told", async () => {
      const groupCustomField = [{ key: "likes", value: "7" }];
      await olga.tim.updateGroupProfile({
        groupID, name: "Another show", introduction: "more", notification: "be kinder", groupCustomField,
      });
      for (const { payload } of await tips(6, ({ newGroupProfile }) => newGroupProfile?.groupCustomField)) {
        const now = payload.newGroupProfile;
        assert.deepEqual(
          plain([now.groupName ?? now.name, now.introduction, now.notification, now.groupCustomField]),
          ["Another show", "more", "be kinder", groupCustomField],
        );
      }
      const { data: { group } } = await alice.tim.getGroupProfile({ groupID, groupCustomFieldFilter: ["likes"] });
      assert.deepEqual(plain([group.name, group.groupCustomField]), ["Another show", groupCustomField]);
      assert.equal(await refusal(alice.tim.updateGroupProfile({ groupID, name: "Mine now" })), 10007);
    });

    test("while all are muted only the owner may speak", async () => {
      await olga.tim.updateGroupProfile({ groupID, muteAllMembers: true });
      assert.equal(await refusal(alice.say("muted with all")), 10017);
      await olga.say("silence, please");
      await guest.heard("silence, please");
      await olga.tim.updateGroupProfile({ groupID, muteAllMembers: false });
      await alice.say("thank you");
      await guest.heard("thank you");
    });

    test("the owner mutes one for a time, which is told, and lifts it", async () => {
      const mute = (muteTime) => olga.tim.setGroupMemberMuteTime({ groupID, userID: "alice", muteTime });
      if (version(flavour) === "3.1.1") {
        assert.equal(await refusal(mute(600)), 2687, "this version refuses it itself");
        return;
      }
      await mute(600);
      await tips(7, ({ memberList }) => memberList[0].userID === "alice" && memberList[0].muteTime === 600);
      assert.equal(await refusal(alice.say("muted")), 10017);
      await mute(0);
      await alice.say("unmuted");
      await guest.heard("unmuted");
    });

    if (can("attributes")) test("who writes attributes on an old copy is refused, reads them and may", async () => {
      const carol = new Client(program, flavour, { group: groupID });
      await carol.login("carol");
      await carol.join();
      const write = () => carol.tim.setGroupAttributes({ groupID, groupAttributes: { price: "7" } });
      assert.equal(await refusal(write()), 10056);
      const { data } = await carol.tim.getGroupAttributes({ groupID, keyList: ["price"] });
      assert.deepEqual({ ...data.groupAttributes }, { price: "8" });
      await write();
      await attributes({ product: "mug", price: "7" }, ["price"], []);
      await carol.tim.quitGroup(groupID);
    });

    if (can("counters")) test("counters are set, moved and told", async () => {
      // Bob's instance answers from what it was told, so it must have been told.
      const hear = (key, value) => Promise.all([olga, alice, bob].map((who) => told(who, "GROUP_COUNTER_UPDATED",
        (data) => data.groupID === groupID && data.key === key && data.value === value)));
      const { data } = await olga.tim.setGroupCounters({ groupID, counters: { like: 5, gift: 1 } });
      assert.deepEqual({ ...data.counters }, { like: 5, gift: 1 });
      await hear("like", 5);
      await hear("gift", 1);
      assert.equal((await alice.tim.increaseGroupCounter({ groupID, key: "like", value: 3 })).data.counters.like, 8);
      await hear("like", 8);
      assert.equal((await alice.tim.decreaseGroupCounter({ groupID, key: "like", value: 2 })).data.counters.like, 6);
      await hear("like", 6);
      const { data: all } = await bob.tim.getGroupCounters({ groupID });
      assert.deepEqual({ ...all.counters }, { like: 6, gift: 1 });
    });

    if (can("members")) test("members are listed with name, picture and marks", async () => {
      await alice.tim.updateMyProfile({ nick: "Alice", avatar: "https://example.org/a.png" });
      const { data } = await olga.tim.markGroupMemberList({ groupID, userIDList: ["alice", "nobody"], markType: 1001, enableMark: true });
      assert.deepEqual([data.successUserIDList, data.failureUserIDList], [["alice"], ["nobody"]]);
      const { data: { memberList } } = await olga.tim.getGroupMemberList({ groupID, count: 30 });
      assert.deepEqual(memberList.map((m) => m.userID).sort(), ["alice", "bob", "olga"]);
      const { nick, avatar } = memberList.find((m) => m.userID === "alice");
      assert.deepEqual([nick, avatar], ["Alice", "https://example.org/a.png"]);
      const marked = await bob.tim.getGroupMemberList({ groupID, count: 30, filter: 1001 });
      assert.deepEqual(marked.data.memberList.map((m) => m.userID), ["alice"]);
    });

    if (can("roles")) test("an admin is named, may mute, and is a member again", async () => {
      const role = (role) => olga.tim.setGroupMemberRole({ groupID, userID: "bob", role });
      await role("Admin");
      await tips(4, ({ userIDList }) => userIDList.includes("bob"));
      const mute = (muteTime) => bob.tim.setGroupMemberMuteTime({ groupID, userID: "alice", muteTime });
      await mute(60);
      assert.equal(await refusal(alice.say("muted by bob")), 10017);
      await mute(0);
      await role("Member");
      await tips(5, ({ userIDList }) => userIDList.includes("bob"));
      assert.equal(await refusal(mute(60)) === 0, false);
    });

    if (can("members")) test("who is banned is told, is out and stays out", async () => {
      await olga.tim.deleteGroupMember({ groupID, userIDList: ["bob"], duration: 600, reason: "spam" });
      const notice = await bob.received("notice", (m) => m.type === bob.TIM.TYPES.MSG_GRP_SYS_NOTICE && m.payload.operationType === 21);
      assert.deepEqual([notice.payload.operatorID, notice.payload.groupProfile.groupID], ["olga", groupID]);
      await tips(10, ({ userIDList }) => userIDList.includes("bob"));
      assert.notEqual(await refusal(bob.say("let me in")), 0);
      assert.equal(await refusal(bob.join()), 10007);
      await alice.say("without bob");
      await guest.heard("without bob");
      assert.equal(bob.messages.some((m) => m.payload.text === "without bob"), false);
      assert.equal(await refusal(alice.tim.deleteGroupMember({ groupID, userIDList: ["olga"], duration: 600 })), 10007);
    });

    if (can("attributes")) test("attributes are all taken away", async () => {
      await olga.tim.deleteGroupAttributes({ groupID, keyList: [] });
      await attributes({}, [], ["product", "price"]);
    });

    test("a group that its owner ends is ended for all", async () => {
      assert.equal(await refusal(alice.tim.dismissGroup(groupID)), 10007);
      await olga.tim.dismissGroup(groupID);
      for (const reader of [alice, guest]) {
        await reader.received("notice 5", (m) => m.type === reader.TIM.TYPES.MSG_GRP_SYS_NOTICE && m.payload.operationType === 5);
      }
      assert.notEqual(await refusal(alice.say("anybody?")), 0);
      assert.equal(await refusal(new Client(program, flavour).join(groupID)), 10010);
    });
  });
}
