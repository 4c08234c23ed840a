// Signatures of the vendor's own libraries log in here, and ours say to them what theirs say.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, describe, test } from "node:test";
import WebSocket from "ws";
import { Program, binary } from "../e2e/program.mjs";
import { VENDORS, opened } from "./vendors.mjs";

const USERS = ["alice", "user@x.y", "two words", "<\"quoted\\\">", "x".repeat(32)];
const DAY = 86_400;

/** One login over a socket as the SDKs make it; its answer. */
async function login(program, identifier, usersig, sdkappid = program.secrets.sdkappid) {
  const socket = new WebSocket(`${program.url.replace("http", "ws")}/info?sdkappid=${sdkappid}`);
  const answer = new Promise((answered, fail) => {
    socket.onerror = fail;
    socket.onclose = () => fail(new Error("closed without an answer"));
    socket.onmessage = ({ data }) => {
      const { head, body } = JSON.parse(data);
      if (head.seq === 1) answered(body);
    };
  });
  const head = { servcmd: "im_open_status.wslogin", seq: 1, sdkappid, identifier, usersig };
  socket.onopen = () => socket.send(JSON.stringify({ head, body: { State: "Online" } }));
  try {
    return await answer;
  } finally {
    socket.close();
  }
}

let program, claims;
before(async () => {
  program = await Program.start();
  const { sdkappid: app, secret_key: key } = program.secrets;
  claims = { app, key, user: "alice", life: DAY };
});
after(() => program?.stop());

for (const [name, vendor] of Object.entries(VENDORS)) {
  describe(name, () => {
    const code = async (changes, user = "alice") => {
      const usersig = vendor.sign({ ...claims, ...changes });
      return (await login(program, user, usersig)).ErrorCode;
    };

    test("its signatures log in", async () => {
      for (const user of USERS) {
        const answer = await login(program, user, vendor.sign({ ...claims, user }));
        assert.deepEqual([answer.ErrorCode, answer.ActionStatus], [0, "OK"], user);
        assert.match(answer.A2Key, /./);
      }
      assert.equal(await code({ userbuf: "room=1 privileges=255" }), 0, "with a user buffer");
      assert.equal(await code({ life: 180 * DAY }), 0, "with its default life");
    });

    test("its signatures for somebody or something else are refused with the vendor's codes", async () => {
      const now = Math.floor(Date.now() / 1000);
      assert.equal(await code({ time: now - DAY - 1 }), 70001, "ran out");
      assert.equal(await code({ key: `${claims.key}0` }), 70009, "of another key");
      assert.equal(await code({ user: "bob" }), 70013, "of another user");
      assert.equal(await code({ app: claims.app + 1 }), 70014, "of another app");
      const cut = vendor.sign(claims).slice(0, -4);
      assert.equal((await login(program, "alice", cut)).ErrorCode, 70003, "cut off");
    });

    test("it makes of the same claims the signature we make", () => {
      for (const user of USERS) {
        const printed = execFileSync(
          binary, ["usersig", user, "--data", program.data, "--expire", String(DAY)], { encoding: "utf8" },
        );
        const ours = vendor.open(printed.trim());
        const theirs = vendor.sign({ ...claims, user, time: ours["TLS.time"] });
        assert.deepEqual(ours, opened(theirs));
        assert.equal(ours["TLS.identifier"], user);
      }
    });

    test("it makes the known signature", () => {
      const known = { app: 1_400_000_001, key: "test-secret-key", user: "alice", life: DAY, time: 1_700_000_000 };
      assert.equal(opened(vendor.sign(known))["TLS.sig"], "gw/6NH2gZDKN6RWE2lj0nuikCpsi+0WjEJWf6V+6fZ4=");
    });
  });
}
