// The console's page Developers in real Chromium: from a new app to the last call of its webhooks.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { bare } from "../sdk/bare.mjs";
import { Program, browser, hostConsole, open, out, until } from "./program.mjs";

const { Api } = createRequire(import.meta.url)("tls-sig-api-v2");

let program;
let chrome;
let backend;
before(async () => {
  program = await Program.start();
  chrome = await browser();
  backend = await startBackend();
});
after(async () => {
  await chrome?.close();
  await backend?.close();
  await program?.stop();
});

/** A back end that agrees with everything and remembers what it was told. */
async function startBackend() {
  const calls = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    calls.push({ target: request.url, body: JSON.parse(text) });
    response.end('{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}');
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const about = (command) => calls.filter(({ body }) => body.CallbackCommand === command);
  const close = () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  };
  return { url: `http://127.0.0.1:${server.address().port}/hook`, calls, about, close };
}

/** Logs a bare socket in; its answer's ErrorCode is in `code`. */
async function login(sdkappid, key, user) {
  const sdk = await bare(program);
  const usersig = new Api(sdkappid, key).genSig(user, 3600);
  const { ErrorCode: code, A2Key: a2 } = await sdk.ask("im_open_status.wslogin", {}, { sdkappid, identifier: user, usersig });
  return { ...sdk, code, ask: (command, body) => sdk.ask(command, body, { sdkappid, a2 }) };
}

function text(group, user, words, random) {
  const MsgBody = [{ MsgType: "TIMTextElem", MsgContent: { Text: words } }];
  return { GroupId: group, From_Account: user, Random: random, MsgBody };
}

const at = (page) => (name) => page.locator(`[data-test="${name}"]`);

