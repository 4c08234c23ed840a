// The questions of the vendor's introduction, answered with every version: one test each.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Program, until } from "../e2e/program.mjs";
import { Backend } from "./backend.mjs";
import { Client, FLAVOURS, has, refusal } from "./client.mjs";

const GROUPS = "group_open_http_svc";
const COMMANDS = ["Group.CallbackBeforeSendMsg", "Group.CallbackAfterSendMsg", "Group.CallbackAfterMemberExit"];

for (const flavour of FLAVOURS) {
  describe(`${flavour} and the frequent questions`, () => {
    let program, backend, olga, alice, bob, guest;
    before(async () => {
      program = await Program.start();
      backend = new Backend(program);
      await backend.hook(COMMANDS);
      [olga, alice, bob, guest] = [1, 2, 3, 4].map(() => new Client(program, flavour, { group: "faq" }));
      await Promise.all([olga.login("olga"), alice.login("alice"), bob.login("bob")]);
      await backend.rest(`${GROUPS}/create_group`, { Type: "AVChatRoom", Name: "Questions", GroupId: "faq", Owner_Account: "olga" });
      for (const who of [olga, alice, bob, guest]) await who.join();
    });
    after(async () => {
      await program?.stop();
      backend?.close();
    });

    const order = (who, data, priority = "High") => who.tim.sendMessage(who.custom({ data: JSON.stringify(data) }, { priority }));
    /** What a custom message says, if it is JSON. */
    const said = ({ MsgBody: [{ MsgType, MsgContent }] }) => {
      try { return MsgType === "TIMCustomElem" ? JSON.parse(MsgContent.Data) : {}; } catch { return {}; }
    };

    test("FAQ 1: nickname and picture that one's own message lacks are in getMyProfile", async () => {
      await alice.tim.updateMyProfile({ nick: "Alice A.", avatar: "https://example.org/a.png" });
      const { data: { message } } = await alice.say("who am I?");
      const { data: mine } = await alice.tim.getMyProfile();
      assert.deepEqual([mine.nick, mine.avatar], ["Alice A.", "https://example.org/a.png"]);
      assert.ok([undefined, "", mine.nick].includes(message.nick));
      for (const reader of [bob, guest]) {
        const got = await reader.heard("who am I?");
        assert.deepEqual([got.nick, got.avatar], [mine.nick, mine.avatar]);
      }
    });

    test("FAQ 2: a back end that is asked about a custom message mutes whom it names", async () => {
      backend.answers["Group.CallbackBeforeSendMsg"] = async (body) => {
        const { please, Members_Account, MuteTime } = said(body);
        if (please !== "silence" || body.From_Account !== "olga") return {};
        await backend.rest(`${GROUPS}/forbid_send_msg`, { GroupId: body.GroupId, Members_Account, MuteTime });
        return {};
      };
      await order(bob, { please: "silence", Members_Account: ["alice"], MuteTime: 600 });
      assert.equal((await alice.say("bob may not")).code, 0);
      await order(olga, { please: "silence", Members_Account: ["alice"], MuteTime: 600 });
      const { body } = await backend.called("Group.CallbackBeforeSendMsg", (b) => b.From_Account === "olga");
      assert.deepEqual([body.GroupId, body.Type, said(body).Members_Account], ["faq", "AVChatRoom", ["alice"]]);
      assert.equal(await refusal(alice.say("muted")), 10017);
      await order(olga, { please: "silence", Members_Account: ["alice"], MuteTime: 0 });
      assert.equal((await alice.say("unmuted")).code, 0);
    });

    test("FAQ 2: the owner's order mutes without a back end too, a member's does not", async () => {
      await order(bob, { cmd: "mute", Members_Account: ["alice"], MuteTime: 600 });
      assert.equal((await alice.say("bob may not order")).code, 0);
      await order(olga, { cmd: "mute", Members_Account: ["alice"], MuteTime: 600 });
      await until("alice is muted", async () => await refusal(alice.say("muted by order")) === 10017);
      await order(olga, { cmd: "unmute", Members_Account: ["alice"] });
      await until("alice is unmuted", async () => await refusal(alice.say("unmuted by order")) === 0);
    });

    test("FAQ 3: who a message of high priority names leaves by itself", async () => {
      const carol = new Client(program, flavour, { group: "faq" });
      await carol.login("carol");
      await carol.join();
      carol.tim.on(carol.TIM.EVENT.MESSAGE_RECEIVED, ({ data }) => {
        const named = data.some((m) => m.priority === "High" && m.payload.data?.includes('"leave":["carol"]'));
        if (named) carol.tim.quitGroup("faq");
      });
      await order(olga, { leave: ["carol"] });
      await alice.tip(alice.TIM.TYPES.GRP_TIP_MBR_QUIT, "carol");
      assert.notEqual(await refusal(carol.say("still here?")), 0);
    });

    test("FAQ 3: a back end that is asked about a custom message bans whom it names", async () => {
      const dave = new Client(program, flavour, { group: "faq" });
      await dave.login("dave");
      await dave.join();
      backend.answers["Group.CallbackBeforeSendMsg"] = async (body) => {
        const { please, Members_Account } = said(body);
        if (please !== "out" || body.From_Account !== "olga") return {};
        await backend.rest(`${GROUPS}/ban_group_member`, { GroupId: body.GroupId, Members_Account, Duration: 600 });
        return {};
      };
      await order(bob, { please: "out", Members_Account: ["dave"] });
      assert.equal((await dave.say("bob may not order")).code, 0);
      await order(olga, { please: "out", Members_Account: ["dave"] });
      assert.notEqual(await refusal(dave.say("still here?")), 0);
      await alice.say("without dave");
      await guest.heard("without dave");
      // The oldest may still read the answer of one more poll.
      if (has(flavour, "cloud")) assert.equal(dave.messages.some((m) => m.payload?.text === "without dave"), false);
      assert.notEqual(await refusal(dave.join()), 0);
    });

    test("FAQ 4: a back end's message has a page quit, and it is told of that with the platform", async () => {
      const erin = new Client(program, flavour, { group: "faq" });
      await erin.login("erin");
      await erin.join();
      erin.tim.on(erin.TIM.EVENT.MESSAGE_RECEIVED, ({ data }) => {
        if (data.some((m) => m.conversationType === "C2C" && m.payload.data === '{"quit":"faq"}')) erin.tim.quitGroup("faq");
      });
      await backend.rest("openim/sendmsg", {
        From_Account: "administrator", To_Account: "erin", MsgRandom: 77, SyncOtherMachine: 2,
        MsgBody: [{ MsgType: "TIMCustomElem", MsgContent: { Data: '{"quit":"faq"}', Desc: "", Ext: "" } }],
      });
      const { body, query } = await backend.called("Group.CallbackAfterMemberExit",
        ({ ExitMemberList }) => ExitMemberList.some((m) => m.Member_Account === "erin"));
      assert.deepEqual([body.GroupId, body.ExitType, query.OptPlatform], ["faq", "Quit", "Web"]);
      assert.notEqual(await refusal(erin.say("still here?")), 0);
    });

    test("FAQ 5: what is over the limit is asked about and not told about", async () => {
      const texts = Array.from({ length: 150 }, (_, i) => `flood ${i}`);
      const answers = await Promise.all(texts.map((text) => alice.say(text, { priority: "Low" })));
      assert.ok(answers.every(({ code }) => code === 0), "the sender is told of success for all");
      const texted = (command) => backend.calls.filter((call) => call.command === command)
        .map(({ body }) => body.MsgBody[0].MsgContent.Text).filter((text) => text?.startsWith("flood"));
      const heard = () => bob.messages.map((m) => m.payload.text).filter((text) => text?.startsWith("flood"));
      assert.equal(texted("Group.CallbackBeforeSendMsg").length, 150);
      await until("what was delivered is told", () => {
        const told = texted("Group.CallbackAfterSendMsg");
        return told.length > 0 && told.length < 150 && `${told.sort()}` === `${heard().sort()}`;
      }, 20_000);
    });

    test("FAQ 6: a back end counts likes and follows and writes them to the profile", async () => {
      const sums = { likes: 0, follows: 0 };
      backend.answers["Group.CallbackBeforeSendMsg"] = async (body) => {
        const { tell } = said(body);
        if (tell in sums) sums[tell] += 1;
        return {};
      };
      for (const tell of ["likes", "likes", "follows"]) await order(alice, { tell }, "Low");
      await backend.rest(`${GROUPS}/modify_group_base_info`, {
        GroupId: "faq", AppDefinedData: Object.entries(sums).map(([Key, n]) => ({ Key: `my_${Key}`, Value: String(n) })),
      });
      const { data: { group } } = await bob.tim.getGroupProfile({ groupID: "faq", groupCustomFieldFilter: ["my_likes", "my_follows"] });
      const found = Object.fromEntries(group.groupCustomField.map(({ key, value }) => [key, value]));
      assert.deepEqual([found.my_likes, found.my_follows], ["2", "1"]);
    });

    test("FAQ 6: likes and follows are counted without a back end too", async () => {
      await alice.tim.sendMessage(alice.custom({ data: JSON.stringify({ businessID: "TUIGift_like", data: {} }) }));
      await alice.tim.sendMessage(alice.custom({ data: "follow" }));
      await until("counted", async () => {
        const { GroupCounter } = await backend.rest(`${GROUPS}/get_group_counter`, { GroupId: "faq" });
        const count = (key) => GroupCounter.find(({ Key }) => Key === key)?.Value;
        return count("likes") >= 1 && count("follows") >= 1;
      });
    });

    test("FAQ 7: a gift is not lost among likes", async () => {
      const likes = Array.from({ length: 150 }, (_, i) => order(bob, { like: i }, "Low"));
      const gift = order(alice, { redPacket: 7 }, "High");
      await Promise.all([...likes, gift]);
      for (const reader of [olga, guest]) {
        const got = await reader.received("gift", (m) => m.payload.data === '{"redPacket":7}');
        assert.equal(got.priority, "High");
        const before = reader.messages.slice(0, reader.messages.indexOf(got)).filter((m) => m.payload.data?.startsWith('{"like"'));
        assert.ok(before.length < 100, `${before.length} likes before it`);
      }
    });
  });
}
