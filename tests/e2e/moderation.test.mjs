// The console's page Moderation in real Chromium: what a host writes there, viewers meet.
import assert from "node:assert/strict";
import { test } from "node:test";
import { hostConsole, open, say, stand, until, viewer } from "./program.mjs";

let program;
let chrome;
stand((started) => { ({ program, chrome } = started); });

const at = (page, name) => page.locator(`[data-test="${name}"]`);
const read = (page) => page.locator("[data-test=message]").allTextContents();

test("words are tried before they are saved, then masked, hidden and refused", async () => {
  const page = await hostConsole(chrome, program);
  await at(page, "nav-moderation").click();
  await until("rules are there", () => at(page, "filter-save").isEnabled());
  await at(page, "words-mask").fill("darn*");
  await at(page, "words-hide").fill("spoiler");
  await at(page, "words-refuse").fill("rotten");
  await at(page, "pattern-add").click();
  await at(page, "pattern-1").fill("(a+)+$");
  await at(page, "filter-sample").fill("what a d.4.r.n.e.d show");
  await until("the fault is named", async () =>
    /repetition is repeated/.test(await at(page, "filter-result").textContent()));
  await at(page, "pattern-1").fill("call\\s+\\d{5,}");
  await until("asterisks are shown", async () =>
    /what a \*+ show/.test(await at(page, "filter-result").textContent()));
  await at(page, "filter-save").click();
  await page.getByText("Rules saved.").first().waitFor();

  const guest = await open(chrome, `${program.url}/viewer/main`);
  const ann = await viewer(chrome, program, "Ann");
  await say(ann, "a SP0ILER for you");
  await say(ann, "ｄａｒｎ it");
  await until("masked", async () => (await read(guest)).some((line) => line.includes("**** it")));
  await say(ann, "r o t t e n");
  await ann.getByText("it holds words that are not allowed here", { exact: false }).first().waitFor();
  await say(ann, "all is well");
  await until("goes on", async () => (await read(guest)).some((line) => line.includes("all is well")));
  const heard = (await read(guest)).join("\n");
  assert.ok(!/sp0iler|ｄａｒｎ|r o t t e n/i.test(heard), heard);
  for (const each of [page, guest, ann]) assert.deepEqual(each.problems, []);
});

test("a name that meets a rule is not taken", async () => {
  const page = await open(chrome, `${program.url}/viewer/main`);
  await at(page, "nick-input").fill("Rotten Bob");
  await at(page, "nick-take").click();
  await page.getByText("take another", { exact: false }).first().waitFor();
  assert.deepEqual(page.problems, []);
});