test("an app from its making to a login refused with its old key", async () => {
  const page = await hostConsole(chrome, program);
  const find = at(page);
  await find("nav-developers").click();
  await find("app-name").fill("Auctions");
  await find("app-create").click();
  await find("secret").waitFor();
  const key = await find("secret-key").inputValue();
  assert.match(key, /^[0-9a-f]{64}$/);
  const id = Number((await page.locator(".app-head code").textContent()).replace("SDKAppID ", ""));
  await page.screenshot({ path: `${out}/developers-key.png` });
  await find("secret-done").click();
  assert.ok(!(await page.content()).includes(key), "the key is shown once");
  assert.match(await find("snippet").textContent(), new RegExp(`SDKAppID: ${id},\\s+proxyServer: "${program.url.replace("http", "ws")}"`));

  await find("tab-rooms").click();
  await find("room-name").fill("Evening auction");
  await find("room-id").fill("auction/1 & more");
  await find("room-create").click();
  await find("room-auction/1 & more").click();
  const ann = await login(id, key, "ann");
  assert.equal(ann.code, 0);
  assert.equal((await ann.ask("group_open_http_svc.apply_join_group", { GroupId: "auction/1 & more" })).ErrorCode, 0);
  const send = (words, random) => ann.ask("group_open_http_svc.send_group_msg", text("auction/1 & more", "ann", words, random));
  assert.equal((await send("<b>who bids?</b>", 1)).ErrorCode, 0);
  await page.locator("[data-test=room-messages] li", { hasText: "<b>who bids?</b>" }).waitFor();
  await page.locator(".room-lists li", { hasText: "ann" }).first().waitFor();

  await find("tab-hooks").click();
  await find("hook-url").fill(backend.url);
  await find("Group.CallbackAfterSendMsg").check();
  await find("hook-token").fill("a-token");
  await find("hook-save").click();
  await page.locator("[data-test=notice-news]", { hasText: "Webhooks saved" }).waitFor();
  await find("hook-test").click();
  await page.locator("[data-test=hook-result]", { hasText: "would let the message through" }).waitFor();
  assert.match(backend.calls[0].target, /CallbackCommand=Group\.CallbackBeforeSendMsg.*&Sign=/);
  await page.locator("[data-test=hook-light][data-colour=green]").waitFor();

  assert.equal((await send("a bid of 5", 2)).ErrorCode, 0);
  const [told] = await until("the back end is told", () => backend.about("Group.CallbackAfterSendMsg").length > 0
    && backend.about("Group.CallbackAfterSendMsg"));
  assert.equal(told.body.MsgBody[0].MsgContent.Text, "a bid of 5");
  await find("tab-log").click();
  const row = page.locator(".delivery-row", { hasText: "delivered" });
  await row.waitFor();
  assert.equal(await row.count(), 1);
  await row.click();
  assert.equal(JSON.parse(await find("delivery-body").textContent()).GroupId, "auction/1 & more");
  await page.getByRole("button", { name: "Tell it again" }).click();
  await until("it is told again", () => backend.about("Group.CallbackAfterSendMsg").length === 2);

  await find("tab-key").click();
  await find("key-rotate").click();
  await find("key-rotate-yes").click();
  await find("secret").waitFor();
  const fresh = await find("secret-key").inputValue();
  assert.notEqual(fresh, key);
  assert.equal((await login(id, key, "ann")).code, 70009, "the old key");
  assert.equal((await login(id, fresh, "ann")).code, 0);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test("rules are tried before they are saved, and one that is wrong says why", async () => {
  const page = await hostConsole(chrome, program);
  const find = at(page);
  await find("nav-developers").click();
  await find("tab-mapping").click();
  await page.locator("[data-test=try-result]", { hasText: "Nothing on the picture" }).waitFor();
  await find("rule-add").click();
  await find("rule-1-equals").fill("like");
  await find("rule-1-count").fill("/n");
  await page.locator("[data-test=try-result]", { hasText: "3 likes" }).waitFor();
  await find("rule-1-count").fill("n");
  await page.locator("[data-test=try-result][data-colour=red]", { hasText: "JSON pointer" }).waitFor();
  await find("rule-1-count").fill("/n");
  await find("mapping-save").click();
  await page.locator("[data-test=notice-news]", { hasText: "Rules saved" }).waitFor();
  await page.reload();
  await find("nav-developers").click();
  await find("tab-mapping").click();
  await until("the rule is there", async () => (await find("rule-1-equals").inputValue()) === "like");
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test("a room is dismissed after a second question, and an app after its name", async () => {
  const page = await hostConsole(chrome, program);
  const find = at(page);
  await find("nav-developers").click();
  await find("app-name").fill("Short-lived");
  await find("app-create").click();
  await find("secret-done").click();
  await find("tab-rooms").click();
  await find("room-name").fill("Gone soon");
  await find("room-id").fill("soon");
  await find("room-create").click();
  await find("room-soon").click();
  await find("room-dismiss").click();
  await page.keyboard.press("Escape");
  await find("room-dismiss").click();
  await find("room-dismiss-yes").click();
  await page.locator("[data-test=notice-news]", { hasText: "Room soon is closed" }).waitFor();
  await until("it is not listed", async () => (await find("room-soon").count()) === 0);
  await find("tab-key").click();
  await until("the settings are read", () => find("order-mutes").isChecked());
  await find("order-mutes").uncheck();
  await find("order-ban").selectOption("3600");
  await page.locator("[data-test=notice-news]", { hasText: "Settings saved" }).waitFor();
  await find("tab-rooms").click();
  await page.reload();
  await find("nav-developers").click();
  await page.locator(".app-row", { hasText: "Short-lived" }).click();
  await find("tab-key").click();
  await until("they were kept", async () => (await find("order-ban").inputValue()) === "3600"
    && !(await find("order-mutes").isChecked()));
  await find("app-delete-name").fill("Something else");
  await find("app-delete").click();
  await page.locator("[data-test=notice-error]").waitFor();
  await find("app-delete-name").fill("Short-lived");
  await find("app-delete").click();
  await until("it is gone", async () => (await page.locator(".app-row", { hasText: "Short-lived" }).count()) === 0);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test("a helper has no such page, and every control has a name and fits from 380 px on", async () => {
  const helper = await open(chrome, `${program.url}/console`, { storage: { "surtitle.console": program.secrets.helper } });
  await helper.locator("[data-test=nav-live]").waitFor();
  assert.equal(await helper.locator("[data-test=nav-developers]").count(), 0);
  await helper.context().close();
  for (const width of [380, 1000, 1440]) {
    const page = await hostConsole(chrome, program, { width, height: 900, colorScheme: "dark" });
    const find = at(page);
    await find("nav-developers").click();
    await find("app-list").waitFor();
    for (const tab of ["start", "rooms", "hooks", "log", "mapping", "key"]) {
      await find(`tab-${tab}`).click();
      await page.locator(`#panel-${tab}`).waitFor();
      await page.screenshot({ path: `${out}/developers-${tab}-${width}.png` });
      const wrong = await page.evaluate(() => {
        const view = document.querySelector(".developers");
        const named = (e) => e.textContent.trim() || e.getAttribute("aria-label") || e.labels?.length;
        const controls = [...view.querySelectorAll("button, input, select, textarea")].filter((e) => e.checkVisibility());
        const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
        const described = [...view.querySelectorAll("[aria-describedby], [aria-controls]")].filter((e) =>
          e.hasAttribute("aria-describedby") && !document.getElementById(e.getAttribute("aria-describedby")));
        return {
          unnamed: controls.filter((e) => !named(e)).map((e) => e.outerHTML),
          twice: ids.filter((id, i) => ids.indexOf(id) !== i),
          described: described.map((e) => e.outerHTML),
          wide: document.querySelector(".stage").scrollWidth - document.querySelector(".stage").clientWidth,
        };
      });
      assert.deepEqual(wrong, { unnamed: [], twice: [], described: [], wide: 0 }, `${tab} at ${width}`);
    }
    assert.deepEqual(page.problems, []);
    await page.context().close();
  }
});
