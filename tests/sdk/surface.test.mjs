// What the other tests do not touch of the newest packages: all that docs/compatibility/sdk.md says of it is so.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import WebSocket from "ws";
import { rows } from "../compat/rows.mjs";
import { Program, client as native, until } from "../e2e/program.mjs";
import { CALLS } from "./calls.mjs";
import { Client, FLAVOURS, refusal } from "./client.mjs";

const NEWEST = ["chat 3.6.6", "tim 2.27.6"];
/** Its packages for files and friends are apart: these ask for them. */
const APART = 2998;

/** Whether there is nothing in it, however deep. */
const isEmpty = (data) => data === undefined || (typeof data === "object" && Object.values(data).every(isEmpty));

for (const flavour of FLAVOURS.filter((name) => NEWEST.includes(name))) {
  describe(`${flavour}, the rest of it`, () => {
    let program, alice, bob, scene;
    before(async () => {
      program = await Program.start();
      [alice, bob] = [new Client(program, flavour), new Client(program, flavour)];
      await Promise.all([alice.login("alice"), bob.login("bob")]);
      await alice.tim.updateMyProfile({ nick: "Alice A.", selfSignature: "here", level: 7 });
      await Promise.all([alice.join(), bob.join()]);
      const { data: { message } } = await alice.say("hello");
      const { data: { message: extended } } = await alice.say("more of it", { isSupportExtension: true });
      scene = { tim: alice.tim, TIM: alice.TIM, group: "main", to: "bob", message, extended };
    });
    after(() => program?.stop());

    /** The rows of methods of this package that name this test. */
    const named = (name) => rows("sdk").filter(({ table, key, tests }) =>
      table === "method" && key in alice.tim && tests.some((one) => one.name === name));
    const attempt = async (key) => refusal((async () => CALLS[key](scene))());
    const to = () => ({ to: "main", conversationType: alice.TIM.TYPES.CONV_GROUP });

    test("what no live room has fails with the code of its row", async (run) => {
      const listed = named(run.name);
      assert.ok(listed.length > 30, `${listed.length} rows`);
      const got = {};
      for (const { key } of listed) got[key] = await attempt(key);
      const codes = listed.map(({ key, codes }) => [key, flavour === NEWEST[0] ? codes[0] : codes.at(-1)]);
      assert.deepEqual(got, Object.fromEntries(codes));
    });

    test("what there is none of is answered as empty", async (run) => {
      const listed = named(run.name);
      assert.ok(listed.length > 8, `${listed.length} rows`);
      for (const { key } of listed) {
        const code = await attempt(key);
        assert.ok(code === 0 || (code === APART && flavour === NEWEST[1]), `${key}: ${code}`);
      }
    });

    test("an instance answers for itself without the server", async () => {
      const { tim, TIM } = alice;
      const heard = [];
      // A tip of somebody's coming may still be on its way.
      const hear = ({ data }) => heard.push(...data.filter(({ type }) => type === TIM.TYPES.MSG_TEXT));
      tim.on(TIM.EVENT.MESSAGE_RECEIVED, hear);
      const { data: { message } } = await bob.say("to two listeners");
      await alice.heard("to two listeners");
      assert.deepEqual(heard.map(({ sequence }) => sequence), [message.sequence]);
      tim.off(TIM.EVENT.MESSAGE_RECEIVED, hear);
      let once = 0;
      tim.once(TIM.EVENT.MESSAGE_RECEIVED, () => { once += 1; });
      for (const text of ["once", "twice"]) {
        await bob.say(text);
        await alice.heard(text);
      }
      assert.deepEqual([heard.length, once], [1, 1]);
      tim.registerPlugin({ "tim-upload-plugin": class {} });
      tim.setLogLevel(4);
      if (flavour !== NEWEST[0]) return;
      assert.deepEqual([tim.isReady(), tim.getLoginUser()], [true, "alice"]);
      assert.ok(Math.abs(tim.getServerTime() - Date.now()) < 5_000);
      tim.addSignalingListener(TIM.TSignaling.NEW_INVITATION_RECEIVED, hear);
      tim.removeSignalingListener(TIM.TSignaling.NEW_INVITATION_RECEIVED, hear);
      assert.equal(tim.getSignalingInfo(message), null);
    });

    test("every kind of message without a file reaches the room as it was sent", async () => {
      const { tim, message } = { ...scene, tim: alice.tim };
      const messages = [
        tim.createTextAtMessage({ ...to(), payload: { text: "@bob come", atUserList: ["bob"] } }),
        tim.createLocationMessage({ ...to(), payload: { description: "here", longitude: 1.5, latitude: 2.5 } }),
        tim.createMergerMessage({
          ...to(), payload: { messageList: [message], title: "t", abstractList: ["a"], compatibleText: "c" },
        }),
        tim.createForwardMessage({ ...to(), payload: message }),
      ];
      for (const one of messages) {
        await tim.sendMessage(one);
        const got = await bob.received(one.type, ({ sequence }) => sequence === one.sequence);
        assert.equal(got.type, one.type);
        const { text, description, title } = one.payload;
        assert.deepEqual([got.payload.text, got.payload.description, got.payload.title], [text, description, title]);
      }
    });

    test("a message that was refused may be sent again", async () => {
      const { tim } = alice;
      const message = alice.text("later");
      await bob.tim.quitGroup("main");
      const outside = bob.text("from outside");
      assert.notEqual(await refusal(bob.tim.sendMessage(outside)), 0);
      await bob.join();
      const { data } = await bob.tim.resendMessage(outside);
      assert.equal(data.message.status, "success");
      await alice.heard("from outside");
      await tim.sendMessage(message);
      await bob.heard("later");
    });

    test("a message is found by its ID", () => {
      assert.equal(alice.tim.findMessage(scene.message.ID).payload.text, "hello");
      assert.ok(!alice.tim.findMessage("1-2-3"));
    });

    test("the rooms an instance is in are in its list", async () => {
      const { data: { groupList } } = await alice.tim.getGroupList();
      assert.deepEqual(groupList.map(({ groupID, type }) => [groupID, type]), [["main", "AVChatRoom"]]);
      assert.ok(alice.saw(alice.TIM.EVENT.GROUP_LIST_UPDATED));
      const { data: { conversationList } } = await alice.tim.getConversationList();
      assert.ok(conversationList.some(({ conversationID }) => conversationID === "GROUPmain"));
      const { data: { conversation } } = await alice.tim.getConversationProfile("GROUPmain");
      assert.equal(conversation.groupProfile.name, "Live");
      assert.ok(alice.saw(alice.TIM.EVENT.CONVERSATION_LIST_UPDATED));
    });

    test("profiles of others are told", async () => {
      const { data } = await bob.tim.getUserProfile({ userIDList: ["alice"] });
      const parts = ({ userID, nick, selfSignature, level }) => [userID, nick, selfSignature, level];
      assert.deepEqual(data.map(parts), [["alice", "Alice A.", "here", 7]]);
      assert.ok(alice.saw(alice.TIM.EVENT.PROFILE_UPDATED));
    });

    test("a group is found by its ID, and who is in it", async () => {
      const { data: { group } } = await bob.tim.searchGroupByID("main");
      assert.deepEqual([group.groupID, group.name, group.type], ["main", "Live", "AVChatRoom"]);
      assert.equal(await refusal(bob.tim.searchGroupByID("nowhere")), 10010);
      const asked = alice.tim.getGroupMemberProfile({ groupID: "main", userIDList: ["bob"] });
      if (flavour === NEWEST[0]) assert.equal(await refusal(asked), 2687, "this version refuses it itself");
      else assert.deepEqual((await asked).data.memberList.map(({ userID, role }) => [userID, role]), [["bob", "Member"]]);
    });

    if (flavour === NEWEST[0]) test("an invitation reaches one who is invited", async () => {
      const got = [];
      bob.tim.addSignalingListener(bob.TIM.TSignaling.NEW_INVITATION_RECEIVED, ({ data }) => got.push(data));
      const ids = [
        (await alice.tim.invite({ userID: "bob", data: "one", timeout: 0 })).inviteID,
        alice.tim.inviteSync({ userID: "bob", data: "two", timeout: 0 }),
      ];
      await until("both invitations", () => got.length === 2);
      assert.deepEqual(got.map(({ inviteID, inviter, data }) => [inviteID, inviter, data]).toSorted(),
        [[ids[0], "alice", "one"], [ids[1], "alice", "two"]].toSorted());
    });

    // Others have no signalling.
    if (flavour === NEWEST[0]) test("an invitation in the room reaches who is in it", async () => {
      const got = [];
      bob.tim.addSignalingListener(bob.TIM.TSignaling.NEW_INVITATION_RECEIVED, ({ data }) => got.push(data));
      const ids = [
        (await alice.tim.inviteInGroup({ groupID: "main", inviteeList: ["bob"], data: "one", timeout: 0 })).inviteID,
        alice.tim.inviteInGroupSync({ groupID: "main", inviteeList: ["bob"], data: "two", timeout: 0 }),
      ];
      await until("both invitations", () => got.length === 2);
      assert.deepEqual(got.map(({ inviteID, inviter, data }) => [inviteID, inviter, data]),
        [[ids[0], "alice", "one"], [ids[1], "alice", "two"]]);
    });

    test("a lost connection is told when it goes and when it is back", async () => {
      const states = () => alice.events.filter(({ name }) => name === alice.TIM.EVENT.NET_STATE_CHANGE).map(({ data }) => data.state);
      const { NET_STATE_CONNECTED: up, NET_STATE_DISCONNECTED: down } = alice.TIM.TYPES;
      await program.restart();
      await until("alice may speak", async () => await refusal(alice.say("back")) === 0, 40_000);
      await until("it is told", () => states().includes(down) && states().at(-1) === up, 20_000);
      await bob.heard("back", 30_000);
    });

    test("who logs out is not ready any more, is told to quit, and may log in again", async () => {
      await bob.tim.logout();
      await until("not ready", () => bob.saw(bob.TIM.EVENT.SDK_NOT_READY));
      await alice.tip(alice.TIM.TYPES.GRP_TIP_MBR_QUIT, "bob");
      bob.events.length = 0;
      await bob.login("bob");
      await bob.join();
      await bob.say("again");
      await alice.heard("again");
    });

    if (flavour === NEWEST[0]) test("what the host removes is revoked at who has it", async () => {
      const viewer = await native(program, "Mika");
      await alice.say("to be removed");
      const got = await bob.heard("to be removed");
      const { id } = await until("its id", () =>
        viewer.frames.filter((f) => f.t === "batch").flatMap((f) => f.events).find((e) => e.text === "to be removed"));
      const host = new WebSocket(`${program.url.replace("http", "ws")}/ws`);
      await new Promise((ready) => { host.onopen = ready; });
      for (const frame of [{ t: "hello", v: 1, token: program.secrets.host }, { t: "do", id: 1, command: { do: "remove", id } }]) {
        host.send(JSON.stringify(frame));
      }
      const { data } = await until("it is revoked", () => bob.saw(bob.TIM.EVENT.MESSAGE_REVOKED));
      assert.deepEqual(data.map(({ ID, sequence }) => [ID, sequence]), [[got.ID, got.sequence]]);
      for (const socket of [host, viewer.socket]) socket.close();
    });

    if (flavour === NEWEST[0]) test("one-to-one messages that wait are counted at the login", async () => {
      const { data } = await until("both are unread", () => bob.saw(bob.TIM.EVENT.TOTAL_UNREAD_MESSAGE_COUNT_UPDATED));
      assert.equal(data, 2);
      assert.equal(bob.tim.getTotalUnreadMessageCount(), 2);
    });

    test("what there is none of fires no event but an empty one at the login", (run) => {
      const never = rows("sdk").filter(({ table, tests }) => table === "event" && tests.some(({ name }) => name === run.name));
      assert.ok(never.length > 15, `${never.length} rows`);
      const fired = [...alice.events, ...bob.events].filter(({ name }) => never.some(({ key }) => key === name));
      assert.deepEqual(fired.filter(({ data }) => !isEmpty(data)), []);
    });

    test("an instance that is destroyed says so", async () => {
      await bob.tim.destroy();
      await until("destroyed", () => bob.saw(bob.TIM.EVENT.SDK_DESTROY));
    });
  });
}
