// The live sale in real Chromium: a host drops a voucher, phones claim it, the overlay counts down.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { binary, hostClient, hostConsole, open, overlay, say, stand, until, viewer } from "./program.mjs";

const PHONE = { width: 390, height: 844 };

let program;
let chrome;
stand((started) => { ({ program, chrome } = started); });

const at = (page, name) => page.locator(`[data-test="${name}"]`);
const text = (page, name) => at(page, name).first().textContent();

/** A host's console on the page Sale. */
async function saleConsole() {
  const host = await hostConsole(chrome, program);
  await at(host, "nav-sale").click();
  await at(host, "voucher-save").waitFor();
  return host;
}

async function prepare(host, title, stock, keyword) {
  await at(host, "voucher-title").fill(title);
  await at(host, "voucher-kind").selectOption("percent");
  await at(host, "voucher-worth").fill("10");
  await at(host, "voucher-stock").fill(String(stock));
  await at(host, "voucher-keyword").fill(keyword);
  await at(host, "voucher-save").click();
}

test("a voucher is dropped, claimed by button and by keyword, counted down and sold out", async () => {
  const host = await saleConsole();
  const screen = await overlay(chrome, program);
  await prepare(host, "Ten off", 2, "deal");
  await at(host, "time-ten-off").selectOption("60");
  await at(host, "drop-ten-off").click();
  await until("the card is on the picture", () => screen.locator(".voucher-value").count());
  await until("its stock", async () => (await screen.locator(".voucher-left").textContent()) === "2 / 2");
  await until("its time runs", async () => /^00:/.test(await screen.locator(".voucher-time").textContent()));

  // The picture's own words follow its look while they stand; the host's title stays.
  const director = await hostClient(program);
  const words = async () => (await screen.locator(".voucher").innerText()).replace(/\s+/g, " ");
  const speak = (language) =>
    director.run({ do: "look", overlay: "main", look: { ...director.display().look, language } });
  assert.match(await words(), /^10% off [\d:]+ Ten off Write “deal” to claim 2 \/ 2$/);
  await speak("ja");
  await until("Japanese", async () => /^10% オフ [\d:]+ Ten off 「deal」とコメントで受け取り 2 \/ 2$/.test(await words()));
  assert.equal(await screen.locator("html").getAttribute("lang"), "ja");
  await speak("en");
  director.socket.close();

  const ann = await viewer(chrome, program, "Ann", PHONE);
  await at(ann, "offer-claim").first().click();
  await until("Ann has it", async () => (await text(ann, "offer-claim")) === "Yours");
  await until("one less", async () => (await screen.locator(".voucher-left").textContent()) === "1 / 2");
  await ann.locator("[data-test=sheet-open][data-sheet=wallet]").click();
  const code = await text(ann, "code");
  assert.match(code, /^[2-9A-Z]{12}$/);

  const bea = await viewer(chrome, program, "Bea", PHONE);
  await say(bea, "I want the deal!");
  await until("Bea has it", async () => (await text(bea, "offer-claim")) === "Yours");
  await until("none left on the picture", async () =>
    (await screen.locator(".voucher-left").textContent()) === "0 / 2");
  await until("sold out on the picture", async () =>
    (await screen.locator(".voucher").getAttribute("data-state")) === "out");

  const cid = await viewer(chrome, program, "Cid", PHONE);
  await until("sold out for Cid", async () => (await text(cid, "offer-claim")) === "Sold out");
  assert.equal(await at(cid, "offer-claim").first().isDisabled(), true);
  await until("the console has both", async () => (await host.locator("[data-test=sale-claims] tr").count()) === 2);
  assert.match(await text(host, "left-voucher:ten-off"), /0 of 2 left/);

  // The receipt in the wallet is in the ledger.
  await ann.locator(".wallet-receipt summary").click();
  const receipt = await text(ann, "receipt");
  const told = spawnSync(binary, ["ledger", "verify", "--has", receipt, "--data", program.data], { encoding: "utf8" });
  assert.equal(told.status, 0, told.stderr);
  for (const page of [host, screen, ann, bea, cid]) assert.deepEqual(page.problems, []);
});

test("what was claimed is there after the program was killed and the page loaded again", async () => {
  const ann = await viewer(chrome, program, "Dan", PHONE);
  const host = await saleConsole();
  await prepare(host, "Late", 5, "late");
  await at(host, "drop-late").click();
  const card = ann.locator('.offer-cards [data-offer="voucher:late"]');
  await card.locator("[data-test=offer-claim]").click();
  await until("claimed", async () => (await card.getAttribute("data-state")) === "mine");
  await program.restart("SIGKILL");
  await ann.reload();
  await ann.locator("[data-test=sheet-open][data-sheet=wallet]").click();
  await until("it is in the wallet", async () => (await at(ann, "wallet-claim").count()) === 1);
  assert.deepEqual(ann.problems, []);
});

