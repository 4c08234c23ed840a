// An evening of three people: a host at a desk, a helper on a phone, viewers on phones, and the picture all of them work on.
import assert from "node:assert/strict";
import { test } from "node:test";
import { hostConsole, open, overlay, say, stand, until, viewer } from "./program.mjs";

/** A phone: narrow, and touched. */
const PHONE = { width: 390, height: 844, hasTouch: true, isMobile: true };

let program, chrome;
stand((started) => { ({ program, chrome } = started); });

const at = (page, name) => page.locator(`[data-test="${name}"]`);
const text = (page, name) => at(page, name).first().textContent();
const holds = (page, words) => page.evaluate((words) => document.body.innerText.includes(words), words);
const row = (page, words) => at(page, "entry").filter({ hasText: words });
const question = (page, words) => at(page, "question").filter({ hasText: words });

/** A helper who signs in on a phone and says who they are. */
async function helper(name) {
  const page = await open(chrome, `${program.url}/console`, PHONE);
  await at(page, "signin-token").fill(program.secrets.helper);
  await at(page, "signin").tap();
  await at(page, "nav-moderation").tap();
  await at(page, "worker-name").fill(name);
  await page.keyboard.press("Enter");
  return page;
}

/** The host drops a voucher of two; one is claimed by button, one by keyword, and then none is left. */
async function sale({ host, picture, ann, bea, dan }) {
  await at(host, "nav-sale").click();
  await at(host, "voucher-title").fill("Ten off");
  await at(host, "voucher-kind").selectOption("percent");
  await at(host, "voucher-worth").fill("10");
  await at(host, "voucher-stock").fill("2");
  await at(host, "voucher-keyword").fill("deal");
  await at(host, "voucher-save").click();
  await at(host, "drop-ten-off").click();
  const left = (count) => until(`${count} on the picture`, async () =>
    (await picture.locator(".voucher-left").textContent()) === `${count} / 2`);
  await left(2);
  await at(ann, "offer-claim").first().tap();
  await until("Ann has it", async () => (await text(ann, "offer-claim")) === "Yours");
  await left(1);
  await say(bea, "the deal, please");
  await until("Bea has it", async () => (await text(bea, "offer-claim")) === "Yours");
  await left(0);
  await until("sold out on the picture", async () =>
    (await picture.locator(".voucher").getAttribute("data-state")) === "out");
  assert.equal(await picture.locator(".voucher-time").textContent(), "Sold out");
  await until("sold out for Dan", async () => (await text(dan, "offer-claim")) === "Sold out");
  assert.equal(await at(dan, "offer-claim").first().isDisabled(), true);

  await at(host, "product-number").fill("12");
  await at(host, "product-title").fill("Silk scarf");
  await at(host, "product-price").fill("19.90");
  await at(host, "product-save").click();
  await at(host, "show-12").click();
  await at(host, "nav-live").click();
}

async function ask(page, words, about) {
  await page.locator("[data-test=sheet-open][data-sheet=ask]").tap();
  await at(page, "ask-text").fill(words);
  if (about) await at(page, "ask-product").fill(about);
  await at(page, "ask-send").tap();
  await at(page, "asked").filter({ hasText: words }).waitFor();
}

/** Two questions: one is answered in private, the other in public and stands on the picture until it is done. */
async function questions({ mia, picture, ann, bea }) {
  await ask(ann, "Is it washed by hand?", "12");
  await ask(bea, "Which colours are there?");
  await at(mia, "nav-questions").tap();
  const [hers, beas] = ["Is it washed by hand?", "Which colours are there?"].map((words) => question(mia, words));
  assert.match(await hers.textContent(), /Product 12/);
  await hers.locator("[data-test=question-pick]").tap();
  await until("taken", () => at(ann, "asked").and(ann.locator("[data-state=picked]")).count());
  await hers.locator("[data-test=answer]").fill("Yes, cold");
  await hers.locator("[data-test=question-private]").tap();
  await at(ann, "ask-answer").filter({ hasText: "Yes, cold" }).waitFor();

  await beas.locator("[data-test=question-pick]").tap();
  await beas.locator("[data-test=answer]").fill("Red and blue");
  await beas.locator("[data-test=question-public]").tap();
  const card = picture.locator(".question", { hasText: "Which colours are there?" });
  await card.waitFor();
  for (const page of [ann, bea]) {
    await at(page, "placard").filter({ hasText: "Which colours are there?" }).waitFor();
  }
  await until("the answer is said in the room", () => holds(bea, "Red and blue"));
  for (const page of [picture, bea]) {
    for (const secret of ["washed by hand", "Yes, cold"]) assert.ok(!await holds(page, secret), "what is private is Ann's");
  }
  await beas.locator("[data-test=question-close]").tap();
  await until("off the picture", async () => (await card.count()) === 0);
  for (const page of [ann, bea]) {
    await page.keyboard.press("Escape");
    await at(page, "composer").waitFor();
  }
}

