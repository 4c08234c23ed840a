// What the page Developers gives to paste, pasted into a page of another origin: nothing is changed but the UserSig.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { Program, browser, client, hostConsole, until } from "./program.mjs";

const require = createRequire(import.meta.url);
const { Api } = require("tls-sig-api-v2");
const SDKS = [
  ["web", "@tencentcloud/chat", "TencentCloudChat"],
  ["web", "tim-js-sdk/tim-js.js", "TIM"],
  ["old-web", "tim-js-sdk-2.15.0/tim-js.js", "TIM"],
  ["old-web", "tim-js-sdk-2.10.2/tim-js.js", "TIM"],
];

let program;
let chrome;
let viewer;
before(async () => {
  program = await Program.start();
  chrome = await browser();
  viewer = await client(program, "Mika");
});
after(async () => {
  viewer?.socket.close();
  await chrome?.close();
  await program?.stop();
});

/** The snippet as the console shows it for the first app's room. */
async function pasted(kind) {
  const page = await hostConsole(chrome, program);
  await page.locator("[data-test=nav-developers]").click();
  await page.locator("[data-test=snippet-kind]").selectOption(kind);
  const code = page.locator("[data-test=snippet]");
  await until("it names the room", async () => /"main"/.test(await code.textContent()));
  const text = await code.textContent();
  await page.context().close();
  return text;
}

for (const [kind, path, name] of SDKS) {
  test(`${path}: what is pasted logs in, sets a nickname, joins and speaks`, async () => {
    const { sdkappid, secret_key } = program.secrets;
    const usersig = new Api(sdkappid, secret_key).genSig("alice", 3600);
    // A page takes the SDK from a script, so the import stays away; what an old SDK needs first comes first.
    const [first, steps] = (await pasted(kind)).replace(/^import .*\n/, "").split(/(?=\/\/ Step 4)/);
    const files = {
      "/first.js": first,
      "/sdk.js": readFileSync(require.resolve(path)),
      "/steps.js": `${name === "TIM" ? "" : `const TIM = window.${name};`}\n${steps.replace('userSig: "…"', `userSig: "${usersig}"`)}`,
    };
    assert.ok(files["/steps.js"].includes(usersig), "the UserSig has its place");
    const scripts = Object.keys(files).map((file) => `<script src="${file}"></script>`).join("");
    const site = createServer((request, response) => {
      const file = files[request.url];
      response.setHeader("content-type", file === undefined ? "text/html" : "text/javascript");
      response.end(file ?? `<!doctype html><meta charset="utf-8">${scripts}`);
    });
    await new Promise((ready) => site.listen(0, "127.0.0.1", ready));
    try {
      const events = () => viewer.frames.filter((f) => f.t === "batch").flatMap((f) => f.events);
      const before = events().length;
      const page = await chrome.newPage();
      await page.goto(`http://127.0.0.1:${site.address().port}/`);
      await until("the room hears it", () =>
        events().slice(before).some((e) => e.text === "Hello" && e.from.nick === "Alice"));
      await page.close();
    } finally {
      site.closeAllConnections();
      await new Promise((done) => site.close(done));
    }
  });
}

test("the REST example, run in a shell, speaks in the room", async () => {
  const { sdkappid, secret_key } = program.secrets;
  const USERSIG = new Api(sdkappid, secret_key).genSig("administrator", 3600);
  const answer = execFileSync("sh", ["-c", await pasted("rest")], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], env: { ...process.env, USERSIG } });
  assert.equal(JSON.parse(answer).ErrorCode, 0, answer);
  await until("the room hears it", () =>
    viewer.frames.some((f) => f.t === "batch" && f.events.some((e) => e.text === "Hello" && e.from.nick !== "Alice")));
});
