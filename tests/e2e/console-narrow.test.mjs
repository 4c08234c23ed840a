// A host's pages with an evening in them, on phone, dock and desk in every language: nothing is cut, small or unreadable.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violations } from "./axe.mjs";
import { browser, client, hostClient, open, Program, until } from "./program.mjs";

const LONG = "A very long product name that a shop copied from its catalogue uncut";

let program;
let chrome;
before(async () => {
  program = await Program.start();
  chrome = await browser();
  await evening();
});
after(async () => {
  await chrome?.close();
  await program?.stop();
});

/** Products, vouchers that run, are sold out and ended, a lottery, questions in every state, mutes, bans, rules, cards. */
async function evening() {
  const host = await hostClient(program);
  const sale = (order) => host.run({ do: "sale", order });
  const order = (set, more = {}) => host.run({ do: "order", order: { set, ...more } });
  const eur = (amount) => ({ amount, currency: "EUR" });
  for (const [number, title, amount, stock] of [
    [1, "Silk scarf", 3_990, 12], [2, "手工陶瓷茶杯（两只装）", 2_450, 40], [9_999, LONG, 129_900, 0],
  ]) await sale({ order: "product", product: { number, title, price: eur(amount), stock } });
  await sale({ order: "show", number: 1 });
  const voucher = (id, title, worth, stock, more) =>
    sale({ order: "voucher", voucher: { id, title, worth, stock, per_person: 1, ...more } });
  await voucher("ten", "Ten percent for everybody here", { kind: "percent", percent: 10 }, 50, { keyword: "deal" });
  await voucher("five", "For the first two", { kind: "fixed", off: eur(500) }, 2, { min_spend: eur(2_000) });
  await voucher("ship", "包邮券", { kind: "free_shipping" }, 200, { keyword: "包邮" });
  await sale({ order: "drop", id: "ten", seconds: 600 });
  for (const id of ["five", "ship"]) await sale({ order: "drop", id });
  await sale({ order: "open", number: 2, price: eur(1_990), seconds: 600 });
  await sale({ order: "lottery", id: "mug", title: "A mug", keyword: "mug", winners: 2 });
  await sale({ order: "end", offer: "voucher:ship" });
  const people = await Promise.all(["Mika", "小雨", "ゆうと", "longest-nick-she-can"].map((nick) => client(program, nick)));
  for (const [i, one] of people.entries()) {
    one.send({ t: "sale", cid: 1, ask: { ask: "claim", offer: "voucher:ten" } });
    if (i < 2) one.send({ t: "sale", cid: 2, ask: { ask: "claim", offer: "voucher:five" } });
    one.send({ t: "send", cid: 3, body: { kind: "comment", text: "mug" } });
    one.send({ t: "inquire", cid: 4, ask: { ask: "new", text: `${LONG}, is it washable?`, product: 1 } });
    await until("acknowledged", () => one.frames.find((f) => f.t === "ack" && f.cid === 3));
  }
  const asked = await until("asked", () => {
    const all = host.frames.flatMap((f) => (f.t === "inquiry" ? f.list : []));
    const ids = [...new Set(all.map(({ id }) => id))];
    return ids.length === people.length && ids;
  });
  await sale({ order: "draw", id: "mug" });
  const inquiry = (to, n, more = {}) => host.run({ do: "inquiry", order: { to, id: asked[n], ...more } });
  await inquiry("pick", 1);
  await inquiry("answer", 2, { text: "全国一律 500 円です。", public: true });
  await inquiry("close", 3);
  await order("delay", { seconds: 60 });
  await order("ban", { user: "somebody", seconds: 31_536_000 });
  // A mute takes away what was asked.
  const noor = await client(program, "Noor");
  await host.run({ do: "mute", user: noor.frames.find((f) => f.t === "named").user.id, seconds: 600 });
  const place = (placard) => host.run({ do: "place", placard });
  const options = ["Indigo", "Madder"].map((text) => ({ text, votes: 0 }));
  await place({ id: "poll", kind: "poll", question: "Which colour next?", open: true, options });
  await place({ id: "goal", kind: "goal", title: LONG, unit: "gifts", target: 1_000, value: 230 });
  const words = [{ word: "scam*", action: "refuse" }, { word: "damn", action: "mask" }];
  const patterns = [{ pattern: "call\\s+me", action: "hide" }];
  const app = (await ask("GET", "/apps")).apps[0].id;
  await ask("PUT", `/apps/${app}/filter`, { words, patterns, links: "refuse", hosts: ["shop.example"] });
  const rules = [{ field: "/cmd", equals: "sc", becomes: "paid", text: "/msg", amount: "/amount", currency: "=EUR" }];
  await ask("PUT", `/apps/${app}/mapping`, { rules });
  for (const { socket } of [host, noor, ...people]) socket.close();
}

