// The same SDKs in real Chromium, on a page of another origin, where a worker may hold their sockets.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { Program, browser, client as native, until } from "../e2e/program.mjs";
import { FLAVOURS, usersig } from "./client.mjs";

const require = createRequire(import.meta.url);
const SCRIPTS = {
  "chat 3.6.6": { path: require.resolve("@tencentcloud/chat"), name: "TencentCloudChat" },
  "tim 2.27.6": { path: require.resolve("tim-js-sdk/tim-js.js"), name: "TIM" },
  "tim 2.10.2": { path: require.resolve("tim-js-sdk-2.10.2/tim-js.js"), name: "TIM", http: true },
};

/** Sends a page's requests to the server, whatever host they name: there is no option for it. */
function redirect(server) {
  const { open } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    const { pathname, search } = new URL(url);
    return open.call(this, method, server + pathname + search, ...rest);
  };
}

for (const [flavour, { path, name, http }] of Object.entries(SCRIPTS).filter(([flavour]) => FLAVOURS.includes(flavour))) {
  describe(`${flavour} in Chromium`, () => {
    let program, chrome, site, viewer;
    before(async () => {
      program = await Program.start();
      chrome = await browser();
      site = createServer((request, response) => {
        const script = request.url === "/sdk.js";
        response.setHeader("content-type", script ? "text/javascript" : "text/html");
        response.end(script ? readFileSync(path) : '<!doctype html><meta charset="utf-8"><script src="/sdk.js"></script>');
      });
      await new Promise((ready) => site.listen(0, "127.0.0.1", ready));
      viewer = await native(program, "Mika");
    });
    after(async () => {
      viewer?.socket.close();
      await chrome?.close();
      site?.close();
      await program?.stop();
    });

    /** A page with an SDK that says what it hears. */
    async function open() {
      const page = await chrome.newPage();
      if (http) await page.addInitScript(redirect, program.url);
      await page.goto(`http://127.0.0.1:${site.address().port}/`);
      await page.evaluate(([name, proxyServer, SDKAppID]) => {
        window.SDK = window[name];
        window.tim = SDK.create({ SDKAppID, proxyServer });
        tim.setLogLevel(4);
        window.heard = [];
        tim.on(SDK.EVENT.SDK_READY, () => { window.ready = true; });
        tim.on(SDK.EVENT.MESSAGE_RECEIVED, ({ data }) => {
          heard.push(...data.map((m) => [m.nick, m.payload.text, m.priority, m.sequence, m.avatar]));
        });
      }, [name, program.url.replace("http", "ws"), program.secrets.sdkappid]);
      return page;
    }

    test("a page elsewhere logs in, joins, speaks and hears; a guest's page hears too", async () => {
      const [page, guest] = [await open(), await open()];
      const join = () => tim.joinGroup({ groupID: "main", type: SDK.TYPES.GRP_AVCHATROOM });
      assert.equal((await guest.evaluate(join).then((r) => r.code)), 0);
      await page.evaluate((login) => tim.login(login), { userID: "alice", userSig: usersig(program, "alice") });
      await page.waitForFunction("window.ready");
      await page.evaluate(() => tim.updateMyProfile({ nick: "Alice" }));
      await page.evaluate(join);
      const number = await page.evaluate(async () => {
        const message = tim.createTextMessage({ to: "main", conversationType: SDK.TYPES.CONV_GROUP, payload: { text: "从浏览器 🎉" } });
        return (await tim.sendMessage(message)).data.message.sequence;
      });
      assert.ok(number > 0);
      viewer.send({ t: "send", cid: 1, body: { kind: "comment", text: "hello Chromium" } });
      const hears = (who, nick, text) => until(`page hears ${text}`, () =>
        who.evaluate(([nick, text]) => heard.some(([n, t]) => n === nick && t === text), [nick, text]));
      await hears(page, "Mika", "hello Chromium");
      await hears(guest, "Mika", "hello Chromium");
      await hears(guest, "Alice", "从浏览器 🎉");
      await until("native viewer hears", () => viewer.frames.filter((f) => f.t === "batch")
        .flatMap((f) => f.events).some((e) => e.text === "从浏览器 🎉" && e.from.nick === "Alice"));
    });

    test("200 red packets from a page arrive on another page, whole and in order", async () => {
      const [page, reader] = [await open(), await open()];
      for (const [who, userID] of [[page, "rita"], [reader, "rolf"]]) {
        await who.evaluate((login) => tim.login(login), { userID, userSig: usersig(program, userID) });
        await who.waitForFunction("window.ready");
      }
      await page.evaluate(() => tim.updateMyProfile({ nick: "Rita", avatar: "https://example.org/r.png" }));
      for (const who of [page, reader]) await who.evaluate(() => tim.joinGroup({ groupID: "main", type: SDK.TYPES.GRP_AVCHATROOM }));
      const numbers = await page.evaluate(async () => {
        const { CONV_GROUP: conversationType, MSG_PRIORITY_HIGH: priority } = SDK.TYPES;
        const sent = Array.from({ length: 200 }, (_, i) => tim.sendMessage(
          tim.createTextMessage({ to: "main", conversationType, priority, payload: { text: `red packet ${i}` } })));
        return (await Promise.all(sent)).map(({ data }) => data.message.sequence);
      });
      await reader.waitForFunction(() => heard.some(([, text]) => text === "red packet 199"));
      const got = await reader.evaluate(() => heard.filter(([, text]) => text?.startsWith("red packet")));
      const whole = numbers.map((n, i) => ["Rita", `red packet ${i}`, "High", n, "https://example.org/r.png"]);
      if (http) whole.sort((a, b) => a[3] - b[3]); // requests by HTTP may pass each other
      assert.deepEqual(got, whole);
    });

    test("FAQ 1, 2, 3, 6 and 7: own name, orders to mute and to leave, likes and priorities, in pages", async () => {
      const enter = async (userID) => {
        const page = await open();
        await page.evaluate((login) => tim.login(login), { userID, userSig: usersig(program, userID) });
        await page.waitForFunction("window.ready");
        await page.evaluate((nick) => tim.updateMyProfile({ nick }), `Nick of ${userID}`);
        await page.evaluate(() => tim.joinGroup({ groupID: "main", type: SDK.TYPES.GRP_AVCHATROOM }));
        return page;
      };
      const [owner, page] = [await enter("administrator"), await enter("faye")];
      /** Sends a text; the code it is refused with, or 0. */
      const say = (text) => page.evaluate(async (text) => {
        const message = tim.createTextMessage({ to: "main", conversationType: SDK.TYPES.CONV_GROUP, payload: { text } });
        return tim.sendMessage(message).then(({ code }) => code, ({ code }) => code);
      }, text);
      const custom = (who, data, priority) => who.evaluate(([data, priority]) => tim.sendMessage(tim.createCustomMessage({
        to: "main", conversationType: SDK.TYPES.CONV_GROUP, priority: SDK.TYPES[priority], payload: { data, description: "", extension: "" },
      })).then(({ data: { message } }) => message.priority), [data, priority]);

      const own = await page.evaluate(() => tim.getMyProfile().then(({ data }) => data.nick));
      assert.equal(own, "Nick of faye", "FAQ 1: what a sender's own message is shown with");
      await custom(owner, JSON.stringify({ cmd: "mute", Members_Account: ["faye"], MuteTime: 600 }), "MSG_PRIORITY_HIGH");
      await until("FAQ 2: muted", async () => await say("muted?") === 10017);
      await custom(owner, JSON.stringify({ cmd: "unmute", Members_Account: ["faye"] }), "MSG_PRIORITY_HIGH");
      await until("FAQ 2: unmuted", async () => await say("unmuted?") === 0);
      assert.equal(await custom(page, "like", "MSG_PRIORITY_LOW"), "Low", "FAQ 7");
      await until("FAQ 6: the like is in the profile", () => page.evaluate(async () => {
        // Asked too often, the SDK refuses by itself.
        const { data } = await tim.getGroupProfile({ groupID: "main" }).catch(() => ({}));
        return data?.group.groupCustomField.some(({ key, value }) => key === "likes" && Number(value) >= 1);
      }), 20_000);
      await page.evaluate(() => tim.on(SDK.EVENT.MESSAGE_RECEIVED, ({ data }) => {
        if (data.some((m) => m.priority === "High" && m.payload.data?.includes('"leave":["faye"]'))) tim.quitGroup("main");
      }));
      await custom(owner, JSON.stringify({ leave: ["faye"] }), "MSG_PRIORITY_HIGH");
      await until("FAQ 3: gone by itself", async () => await say("still here?") !== 0);
    });
  });
}
