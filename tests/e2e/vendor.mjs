// The vendor's unmodified SDK on a page of another site in Chromium, logged in at our server.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { binary } from "./program.mjs";

const SCRIPT = createRequire(import.meta.url).resolve("@tencentcloud/chat");

/** The site of an app with the SDK; close it in the end. */
export async function site() {
  const server = createServer((request, response) => {
    const script = request.url === "/sdk.js";
    response.setHeader("content-type", script ? "text/javascript" : "text/html");
    response.end(script ? readFileSync(SCRIPT) : '<!doctype html><meta charset="utf-8"><title>SDK</title><script src="/sdk.js"></script>');
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/**
 * A page of it with `tim`, ready. `heard` has each text it was given, on joining too, with its id; `taken` when it
 * was told to take a message back, by id.
 */
export async function account(chrome, program, url, user) {
  const page = await (await chrome.newContext()).newPage();
  page.problems = [];
  page.on("pageerror", (error) => page.problems.push(String(error)));
  await page.goto(url);
  const userSig = execFileSync(binary, ["usersig", user, "--data", program.data], { encoding: "utf8" }).trim();
  await page.evaluate(async ([proxyServer, SDKAppID, userID, userSig]) => {
    window.SDK = window.TencentCloudChat;
    window.tim = SDK.create({ SDKAppID, proxyServer });
    tim.setLogLevel(4);
    window.heard = [];
    window.taken = new Map();
    tim.on(SDK.EVENT.MESSAGE_RECEIVED, ({ data }) => heard.push(...data.map(({ ID, payload }) => [ID, payload.text])));
    tim.on(SDK.EVENT.MESSAGE_REVOKED, ({ data }) => { for (const { ID } of data) taken.set(ID, Date.now()); });
    const ready = new Promise((done) => tim.on(SDK.EVENT.SDK_READY, done));
    await tim.login({ userID, userSig });
    await ready;
  }, [program.url.replace("http", "ws"), program.secrets.sdkappid, user, userSig]);
  return page;
}

export const join = (page) =>
  page.evaluate(() => tim.joinGroup({ groupID: "main", type: SDK.TYPES.GRP_AVCHATROOM }).then(({ code }) => code));

/** Whether it was given this text, and the id it came with. */
export const heard = (page, text) => page.evaluate((text) => heard.find(([, said]) => said === text)?.[0], text);

/** The lists of messages the SDK keeps for a page that asks. */
export const lists = (page) => page.evaluate(async () => {
  const asked = { conversationID: "GROUPmain", groupID: "main", sequence: 1, count: 15 };
  return JSON.stringify(await Promise.all([tim.getMessageList(asked), tim.getMessageListHopping(asked)]));
});

/** Joins, waits until it was given what `stays`, and leaves; all that it was given and its lists. */
export async function visit(page, stays) {
  await page.evaluate(() => { heard.length = 0; });
  await join(page);
  await page.waitForFunction((stays) => heard.some(([, said]) => said === stays), stays);
  const all = await page.evaluate(() => JSON.stringify(heard)) + await lists(page);
  await page.evaluate(() => tim.quitGroup("main"));
  return all;
}
