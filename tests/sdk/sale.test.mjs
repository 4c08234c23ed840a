// The live sale for members who speak through an unmodified SDK: cards in the room, claims, and answers to one alone.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Program } from "../e2e/program.mjs";
import { Client, FLAVOURS } from "./client.mjs";

const VOUCHER = {
  id: "ten", title: "Ten off", worth: { kind: "percent", percent: 10 }, stock: 2, per_person: 1, keyword: "deal",
};

for (const flavour of FLAVOURS) {
  describe(flavour, () => {
    let program, alice, bob, carol;
    before(async () => {
      program = await Program.start();
      [alice, bob, carol] = ["alice", "bob", "carol"].map(() => new Client(program, flavour));
      for (const [client, user] of [[alice, "alice"], [bob, "bob"], [carol, "carol"]]) {
        await client.login(user);
        await client.join();
      }
      await order({ order: "voucher", voucher: VOUCHER });
    });
    after(() => program?.stop());

    const order = async (body) => {
      const headers = { authorization: `Bearer ${program.secrets.host}` };
      const answer = await fetch(`${program.url}/api/sale`, { method: "POST", headers, body: JSON.stringify(body) });
      assert.equal(answer.status, 200, await answer.text());
    };
    /** What the sale said, in the room or to one alone. */
    const news = ({ payload }) => {
      if (!payload?.data?.includes("SurtitleSale")) return {};
      return JSON.parse(payload.data).data;
    };
    const told = async (client, what, accepts) => {
      const message = await client.received(what, (m) => accepts(news(m), m));
      return { ...news(message), message };
    };
    const ask = (client, data) =>
      client.tim.sendMessage(client.custom({ data: JSON.stringify({ businessID: "SurtitleSale", data }) }));

    test("a drop is a custom message in the room, with everything a card shows", async () => {
      await order({ order: "drop", id: "ten", seconds: 600 });
      for (const client of [alice, bob]) {
        const { offer, now, message } = await told(client, "the card", (n) => n.news === "opened");
        assert.deepEqual([message.type, message.conversationType, message.from], ["TIMCustomElem", "GROUP", "administrator"]);
        assert.deepEqual([offer.id, offer.title, offer.value, offer.stock, offer.left], ["voucher:ten", "Ten off", "10% off", 2, 2]);
        assert.deepEqual([offer.keyword, offer.thing.worth], ["deal", { kind: "percent", percent: 10 }]);
        assert.ok(offer.ends_at > now && Math.abs(now - Date.now()) < 60_000);
      }
    });

    test("a claim by custom message is answered to that member alone, and nobody else sees it", async () => {
      await ask(alice, { ask: "claim", offer: "voucher:ten" });
      const { claim, message } = await told(alice, "the code", (n) => n.news === "claimed");
      assert.deepEqual([message.conversationType, message.from, claim.offer, claim.n], ["C2C", "administrator", "voucher:ten", 1]);
      assert.match(claim.code, /^[2-9A-Z]{12}$/);
      await told(bob, "one less", (n) => n.news === "left" && n.left[0][1] === 1);
      const seen = JSON.stringify(bob.messages.map(({ payload }) => payload));
      assert.ok(!seen.includes(claim.code) && !seen.includes('\\"ask\\"'), "neither the code nor the ask");
      await ask(alice, { ask: "claim", offer: "voucher:ten" });
      assert.equal((await told(alice, "a refusal", (n) => n.news === "refused")).code, 2124);
    });

    test("a claim by comment is answered too, the last one is told and so is that there is none left", async () => {
      await bob.say("the deal please");
      const { claim } = await told(bob, "the code", (n) => n.news === "claimed");
      assert.deepEqual([claim.n, claim.how], [2, "keyword"]);
      await told(alice, "none left", (n) => n.news === "left" && n.left[0][1] === 0);
      await carol.say("deal!");
      const refused = await told(carol, "the refusal", (n) => n.news === "refused");
      assert.deepEqual([refused.code, refused.offer], [2123, "voucher:ten"]);
    });

    test("wallet and shelf are told to who asks", async () => {
      await ask(alice, { ask: "wallet" });
      const { claims } = await told(alice, "the wallet", (n) => n.news === "wallet");
      assert.deepEqual(claims.map(({ offer }) => offer), ["voucher:ten"]);
      await ask(carol, { ask: "shelf" });
      await told(carol, "the card", (n, m) => n.news === "opened" && m.conversationType === "C2C");
    });

    test("the end is told in the room", async () => {
      await order({ order: "end", offer: "voucher:ten" });
      const { offer, title } = await told(bob, "the end", (n) => n.news === "ended");
      assert.deepEqual([offer, title], ["voucher:ten", "Ten off"]);
    });
  });
}
