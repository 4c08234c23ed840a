// The console in Chinese and Japanese in real Chromium: no English left on any page, and axe over all of them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violations } from "./axe.mjs";
import { browser, client, hostClient, open, Program, until } from "./program.mjs";

/** What every language spells alike: names of programs, formats, keys and units; ids of this test's data. */
const ALIKE = [
  "https?://\\S*", "wss?://\\S*", "\\S*\\.(?:md|js|m3u8|flv|html)\\b", "--?[a-z]+", "data:", "@[a-z]+",
  "Surtitle", "OBS", "WebSocket", "HTTP-FLV", "HLS", "QR", "CSS", "JSON", "CSV", "URL", "PNG", "JPEG", "GIF", "WebP", "MB",
  "PC", "NG", "px", "Ctrl", "Shift", "Enter", "Esc", "End", "[A-Z] [A-Z]", "A–Z", "a–z",
  "SDKAppID", "SDK", "UserSig", "UserID", "ID", "REST", "API", "Webhook", "Web", "App", "BAN", "SHA-256", "[0-9a-f]{16}",
  "proxyServer", "Members_Account", "Data", "Ext", "Sign", "RequestTime", "https?", "surtitle draw verify",
  "shop\\.example", "w\\.o\\.r\\.d", "w0rd", "woooord",
  "Glass", "Broadcast", "Pixel", "Contrast", "main", "desk", "wave", "u-\\S+", "(?:voucher|lottery)-\\d",
];

let program;
let chrome;
before(async () => {
  program = await Program.start();
  chrome = await browser();
  const viewer = await client(program, "小雨");
  viewer.send({ t: "send", cid: 1, body: { kind: "comment", text: "有优惠券吗？" } });
  viewer.send({ t: "send", cid: 2, body: { kind: "gift", gift: "rose", count: 3 } });
  await until("the gift", () => viewer.frames.find((f) => f.t === "ack" && f.cid === 2));
  const host = await hostClient(program);
  await host.run({ do: "say", text: "欢迎" });
  await host.run({ do: "rehearse", what: "flood" });
  const sale = (order) => host.run({ do: "sale", order });
  const price = { amount: 500, currency: "CNY" };
  await sale({ order: "product", product: { number: 1, title: "丝巾", price, stock: 12 } });
  await sale({ order: "voucher", voucher: { id: "1", title: "满减", worth: { kind: "fixed", off: price }, stock: 9, per_person: 1 } });
  await sale({ order: "drop", id: "1", seconds: 600 });
  await sale({ order: "lottery", id: "2", title: "茶杯", keyword: "抽奖", winners: 2 });
  viewer.send({ t: "sale", cid: 3, ask: { ask: "claim", offer: "voucher:1" } });
  viewer.send({ t: "inquire", cid: 4, ask: { ask: "new", text: "可以水洗吗？", product: 1 } });
  const options = ["靛蓝", "茜红"].map((text) => ({ text, votes: 0 }));
  await host.run({ do: "place", placard: { id: "3", kind: "poll", question: "下一个颜色？", open: true, options } });
  await until("the question", () => host.frames.some((f) => f.t === "inquiry" && f.list.length > 0));
  const { id } = viewer.frames.find((f) => f.t === "named").user;
  await host.run({ do: "order", order: { set: "delay", seconds: 10 } });
  await host.run({ do: "mute", user: id, seconds: 600 });
  host.socket.close();
  // A page that wants to be paired: its banner stands in every view.
  const waiting = await open(chrome, `${program.url}/overlay/desk`);
  await waiting.locator("text=/^\\d{3} ?\\d{3}$/").first().waitFor();
});
after(async () => {
  await chrome?.close();
  await program?.stop();
});

const speaking = (language, scheme, storage = {}, width = 1440) => open(chrome, `${program.url}/console`, {
  width, height: 900,
  before: (context) => context.addInitScript(() => {
    window.asking = 0;
    const ask = window.fetch;
    window.fetch = (...what) => {
      window.asking += 1;
      return ask(...what).finally(() => setTimeout(() => { window.asking -= 1; }));
    };
  }),
  storage: { "surtitle.language": language, "surtitle.scheme": scheme, ...storage },
});
const host = () => ({ "surtitle.console": program.secrets.host });

