// How a login ends: another one, an admin, the user.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Program, until } from "../e2e/program.mjs";
import { Backend } from "./backend.mjs";
import { Client, FLAVOURS, build, has, refusal, usersig } from "./client.mjs";

for (const flavour of FLAVOURS) {
  describe(`${flavour} and the end of a login`, () => {
    let program, backend;
    const client = () => new Client(program, flavour);
    before(async () => {
      program = await Program.start();
      backend = new Backend(program);
    });
    after(() => program?.stop());

    /** Old versions have no word for an admin's kick; what they say depends on what they asked for first. */
    const reasons = has(flavour, "rest kick") ? ["REST_API_Kick"] : ["userSigExpired", "multipleAccount"];

    test("a second login ends the first, and only that", async () => {
      const [first, second, other] = [client(), client(), client()];
      await Promise.all([first.login("alice"), other.login("other")]);
      await Promise.all([first.join(), other.join()]);
      // Some of its requests cross the kick on their way.
      const asking = until("kicked out while it asks", async () => {
        refusal(first.tim.getGroupProfile({ groupID: "main" }));
        return first.saw(first.TIM.EVENT.KICKED_OUT);
      });
      await second.login("alice");
      await asking;
      const outs = first.events.filter(({ name }) => name === first.TIM.EVENT.KICKED_OUT);
      assert.deepEqual(outs.map(({ data }) => data.type), [first.TIM.TYPES.KICKED_OUT_MULT_ACCOUNT]);
      await until("not ready", () => first.saw(first.TIM.EVENT.SDK_NOT_READY));
      await second.join();
      await second.say("the second one");
      await other.heard("the second one");
      assert.equal(first.messages.some((m) => m.payload.text === "the second one"), false);
      assert.equal(second.saw(second.TIM.EVENT.KICKED_OUT), undefined);
    });

    test("an admin's kick ends a login and the usersigs before it", async () => {
      const carol = client();
      const old = usersig(program, "carol");
      await carol.login("carol", old);
      await carol.join();
      // By then the SDK has the answers of what it asks by itself after a login.
      if (has(flavour, "own tip")) await carol.tip(carol.TIM.TYPES.GRP_TIP_MBR_JOIN, "carol");
      else await carol.say("here");
      await backend.rest("im_open_login_svc/kick", { UserID: "carol" });
      const out = await until("kicked out", async () => {
        if (!has(flavour, "rest kick") && !build(flavour).http) await refusal(carol.tim.updateMyProfile({ nick: "C" }));
        return carol.saw(carol.TIM.EVENT.KICKED_OUT);
      });
      assert.ok(reasons.includes(out.data.type), out.data.type);
      assert.equal(await refusal(client().tim.login({ userID: "carol", userSig: old })), 70001);
      await until("a new usersig is good", async () =>
        await refusal(client().tim.login({ userID: "carol", userSig: usersig(program, "carol") })) === 0);
    });

    test("who logs out may log in again on the same instance", async () => {
      const dave = client();
      await dave.login("dave");
      await dave.join();
      await dave.tim.logout();
      if (has(flavour, "cloud")) assert.notEqual(await refusal(dave.say("gone")), 0);
      await dave.login("dave");
      await dave.join();
      assert.equal((await dave.say("back")).code, 0);
    });
  });
}
