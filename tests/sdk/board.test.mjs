// The board, drawn on and read with the vendor's SDKs, by custom messages.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { client as native, hostClient, Program, until } from "../e2e/program.mjs";
import { build, Client, FLAVOURS, refusal } from "./client.mjs";

const brush = { page: 1, tool: "pen", colour: 0x2060d0, width: 60 };
const points = [[1000, 1000, 0], [4000, 5000, 0], [9000, 2000, 0]];

for (const flavour of FLAVOURS) {
  describe(`${flavour} at the board`, () => {
    let program, host, page, alice, bob;
    before(async () => {
      program = await Program.start();
      [alice, bob] = [new Client(program, flavour), new Client(program, flavour)];
      for (const [who, name] of [[alice, "alice"], [bob, "bob"]]) {
        await who.login(name);
        await who.join();
      }
      host = await hostClient(program);
      page = await native(program);
      page.send({ t: "board", ask: "open" });
    });
    after(async () => {
      for (const end of [host, page]) end?.socket.close();
      await program?.stop();
    });
    const ask = async (who, words) => who.tim.sendMessage(
      await who.custom({ data: JSON.stringify({ businessID: "surtitle_board", ...words }) }));
    /** What the board has told a client so far. */
    const words = (who) => who.messages
      .filter((m) => m.type === who.TIM.TYPES.MSG_GRP_SYS_NOTICE && m.payload.operationType === 255)
      .map((m) => JSON.parse(m.payload.userDefinedField))
      .filter(({ businessID }) => businessID === "surtitle_board")
      .flatMap((notice) => notice.words);
    const word = (who, what, accepts) => until(what, () => words(who).find(accepts));

    test("who has the pen draws, and nobody else does", async () => {
      await ask(alice, { ask: "open" });
      assert.equal(await refusal(ask(alice, { ask: "stroke", brush, points })), 122_140);
      await ask(alice, { ask: "hand", up: true });
      await host.run({ do: "board", order: "pen", user: "alice", nick: "Alice", on: true });
      const { code, data } = await ask(alice, { ask: "stroke", brush, points });
      assert.equal(code, 0);
      assert.ok(data.message.sequence >= 0);
      const { entry } = await until("a page sees it", () => page.frames.find((f) => f.say === "entry" && f.entry.kind === "stroke"));
      assert.deepEqual([entry.stroke.by, entry.stroke.colour], ["alice", brush.colour]);
    });

    const reads = build(flavour).unnoticed ? "who asks for it is not refused" : "who asks for it reads it, and no longer than they want";
    test(reads, async () => {
      for (const words of [{ ask: "open" }, { ask: "more", page: 1, after: 0 }]) await ask(bob, words);
      if (build(flavour).unnoticed) return;
      const opened = await word(alice, "the board", ({ say }) => say === "opened");
      assert.deepEqual([opened.room, opened.current, opened.pages[0].strokes], ["main", 1, 0]);
      const hand = await word(alice, "her hand", ({ say }) => say === "hands");
      assert.deepEqual(hand.hands, [{ user: "alice", nick: "alice" }]);
      const own = await word(alice, "her own stroke", ({ say, entry }) => say === "entry" && entry.kind === "stroke");
      const piece = await word(bob, "what was drawn", ({ say }) => say === "piece");
      assert.deepEqual(piece.strokes, [own.entry.stroke]);
      await ask(alice, { ask: "undo" });
      await word(bob, "it is taken back", ({ say, entry }) => say === "entry" && entry.kind === "hide");
      await ask(bob, { ask: "close" });
      await ask(alice, { ask: "redo" });
      await word(alice, "it is there again", ({ say, entry }) => say === "entry" && entry.kind === "show");
      assert.equal(words(bob).some(({ entry }) => entry?.kind === "show"), false);
    });

    test("what is for the board is no message of the room", async () => {
      await ask(alice, { ask: "stroke", brush, points });
      await alice.say("after it");
      await bob.heard("after it");
      for (const who of [alice, bob]) {
        assert.equal(who.messages.some((m) => m.type === who.TIM.TYPES.MSG_CUSTOM), false);
      }
      assert.equal(await refusal(ask(alice, { ask: "fly" })), 10_004);
    });
  });
}