test("a product is shown, opened as a flash sale and claimed by its number", async () => {
  const host = await saleConsole();
  const screen = await overlay(chrome, program);
  await at(host, "product-number").fill("12");
  await at(host, "product-title").fill("Silk scarf");
  await at(host, "product-price").fill("19,90");
  await at(host, "product-stock").fill("3");
  await at(host, "product-save").click();
  await at(host, "show-12").click();
  // Cards take turns in one place.
  await until("on the picture", async () =>
    (await screen.locator(".product-title").allTextContents()).includes("Silk scarf"), 60_000);
  await at(host, "flash-12").click();
  await at(host, "flash-price-12").fill("9.90");
  await at(host, "open-12").click();
  const eve = await viewer(chrome, program, "Eve", PHONE);
  await until("the flash sale is on her screen", async () =>
    (await eve.locator(".offer-cards .offer-value").allTextContents()).includes("€9.90"));
  await say(eve, "#12 please");
  const card = eve.locator('.offer-cards [data-offer="product:12"]');
  await until("claimed", async () => (await card.getAttribute("data-state")) === "mine");
  await eve.locator("[data-test=sheet-open][data-sheet=shop]").click();
  assert.match(await text(eve, "shelf-product"), /Silk scarf.*On show.*€19\.90/s);
  for (const page of [host, screen, eve]) assert.deepEqual(page.problems, []);
});

test("a guest is brought to the name field, and the keyboard alone can claim", async () => {
  const host = await saleConsole();
  await prepare(host, "Keys", 9, "keys");
  await at(host, "drop-keys").click();
  const guest = await open(chrome, `${program.url}/viewer/main`, PHONE);
  const card = guest.locator('.offer-cards [data-offer="voucher:keys"]');
  await card.locator("[data-test=offer-claim]").click();
  await guest.getByText("Take a name to claim.", { exact: false }).first().waitFor();
  assert.equal(await card.getAttribute("data-state"), "open");
  await at(guest, "nick-input").fill("Fay");
  await guest.keyboard.press("Enter");
  await at(guest, "composer").waitFor();
  await card.locator("[data-test=offer-claim]").focus();
  await guest.keyboard.press("Enter");
  await until("claimed by key", async () => (await card.getAttribute("data-state")) === "mine");
  assert.deepEqual(guest.problems, []);
});

test("a lottery is opened, entered by keyword and drawn", async () => {
  const host = await saleConsole();
  await at(host, "lottery-title").fill("A mug");
  await at(host, "lottery-keyword").fill("mug");
  await at(host, "lottery-open").click();
  const gil = await viewer(chrome, program, "Gil", PHONE);
  await until("it listens", () => gil.locator('[data-offer="lottery:a-mug"]').count());
  await say(gil, "mug");
  await until("entered", async () => /1 entered/.test(await text(host, "left-lottery:a-mug")));
  await at(host, "draw-lottery:a-mug").click();
  await until("drawn", async () => /Drawn: Gil/.test(await text(host, "drawn-lottery:a-mug")));
  // Who won sees it without loading the page again.
  const card = gil.locator('.offer-cards [data-offer="lottery:a-mug"]');
  await until("Gil is told", async () => (await card.locator("[data-test=offer-claim]").textContent()) === "You won");
  for (const page of [host, gil]) assert.deepEqual(page.problems, []);
});

test("a red packet of the shop is opened by button, and its amount is kept in the wallet", async () => {
  const packet = { id: "luck", by: "Ann", title: "Good luck", amounts: [520, 88], currency: "CNY" };
  const headers = { authorization: `Bearer ${program.secrets.host}` };
  const given = await fetch(`${program.url}/api/packets`, { method: "POST", headers, body: JSON.stringify(packet) });
  assert.equal(given.status, 200, await given.text());
  const hal = await viewer(chrome, program, "Hal", PHONE);
  const card = hal.locator('.offer-cards [data-offer="packet:luck"]');
  assert.match(await card.textContent(), /¥6\.08.*Ann: Good luck.*2 of 2 left/s);
  await card.locator("[data-test=offer-claim]").click();
  await until("opened", async () => /¥5\.20/.test(await card.locator(".offer-said").textContent()));
  await hal.locator("[data-test=sheet-open][data-sheet=wallet]").click();
  assert.match(await text(hal, "wallet-claim"), /¥5\.20.*Good luck/s);
  assert.deepEqual(hal.problems, []);
});