/** The host puts up a poll; bars move on the picture as numbers are written. */
async function poll({ host, picture, ann, bea }) {
  await at(host, "placard-kind").selectOption("poll");
  await at(host, "placard-question").fill("Red or blue?");
  await at(host, "placard-options").fill("Red\nBlue");
  await at(host, "placard-place").click();
  const share = (number) => picture.locator(`.poll-option[data-number="${number}"] .poll-share`).textContent();
  await picture.locator(".poll").waitFor();
  await at(ann, "placard").filter({ hasText: "Red or blue?" }).waitFor();
  await say(ann, "1");
  await until("all for red", async () => (await share(1)) === "100%");
  await say(bea, "2");
  await until("one each", async () => (await share(1)) === "50%" && (await share(2)) === "50%");
  await until("the viewers see it", () => at(bea, "placard").filter({ hasText: /Blue.*50\s?%/s }).count());
  await at(host, "take-poll").click();
  await picture.locator(".poll").waitFor({ state: "detached" });
}

/** Who goes too far is taken off, muted by the helper, and banned by the host. */
async function order({ host, mia, picture, ann, dan }) {
  await at(mia, "nav-live").tap();
  const everywhere = async (words) => {
    for (const page of [host, mia, picture, ann]) await until(`${words} is there`, () => holds(page, words));
  };
  const nowhere = async (words) => {
    for (const page of [host, mia, picture, ann]) await until(`${words} is gone`, async () => !await holds(page, words));
    assert.ok(!await picture.evaluate((words) => window.__overlay.danmaku.live().some((line) => line.text.includes(words)), words));
  };
  await say(dan, "cheap watches here");
  await everywhere("cheap watches here");
  await row(mia, "cheap watches here").tap();
  await row(mia, "cheap watches here").locator("[data-test=remove]").tap();
  await nowhere("cheap watches here");

  await say(dan, "watches, very cheap");
  await everywhere("watches, very cheap");
  await row(mia, "watches, very cheap").tap();
  await row(mia, "watches, very cheap").locator("[data-test=mute]").tap();
  await at(mia, "mute-600").tap();
  await nowhere("watches, very cheap");
  await until("he is told before he writes", async () => /^You are muted until /.test(await text(dan, "rule")));
  assert.equal(await at(dan, "composer").isEditable(), false);
  const line = at(host, "entry").filter({ has: host.locator(".name", { hasText: "Dan" }) }).last();
  await line.hover();
  await line.locator("[data-test=mute]").click();
  await at(host, "ban-3600").click();
  await until("out", () => holds(dan, "Banned from this room"));
  await at(host, "notice-news").filter({ hasText: "Dan is out for 1 hr." }).waitFor();
}

/** With an air delay the helper kills a line, and a dump leaves nothing of the rest. */
async function air({ host, mia, picture, ann }) {
  await at(mia, "nav-moderation").tap();
  await at(mia, "delay-60").tap();
  await until("set", async () => (await at(mia, "delay-60").getAttribute("aria-pressed")) === "true");
  await at(mia, "nav-live").tap();
  for (const words of ["held, and killed", "held, and dumped"]) {
    await say(ann, words);
    await until(`the helper sees ${words}`, () => row(mia, words).locator(".held").count());
  }
  await row(mia, "held, and killed").tap();
  await row(mia, "held, and killed").locator("[data-test=remove]").tap();
  await until("killed", async () => (await row(mia, "held, and killed").count()) === 0);
  await at(host, "nav-moderation").click();
  await until("one waits", async () => (await text(host, "held")).startsWith("1 "));
  await at(host, "dump").click();
  await until("none waits", async () => (await text(host, "held")).startsWith("0 "));
  await at(host, "delay-0").click();
  await until("live again", async () => (await at(host, "delay-0").getAttribute("aria-pressed")) === "true");
  await say(ann, "good night");
  await until("it is on the picture", () => holds(picture, "good night"));
  assert.ok(!await holds(picture, "held, and"), "nothing that was held ever was");
}

/** Two helpers press Take at once: one has it, and the other is told who. */
async function race({ mia, ann }) {
  const leo = await helper("Leo");
  await ask(ann, "Who is faster?");
  for (const page of [mia, leo]) {
    await at(page, "nav-questions").tap();
    await question(page, "Who is faster?").waitFor();
  }
  // The button of the slower one may be gone by the time a finger gets there.
  await Promise.all([mia, leo].map((page) =>
    question(page, "Who is faster?").locator("[data-test=question-pick]").evaluate((button) => button.click())));
  const state = (page) => question(page, "Who is faster?").locator("[data-test=question-state]").textContent();
  const [first, second] = await Promise.all([mia, leo].map((page) =>
    until("somebody has it", async () => /^(Mia|Leo) has it$/.exec(await state(page))?.[1])));
  assert.equal(first, second, "both see the same name");
  const [winner, loser] = first === "Mia" ? [mia, leo] : [leo, mia];
  await loser.getByText(`${first} has it; take another`).first().waitFor();
  assert.equal(await winner.getByText("has it; take another").count(), 0, "one of them won");
  return leo;
}

test("an evening of three people: a sale, questions, a poll, order kept and a race", async (t) => {
  const [host, mia, picture] = await Promise.all([hostConsole(chrome, program), helper("Mia"), overlay(chrome, program)]);
  const [ann, bea, dan] = await Promise.all(["Ann", "Bea", "Dan"].map((name) => viewer(chrome, program, name, PHONE)));
  const people = { host, mia, picture, ann, bea, dan };
  const pages = Object.values(people);
  for (const part of [sale, questions, poll, order, air, race]) {
    const began = Date.now();
    const more = await part(people);
    if (more) pages.push(more);
    t.diagnostic(`${part.name}: ${Date.now() - began} ms`);
  }
  for (const page of pages) assert.deepEqual(page.problems, []);
});
