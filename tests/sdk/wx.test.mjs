// What is special to a mini program: its address, its frames, its radio and its life in the background.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Program, until } from "../e2e/program.mjs";
import { Client, FLAVOURS, build, refusal } from "./client.mjs";

for (const flavour of FLAVOURS.filter((name) => build(name).runs === "wx")) {
  describe(`${flavour} in a mini program`, () => {
    let program, alice, bob;
    before(async () => {
      program = await Program.start();
      [alice, bob] = [new Client(program, flavour), new Client(program, flavour)];
      await Promise.all([alice.login("alice"), bob.login("bob")]);
      await Promise.all([alice.join(), bob.join()]);
    });
    after(() => program?.stop());

    /** Bob's client asks for something: without a request some versions do not look for the server again. */
    const asks = () => until("bob is back", async () =>
      await refusal(bob.tim.getGroupProfile({ groupID: "main" })) === 0, 30_000);
    const hears = async (text) => {
      await alice.say(text);
      await bob.heard(text);
      assert.equal(bob.messages.filter((m) => m.payload.text === text).length, 1);
    };

    test("it says that it is one and gets the kind of frames it can read", async () => {
      await hears("hello");
      const { http, proxy, platform = "devtools" } = build(flavour);
      if (http) {
        assert.equal(bob.wx.sockets.length, 0);
        return;
      }
      const [{ url, kinds }] = bob.wx.sockets;
      const text = !proxy || platform === "windows";
      assert.equal(url.pathname, text ? "/info" : "/binfo");
      if (proxy) assert.deepEqual([url.searchParams.get("platform"), url.searchParams.get("host")], ["8", platform]);
      assert.deepEqual([...kinds], [text ? "text" : "binary"]);
    });

    test("a change from one network to another keeps its room", async () => {
      bob.wx.network("4g");
      await asks();
      await hears("on the train");
      bob.wx.network("wifi");
      await asks();
      await hears("at home");
    });

    test("what is said while there is no network arrives when it is back", async () => {
      bob.wx.network("none");
      await alice.say("into the tunnel");
      bob.wx.network("wifi");
      await asks();
      await bob.heard("into the tunnel");
      await hears("out of the tunnel");
    });

    test("what is said while it is in the background arrives when it is shown again", async () => {
      bob.wx.hide();
      await alice.say("behind");
      bob.wx.show();
      await asks();
      await bob.heard("behind");
      await hears("in front");
    });
  });
}
