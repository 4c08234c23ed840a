// The pictures of README and docs, taken from the running program: `make shots`.
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { bare } from "../sdk/bare.mjs";
import { Program, browser, client, hostConsole, open, overlay, say, until, viewer } from "./program.mjs";

const { Api } = createRequire(import.meta.url)("tls-sig-api-v2");
const images = join(resolve(dirname(fileURLToPath(import.meta.url)), "../.."), "docs/images");
mkdirSync(images, { recursive: true });

const lines = [
  ["Mika", "first time here, love the colours"],
  ["小雨", "是不是有优惠券？"],
  ["Noor", "مرحبا من القاهرة"],
  ["ゆうと", "今日の配信も楽しみ 🎉"],
  ["Sara", "which brush is that?"],
  ["준호", "어디서 보고 있어요?"],
  ["Ada", "the light on the water!! 🌊"],
];

/** A stand-in for the streamer's video: drawn behind the page for the picture only. */
const scene = `
  html { background:
    radial-gradient(60% 45% at 70% 30%, #f7b26799, transparent 70%),
    radial-gradient(50% 60% at 20% 80%, #2b6f8fcc, transparent 70%),
    linear-gradient(#1b2a49, #3b3355 45%, #7a4a58 62%, #16222f 63%, #0c141d) !important; }`;

/** The page Developers: a room of a new app from inside, with people who logged in to it. */
async function developers(page) {
  const find = (name) => page.locator(`[data-test="${name}"]`);
  const make = async (name) => {
    await find("app-name").fill(name);
    await find("app-create").click();
    await find("secret").waitFor();
    const key = await find("secret-key").inputValue();
    await find("secret-done").click();
    return { key, id: Number((await page.locator(".app-head code").textContent()).replace("SDKAppID ", "")) };
  };
  await find("nav-developers").click();
  await make("Language school");
  const { id, key } = await make("Evening auctions");
  await find("tab-rooms").click();
  for (const [group, name] of [["lot-42", "Watches, lot 42"], ["lot-43", "Prints, lot 43"]]) {
    await find("room-name").fill(name);
    await find("room-id").fill(group);
    await find("room-introduction").fill("Every evening at eight. Bids by message.");
    await find("room-create").click();
    await find(`room-${group}`).waitFor();
  }
  for (const [i, [nick, text]] of [
    ["Mika", "is the strap original?"], ["小雨", "有证书吗？"], ["Noor", "كم السعر؟"], ["ゆうと", "きれい！"],
    ["Sara", "two hundred"], ["Ada", "two hundred and ten"],
  ].entries()) {
    const sdk = await bare(program);
    const identifier = `bidder-${i + 1}`;
    const usersig = new Api(id, key).genSig(identifier, 3600);
    const { A2Key: a2 } = await sdk.ask("im_open_status.wslogin", {}, { sdkappid: id, identifier, usersig });
    const ask = (command, body) => sdk.ask(command, body, { sdkappid: id, a2 });
    await ask("profile.portrait_set", { ProfileItem: [{ Tag: "Tag_Profile_IM_Nick", Value: nick }] });
    await ask("group_open_http_svc.apply_join_group", { GroupId: "lot-42" });
    const MsgBody = [{ MsgType: "TIMTextElem", MsgContent: { Text: text } }];
    await ask("group_open_http_svc.send_group_msg", { GroupId: "lot-42", From_Account: identifier, Random: i + 1, MsgBody });
  }
  await find("nav-live").click();
  await find("nav-developers").click();
  await find("room-lot-42").click();
  await until("six messages", async () => (await page.locator("[data-test=room-messages] time").count()) === 6);
  await until("no notice", async () => (await page.locator(".notice").count()) === 0);
  await page.screenshot({ path: join(images, "developers.png") });
}