/** Everything a reader meets that has Latin letters beyond what is spelled alike: texts, labels, hints. */
function latin(page) {
  return page.evaluate((alike) => {
    const known = new RegExp(`(?<![A-Za-z])(?:${alike.join("|")})(?![A-Za-z])`, "g");
    const shown = (element) => (element.closest("option") ? element.closest("select") : element)?.checkVisibility();
    // Code, addresses, what people wrote and what stands on the picture are nobody's to translate.
    const foreign = "script, style, code, kbd, pre, textarea, bdi, .name, .row.comment .text, .pinned-text, .placard-words, [data-test=room-messages], [data-test^=room-] strong, option[lang]";
    const found = [];
    const look = (text, where) => {
      if (/[A-Za-z]{2}/.test(text.replace(known, ""))) found.push(`${where}: ${text.trim()}`);
    };
    const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) {
      const { parentElement: parent, data } = nodes.currentNode;
      if (parent.closest(foreign) || !shown(parent)) continue;
      look(data, parent.tagName.toLowerCase());
    }
    for (const element of document.body.querySelectorAll("[title], [aria-label], [placeholder]")) {
      if (element.closest(foreign) || !shown(element)) continue;
      for (const name of ["title", "aria-label", "placeholder"]) look(element.getAttribute(name) ?? "", name);
    }
    return [...new Set(found)];
  }, ALIKE);
}

/** Waits until the server has answered all the page asked, and it was drawn. */
const answered = (page) => page.waitForFunction(() => window.asking === 0).then(() =>
  page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))));

/** Opens one page after the other, and each part of a page that has parts. */
async function everywhere(page, look) {
  await page.locator("[data-test=nav-live]").waitFor();
  const names = await page.locator("[data-test^=nav-]").evaluateAll((all) => all.map((one) => one.dataset.test));
  assert.ok(names.length >= 11, `${names}`);
  for (const name of names) {
    await page.locator(`[data-test=${name}]`).click();
    await page.evaluate(() => document.querySelectorAll(".stage details").forEach((part) => { part.open = true; }));
    await answered(page);
    await look(name);
    if (name === "nav-live") {
      const kinds = page.locator("[data-test=placard-kind]");
      for (const kind of await kinds.locator("option").evaluateAll((all) => all.map(({ value }) => value))) {
        await kinds.selectOption(kind);
        await look(`${name} ${kind}`);
      }
    }
    const parts = page.locator(".stage [role=tab]:visible:not([aria-selected=true])");
    for (let i = await parts.count(); i > 0; i -= 1) {
      await page.locator(".stage [role=tab]:visible").nth(i).click();
      await answered(page);
      await look(`${name} ${i}`);
    }
  }
}

for (const [language, scheme, width] of [["zh-Hans", "dark", 1440], ["ja", "light", 380]]) {
  test(`no page of the console in ${language}, ${scheme}, has English left or a fault that axe finds`, async () => {
    const page = await speaking(language, scheme, host(), width);
    const told = [];
    await everywhere(page, async (name) => {
      for (const text of await latin(page)) told.push(`${name}: ${text}`);
      if (/ \D/.test(name)) return;
      for (const fault of await violations(page)) told.push(`${name}: axe: ${fault}`);
    });
    assert.equal(await page.evaluate(() => document.documentElement.lang), language);
    assert.equal(await page.locator("[data-test=pairing]").count(), 1);
    assert.deepEqual([...new Set(told)], []);
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });
}

test("the search for English finds it on every page of the English console", async () => {
  const page = await speaking("en", "dark", host());
  await everywhere(page, async (name) => {
    assert.ok((await latin(page)).length > 15, name);
  });
  await page.context().close();
});

test("what was done and what was refused is told in the page's language", async () => {
  const page = await speaking("zh-Hans", "light", host());
  await page.locator("[data-test=clear]").click();
  await page.locator("[data-test=notice-news]", { hasText: "已清屏。" }).waitFor();
  await page.locator("[data-test=nav-connect]").click();
  await page.locator("[data-test=pair-code]").fill("000 000");
  await page.locator("[data-test=pair-confirm]").click();
  await page.locator("[data-test=notice-error]", { hasText: "配对码错误或已过期。" }).waitFor();
  assert.deepEqual(await latin(page), []);
  assert.deepEqual(await violations(page), []);
  await page.context().close();
});

test("the console speaks the browser's language, and the one that is chosen from then on", async () => {
  const page = await open(chrome, `${program.url}/console`, { locale: "ja-JP", colorScheme: "light" });
  await page.locator("[data-test=signin]", { hasText: "サインイン" }).waitFor();
  assert.deepEqual(await latin(page), []);
  assert.deepEqual(await violations(page), []);
  await page.locator("[data-test=signin-token]").fill(program.secrets.host);
  await page.locator("[data-test=signin]").click();
  await page.locator("[data-test=nav-live]", { hasText: "ライブ" }).waitFor();
  await Promise.all([page.waitForEvent("load"), page.locator("[data-test=language]").selectOption("zh-Hans")]);
  await page.locator("[data-test=nav-live]", { hasText: "直播" }).waitFor();
  assert.equal(await page.title(), "Surtitle 控制台");
  await page.locator("[data-test=nav-connect]").click();
  await Promise.all([page.waitForEvent("load"), page.locator("[data-test=console-language]").selectOption("en")]);
  await page.locator("[data-test=nav-live]", { hasText: "Live" }).waitFor();
  await page.context().close();
});