async function ask(method, at, body) {
  const headers = { authorization: `Bearer ${program.secrets.host}`, "content-type": "application/json" };
  const response = await fetch(`${program.url}/api${at}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  assert.ok(response.ok, `${method} ${at}: ${response.status}`);
  return response.json();
}

/** What is cut off, wider than the page, or on a phone too small for a finger. */
function faults(page, phone) {
  return page.evaluate((phone) => {
    const stage = document.querySelector(".stage");
    const shown = [...stage.querySelectorAll("*")].filter((one) => one.checkVisibility());
    const called = (one) => `${one.tagName} ${one.dataset.test ?? one.className} ${one.textContent.trim().slice(0, 24)}`;
    const edge = stage.getBoundingClientRect().right + 1;
    // These scroll by themselves.
    const wide = shown.filter((one) => !one.closest(".sale-scroll, .code-box, .tabs, .room-said") && one.getBoundingClientRect().right > edge);
    const labels = shown.filter((one) => one.matches("button, label, h2, h3, th, summary, legend, label > span"));
    const cut = labels.filter((one) => getComputedStyle(one).display !== "inline" && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0);
    const fingers = shown.filter((one) => one.matches("button, select, textarea, summary, input:not([type=checkbox], [type=radio])"));
    const small = phone ? fingers.filter((one) => one.getBoundingClientRect().height < 44) : [];
    return [...wide.map((one) => `wide: ${called(one)}`), ...cut.map((one) => `cut: ${called(one)}`), ...small.map((one) => `small: ${called(one)}`)];
  }, phone);
}

/** The pages, each with what shows that its data has come and what lies behind a press. */
const PAGES = {
  live: async (page, at) => {
    await at("entry").filter({ hasText: "mug" }).first().click();
    await page.locator(".live details").evaluateAll((all) => { for (const one of all) one.open = true; });
    await at("take-poll").waitFor();
  },
  sale: async (page, at) => {
    await at("flash-1").click();
    await page.locator(".sale details").evaluateAll((all) => { for (const one of all) one.open = true; });
    await page.locator("[data-test=sale-claims] tr").first().waitFor();
  },
  moderation: async (page, at) => {
    await page.locator(".audit summary").click();
    await page.locator("[data-test=audit] tr").first().waitFor();
    await at("pattern-1").waitFor();
  },
  questions: (page, at) => at("question").nth(3).waitFor(),
};

for (const [language, width, scheme] of [["en", 380, "light"], ["zh-Hans", 1_000, "dark"], ["ja", 380, "dark"], ["ja", 1_440, "light"]]) {
  test(`in ${language} at ${width} px, ${scheme}, nothing of an evening is cut, too small or hard to read`, async () => {
    const storage = { "surtitle.console": program.secrets.host, "surtitle.language": language, "surtitle.scheme": scheme };
    const page = await open(chrome, `${program.url}/console`, { width, height: 900, storage });
    const at = (name) => page.locator(`[data-test="${name}"]`);
    const told = [];
    const look = async (name) => {
      for (const fault of [...await faults(page, width < 600), ...await violations(page, ".stage")]) told.push(`${name}: ${fault}`);
    };
    for (const [name, ready] of Object.entries(PAGES)) {
      await at(`nav-${name}`).click();
      await ready(page, at);
      await look(name);
    }
    await at("nav-developers").click();
    for (const tab of ["start", "rooms", "hooks", "log", "mapping", "key"]) {
      await at(`tab-${tab}`).click();
      await page.locator(`#panel-${tab}`).waitFor();
      await look(tab);
    }
    assert.deepEqual([...new Set(told)], []);
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });
}
