// Who may log in, and what becomes of a login over a lost socket and a restart.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Program, until } from "../e2e/program.mjs";
import { bare } from "./bare.mjs";
import { Client, FLAVOURS, refusal, usersig } from "./client.mjs";

for (const flavour of FLAVOURS) {
  describe(flavour, () => {
    let program;
    const client = (...args) => new Client(program, flavour, ...args);
    before(async () => { program = await Program.start(); });
    after(() => program?.stop());

    test("bad usersigs are refused with the vendor's codes", async () => {
      const other = await Program.start();
      try {
        const expired = usersig(program, "alice", ["--expire", "0"]);
        const cases = [
          [70001, expired], [70009, usersig(other, "alice")], [70013, usersig(program, "bob")], [70003, "nonsense"],
        ];
        for (const [code, userSig] of cases) {
          assert.equal(await refusal(client().tim.login({ userID: "alice", userSig })), code);
        }
        const stranger = client({ sdkappid: 1400000002 });
        const userSig = usersig(program, "alice");
        assert.equal(await refusal(stranger.tim.login({ userID: "alice", userSig })), 70020);
      } finally {
        await other.stop();
      }
    });

    test("nickname and picture outlive the program", async () => {
      const [alice, again] = [client(), client()];
      await alice.login("alice");
      await alice.tim.updateMyProfile({ nick: "Alice A.", avatar: "https://example.org/a.png" });
      await again.login("alice");
      const { data } = await again.tim.getMyProfile();
      assert.deepEqual([data.nick, data.avatar], ["Alice A.", "https://example.org/a.png"]);
    });

    test("a login that ran out is told so with its next request", async () => {
      const brief = client();
      await brief.login("brief", usersig(program, "brief", ["--expire", "2"]));
      const out = await until("kicked out", async () => {
        await refusal(brief.tim.updateMyProfile({ nick: "B" }));
        return brief.saw(brief.TIM.EVENT.KICKED_OUT);
      });
      assert.equal(out.data.type, brief.TIM.TYPES.KICKED_OUT_USERSIG_EXPIRED);
    });

    test("members and guests live through a restart without joining again", async () => {
      const [carol, dave, guest] = [client(), client(), client()];
      await Promise.all([carol.login("carol"), dave.login("dave"), guest.join()]);
      await Promise.all([carol.join(), dave.join()]);
      await carol.say("before");
      for (const reader of [dave, guest]) await reader.heard("before");
      await program.restart();
      const { data } = await until("carol may speak", async () => {
        const code = await refusal(carol.tim.getGroupProfile({ groupID: "main" }));
        return code === 0 && carol.say("after");
      }, 60_000);
      assert.ok(data.message.sequence > 0);
      for (const reader of [dave, guest]) await reader.heard("after", 30_000);
      for (const reader of [dave, guest]) {
        const texts = reader.messages.map((m) => m.payload.text).filter(Boolean);
        assert.equal(new Set(texts).size, texts.length, "nothing twice");
      }
    });
  });
}

describe("bare frames", () => {
  let program;
  before(async () => { program = await Program.start(); });
  after(() => program?.stop());

  test("every command is answered, known or not, logged in or not", async () => {
    const { ask, socket, frames } = await bare(program);
    assert.equal((await ask("no.such_command")).ErrorCode, 10003);
    assert.equal((await ask("group_open_http_svc.send_group_msg")).ErrorCode, 10001);
    assert.equal((await ask("group_open_http_svc.apply_join_group", { GroupId: "main" })).ErrorCode, 10001);
    assert.equal((await ask("group_open_http_noauth_svc.apply_join_group", {})).ErrorCode, 10004);
    assert.equal((await ask("group_open_http_noauth_svc.apply_join_group", { GroupId: "x" })).ErrorCode, 10010);
    assert.equal((await ask("group_open_long_polling_http_noauth_svc.get_msg", { Key: "forged.key" })).ErrorCode, 10007);
    assert.equal((await ask("heartbeat.alive", {}, { a2: "forged.key" })).ErrorCode, 70001);
    assert.equal((await ask("heartbeat.alive")).ErrorCode, 0);
    socket.send("not JSON");
    await until("answer", () => frames.some((f) => f.head.seq === 0 && f.body.ErrorCode === 10004));
    socket.close();
  });

  test("a pending message sent again over a new socket has its first answer and is one message", async () => {
    const first = await bare(program);
    const usersigOf = { identifier: "erin", usersig: usersig(program, "erin") };
    const { A2Key: a2, TinyId: tinyid } = await first.ask("im_open_status.wslogin", { State: "Online" }, usersigOf);
    assert.match(tinyid, /^144\d{15}$/);
    await first.ask("group_open_http_svc.apply_join_group", { GroupId: "main" }, { a2 });
    const message = {
      From_Account: "somebody else", GroupId: "main", Random: 4_000_000_001, MsgPriority: "Low", MsgClientTime: 1_700_000_000,
      MsgBody: [{ MsgType: "TIMTextElem", MsgContent: { Text: "once" } }],
    };
    const answer = await first.ask("group_open_http_svc.send_group_msg", message, { a2 });
    assert.equal(answer.ErrorCode, 0);
    const second = await bare(program);
    const again = await second.ask("group_open_http_svc.send_group_msg", message, { a2 });
    assert.deepEqual([again.MsgSeq, again.MsgTime], [answer.MsgSeq, answer.MsgTime]);
    const pushed = ({ frames }) => frames
      .flatMap((f) => f.body.EventArray ?? []).flatMap((e) => e.GroupMsgArray ?? [])
      .filter((m) => m.MsgRandom === message.Random);
    for (const socket of [first, second]) await until("push", () => pushed(socket).length);
    const items = [first, second].map(pushed);
    const [item] = items[0];
    assert.equal(items[0].length, 1, "delivered once");
    assert.deepEqual(
      [item.From_Account, item.TinyId, item.MsgPriority, item.MsgClientTime, item.MsgBody],
      ["erin", tinyid, "Low", message.MsgClientTime, message.MsgBody],
    );
    assert.deepEqual(items[1].map((m) => m.MsgSeq), [answer.MsgSeq], "missed messages are pushed to the new socket");
    first.socket.close();
    second.socket.close();
  });
});