/** A sale on air: the host's page, the card on the picture, a buyer's phone. */
async function sale(people) {
  const host = await hostConsole(chrome, program, { width: 1440, height: 900, colorScheme: "dark" });
  const find = (name) => host.locator(`[data-test="${name}"]`);
  await find("nav-sale").click();
  for (const [number, title, price, stock] of [["1", "Watercolour set, 24 pans", "38", "60"], ["2", "Sketchbook, 300 g", "14.50", "120"]]) {
    await find("product-number").fill(number);
    await find("product-title").fill(title);
    await find("product-price").fill(price);
    await find("product-stock").fill(stock);
    await find("product-save").click();
  }
  await find("voucher-title").fill("Ten off tonight");
  await find("voucher-kind").selectOption("percent");
  await find("voucher-worth").fill("10");
  await find("voucher-stock").fill("50");
  await find("voucher-keyword").fill("deal");
  await find("voucher-save").click();
  await find("time-ten-off-tonight").selectOption("600");
  await find("drop-ten-off-tonight").click();
  const buyer = await viewer(chrome, program, "Lena", { width: 390, height: 844, colorScheme: "dark", deviceScaleFactor: 2 });
  await buyer.locator("[data-test=offer-claim]").first().waitFor();
  for (const person of people.values()) {
    person.send({ t: "send", cid: 1_000, body: { kind: "comment", text: "deal" } });
  }
  await until("seven claims", async () => (await host.locator("[data-test=sale-claims] tr").count()) === people.size);
  await host.screenshot({ path: join(images, "sale.png") });
  await buyer.screenshot({ path: join(images, "sale-phone.png") });
}

/** A lesson: what a teacher writes on a page of its own. */
async function board() {
  const page = await open(chrome, `${program.url}/board/main`, {
    width: 1280, height: 800, storage: { "surtitle.console": program.secrets.host },
  });
  const sheet = page.locator(".board-sheet");
  await sheet.waitFor();
  const box = await sheet.boundingBox();
  const at = (x, y) => [box.x + x * box.width, box.y + y * box.height];
  const draw = async (points) => {
    await page.mouse.move(...at(...points[0]));
    await page.mouse.down();
    for (const point of points.slice(1)) await page.mouse.move(...at(...point), { steps: 3 });
    await page.mouse.up();
  };
  const wave = (high, from, to) => Array.from({ length: 60 }, (_, i) => {
    const x = from + ((to - from) * i) / 59;
    return [x, 0.5 - high * Math.sin((x - from) * 20)];
  });
  await draw([[0.1, 0.5], [0.9, 0.5]]);
  await draw([[0.1, 0.85], [0.1, 0.12]]);
  await draw(wave(0.28, 0.1, 0.88));
  await page.locator("[data-test=board-colour-4]").click();
  await draw(wave(0.14, 0.1, 0.88));
  await page.screenshot({ path: join(images, "board.png") });
}

const program = await Program.start();
const chrome = await browser();
try {
  const size = { width: 1920, height: 1080 };
  const picture = await overlay(chrome, program, size);
  const host = await hostConsole(chrome, program, { width: 1440, height: 900, colorScheme: "dark" });
  const phone = await viewer(chrome, program, "Mika", { width: 390, height: 844, colorScheme: "dark", deviceScaleFactor: 2 });
  const people = new Map();
  for (const [nick] of lines) people.set(nick, await client(program, nick));
  await picture.addStyleTag({ content: scene }).catch(() => undefined);
  let cid = 0;
  const speak = (nick, body) => people.get(nick).send({ t: "send", cid: (cid += 1), body });
  for (const [nick, text] of lines.slice(0, 3)) {
    speak(nick, { kind: "comment", text });
    await new Promise((wait) => setTimeout(wait, 350));
  }
  for (let i = 0; i < 12; i += 1) {
    speak("小雨", { kind: "gift", gift: "rocket", count: 1 });
    people.get("Ada").send({ t: "like", count: 17 });
    if (lines[3 + i]) speak(lines[3 + i][0], { kind: "comment", text: lines[3 + i][1] });
    await new Promise((wait) => setTimeout(wait, 220));
  }
  speak("Sara", { kind: "gift", gift: "rose", count: 10 });
  people.get("Ada").send({ t: "like", count: 40 });
  await say(phone, "so calming 💙");
  await until("two cards", async () => (await picture.locator(".gift-card").count()) === 2);
  await new Promise((wait) => setTimeout(wait, 700));
  await picture.screenshot({ path: join(images, "overlay.png") });
  await host.screenshot({ path: join(images, "console.png") });
  await phone.screenshot({ path: join(images, "viewer-phone.png") });
  await sale(people);
  await board();
  for (const person of people.values()) person.socket.close();
  const guest = await open(chrome, `${program.url}/viewer/main`, { width: 1280, height: 800, colorScheme: "dark" });
  await until("history", () => guest.locator("[data-test=message]").count());
  // What comes in has come.
  await guest.evaluate(() => Promise.all(document.getAnimations()
    .filter((motion) => motion.effect.getComputedTiming().endTime !== Infinity).map(({ finished }) => finished)));
  await guest.screenshot({ path: join(images, "viewer.png") });
  await developers(await hostConsole(chrome, program, { width: 1280, height: 800, colorScheme: "dark" }));
} finally {
  await chrome.close();
  await program.stop();
}
