// Host and helpers keep order: slow mode, who may speak, mute all, bans, air delay, dump, and questions two of them want.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { Program, binary, browser, client, hostClient, hostConsole, open, overlay, say, until, viewer } from "./program.mjs";

let program, chrome, host, sig;
before(async () => {
  program = await Program.start();
  chrome = await browser();
  host = await hostClient(program);
  sig = execFileSync(binary, ["usersig", "administrator", "--data", program.data], { encoding: "utf8" }).trim();
});
after(async () => {
  host?.socket.close();
  await chrome?.close();
  await program?.stop();
});

const at = (page, name) => page.locator(`[data-test="${name}"]`);
const order = (set, more = {}) => host.run({ do: "order", order: { set, ...more } });
const told = () => host.frames.findLast((frame) => frame.t === "order");
const text = (page, name) => at(page, name).first().textContent();
const holds = (page, text) => page.evaluate((text) => document.body.innerText.includes(text), text);
let cid = 100;

/** Says a line on a bare connection; the code it is refused with, or 0. */
async function speak(who, text) {
  const mine = (cid += 1);
  who.send({ t: "send", cid: mine, body: { kind: "comment", text } });
  const answer = await until("an answer", () =>
    who.frames.find((f) => (f.t === "ack" && f.cid === mine) || (f.t === "error" && f.re === mine)));
  return answer.code ?? 0;
}

/** Says a line for an account by REST; its ErrorCode. */
async function rest(account, text) {
  const query = new URLSearchParams({
    sdkappid: program.secrets.sdkappid, identifier: "administrator", usersig: sig, random: String(cid += 1), contenttype: "json",
  });
  const call = async (command, body) => {
    const answer = await fetch(`${program.url}/v4/${command}?${query}`, { method: "POST", body: JSON.stringify(body) });
    return answer.json();
  };
  await call("im_open_login_svc/account_import", { UserID: account });
  const said = { GroupId: "main", From_Account: account, Random: cid += 1, MsgBody: [{ MsgType: "TIMTextElem", MsgContent: { Text: text } }] };
  return (await call("group_open_http_svc/send_group_msg", said)).ErrorCode;
}

/** A console of a helper who says who they are. */
const helper = (name, size) => open(chrome, `${program.url}/console`, {
  ...size, storage: { "surtitle.console": program.secrets.helper, "surtitle.worker": name },
});

test("slow mode, who may speak and mute all hold for members and never for the host, over a restart too", async () => {
  const ann = await client(program, "Ann");
  await order("slow", { seconds: 300 });
  await until("told", () => told()?.order.rules.slow_s === 300);
  assert.equal(await speak(ann, "one"), 0);
  assert.equal(await speak(ann, "two"), 2112);
  const why = ann.frames.findLast((f) => f.t === "error").message;
  assert.match(why, /^slow mode: speak again in \d+ s$/);
  await host.run({ do: "say", text: "one" });
  await host.run({ do: "say", text: "two" });
  await order("slow", { seconds: 0 });
  assert.equal(await speak(ann, "three"), 0);

  await order("speakers", { who: "helpers" });
  assert.equal(await speak(ann, "four"), 2113);
  await order("speakers", { who: "followers" });
  assert.equal(await speak(ann, "five"), 2113);
  await program.restart("SIGKILL");
  host.socket.close();
  host = await hostClient(program);
  await until("still so", () => told()?.order.rules.speakers === "followers");
  await order("speakers", { who: "everybody" });
  await order("mute_all", { on: true });
  const bob = await client(program, "Bob");
  assert.equal(await speak(bob, "six"), 2107);
  await order("mute_all", { on: false });
  assert.equal(await speak(bob, "seven"), 0);
  for (const { socket } of [ann, bob]) socket.close();
});

test("a page says which rules hold before somebody is refused, and counts down", async () => {
  const page = await viewer(chrome, program, "Fay", { width: 390, height: 844 });
  const rule = () => at(page, "rule").textContent();
  assert.equal(await rule(), "");
  await order("slow", { seconds: 300 });
  await until("slow mode is said", async () => (await rule()) === "Slow mode: one comment every 5 min.");
  await say(page, "my only line");
  const left = async () => Number(await at(page, "wait").textContent());
  await until("it counts down", async () => (await left()) > 0 && (await left()) < 300);
  await at(page, "composer").fill("too soon");
  assert.equal(await at(page, "send").isDisabled(), true);
  await page.keyboard.press("Enter");
  assert.equal(await at(page, "composer").inputValue(), "too soon", "what was written stays");
  await page.reload();
  await until("it still counts after a reload", async () => (await left()) > 0);
  await order("slow", { seconds: 0 });
  await until("nothing holds", async () => (await rule()) === "" && await at(page, "send").isEnabled());
  await order("speakers", { who: "followers" });
  await until("followers only", async () => (await rule()) === "Only followers of the host may speak now.");
  assert.equal(await at(page, "composer").isEditable(), false);
  await page.locator("[data-test=sheet-open][data-sheet=ask]").click();
  assert.equal(await text(page, "ask-rule"), "Only followers of the host may speak now.");
  assert.equal(await at(page, "ask-send").isDisabled(), true);
  await order("speakers", { who: "everybody" });
  await order("mute_all", { on: true });
  await until("everybody", async () => /^Everybody is muted/.test(await rule()));
  await order("mute_all", { on: false });
  await until("free", async () => (await rule()) === "" && await at(page, "composer").isEditable());
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test("a host trusts somebody, whose lines are not held, and makes an account an admin, whom no rule stops", async () => {
  const desk = await hostConsole(chrome, program);
  const [ann, picture] = [await client(program, "Anna"), await overlay(chrome, program)];
  await order("delay", { seconds: 60 });
  assert.equal(await speak(ann, "held at first"), 0);
  assert.equal(await rest("ed", "an account speaks"), 0);
  const menu = async (words) => {
    const row = at(desk, "entry").filter({ hasText: words });
    await row.hover();
    await row.locator("[data-test=mute]").click();
  };
  await menu("held at first");
  assert.equal(await at(desk, "admin").isVisible(), false, "who came by the page is no account");
  await at(desk, "trust").click();
  await until("trusted", () => told()?.air.trusted.some(({ nick }) => nick === "Anna"));
  assert.equal(await speak(ann, "not held"), 0);
  await until("on the picture at once", () => holds(picture, "not held"));
  assert.ok(!await holds(picture, "held at first"));
  await menu("an account speaks");
  await at(desk, "admin").click();
  await until("an admin", () => told()?.order.admins.some(({ user }) => user === "ed"));
  await order("mute_all", { on: true });
  assert.equal(await rest("ed", "an admin speaks"), 0);
  assert.equal(await rest("eve", "nobody else does"), 10017);
  await order("mute_all", { on: false });
  await order("delay", { seconds: 0 });

  await at(desk, "nav-moderation").click();
  await program.restart("SIGKILL");
  host.socket.close();
  host = await hostClient(program);
  await until("both are kept", () => told()?.air.trusted.length === 1 && told().order.admins.length === 1);
  for (const list of ["trusted", "admins"]) {
    await until("taken off", async () => {
      // It goes once the command is done, so no finger may wait for it to hold still.
      await at(desk, list).evaluate((people) => people.querySelector("button")?.click());
      return (await at(desk, list).locator("li").count()) === 0;
    });
  }
  await until("both are off", () => told()?.air.trusted.length === 0 && told().order.admins.length === 0);
  for (const page of [desk, picture]) {
    assert.deepEqual(page.problems, []);
    await page.context().close();
  }
  ann.socket.close();
});

test("what somebody drew and asked goes with a mute", async () => {
  const [ann, guest] = [await client(program, "Inka"), await client(program)];
  const board = (who, ask, more) => who.send({ t: "board", ask, ...more });
  const words = (who, word) => who.frames.filter((f) => f.t === "board" && f.say === word);
  for (const who of [ann, guest]) {
    board(who, "open", { brief: false });
    await until("open", () => words(who, "opened").length);
  }
  await host.run({ do: "board", order: "allow", helpers: true, everyone: true });
  const page = words(ann, "opened")[0].current;
  board(ann, "begin", { n: 1, brush: { page, tool: "pen", colour: 0xff0000, width: 40, text: "" }, ink: "UUS" });
  board(ann, "end", { n: 1, ink: "" });
  await until("drawn", () => words(ann, "kept").length);
  ann.send({ t: "inquire", cid: cid += 1, ask: { ask: "new", text: "may I?" } });
  await until("asked", () => host.frames.some((f) => f.t === "inquiry" && f.list.some(({ text }) => text === "may I?")));
  const user = ann.frames.find((f) => f.t === "named").user.id;
  await host.run({ do: "mute", user, seconds: 60 });
  await until("the question is gone", () => host.frames.some((f) => f.t === "inquiry" && f.gone.length > 0));
  const forgotten = (f) => f.entry.kind === "forget" && f.entry.user === user;
  await until("the ink is forgotten", () => words(guest, "entry").some(forgotten));
  board(guest, "more", { page, after: 0 });
  const pieces = await until("asked again", () => words(guest, "piece"));
  assert.ok(!JSON.stringify(pieces).includes(user));
  assert.ok(ann.frames.some((f) => f.t === "rules" && f.own?.muted_s > 0), "she is told");
  await host.run({ do: "board", order: "allow", helpers: true, everyone: false });
  await host.run({ do: "mute", user, seconds: 0 });
  for (const { socket } of [ann, guest]) socket.close();
});

test("who is banned is out at once, stays out over a restart, and may come back", async () => {
  const page = await viewer(chrome, program, "Mallory");
  await say(page, "buy my things");
  const line = await until("said", () => host.frames.filter((f) => f.t === "log").flatMap((f) => f.entries)
    .find(({ event }) => event.text === "buy my things"));
  const user = line.event.from.id;
  await order("ban", { user, seconds: 3600 });
  await until("listed", () => told()?.order.bans.some((ban) => ban.user === user));
  const guest = await client(program);
  const joined = await until("joined", () => guest.frames.find((f) => f.t === "joined"));
  assert.ok(!JSON.stringify(joined.history).includes("buy my things"));
  await program.restart();
  host.socket.close();
  host = await hostClient(program);
  await page.reload();
  await until("refused", () => holds(page, "Banned from this room"));
  await order("ban", { user, seconds: 0 });
  await page.reload();
  await at(page, "composer").waitFor();
  await say(page, "sorry");
  await until("heard", () => host.frames.filter((f) => f.t === "log").flatMap((f) => f.entries)
    .some(({ event }) => event.text === "sorry"));
  guest.socket.close();
  await page.context().close();
});

test("an account of an app meets the same rules with the vendor's number", async () => {
  assert.equal(await rest("eve", "hello"), 0);
  await order("slow", { seconds: 300 });
  assert.equal(await rest("eve", "one"), 0);
  assert.equal(await rest("eve", "two"), 10017);
  await order("slow", { seconds: 0 });
  await order("speakers", { who: "named" });
  assert.equal(await rest("eve", "no name"), 10017, "she goes by her UserID");
  await order("speakers", { who: "everybody" });
  assert.equal(await rest("eve", "again"), 0);
  await order("ban", { user: "eve", seconds: 60 });
  await until("listed", () => told()?.order.bans.some((ban) => ban.user === "eve"));
  await order("ban", { user: "eve", seconds: 0 });
  await until("lifted", () => !told()?.order.bans.some((ban) => ban.user === "eve"));
});

test("a held line is killed before air, another let go, and a dump leaves nothing", async () => {
  const [mia, picture, ann] = [
    await helper("Mia", { width: 390, height: 844 }), await overlay(chrome, program), await client(program, "Ann"),
  ];
  await at(mia, "nav-moderation").click();
  await at(mia, "delay-60").click();
  await until("set", () => told()?.air.delay_s === 60);
  await at(mia, "nav-live").click();
  for (const text of ["held and killed", "held and aired", "held and dumped"]) assert.equal(await speak(ann, text), 0);
  const row = (text) => at(mia, "entry").filter({ hasText: text });
  for (const text of ["held and killed", "held and aired", "held and dumped"]) {
    await until(`the helper sees ${text}`, () => row(text).locator(".held").count());
  }
  assert.ok(!await holds(picture, "held and"), "nothing of it is on the picture");
  await row("held and killed").click();
  await mia.keyboard.press("x");
  await until("killed", async () => (await at(mia, "entry").filter({ hasText: "held and killed" }).count()) === 0);
  await row("held and aired").click();
  await mia.keyboard.press("a");
  await until("aired", () => holds(picture, "held and aired"));
  assert.ok(!await holds(picture, "held and killed"));
  await mia.keyboard.press("Escape");
  await mia.keyboard.press("d");
  await until("dumped", async () => told()?.air.held === 0 && !await holds(picture, "held and aired"));
  await order("delay", { seconds: 0 });
  assert.equal(await speak(ann, "live again"), 0);
  await until("live", () => holds(picture, "live again"));
  assert.ok(!await holds(picture, "held and dumped"));
  const stats = await until("balance", () => host.frames.findLast((f) => f.t === "stats")?.stats);
  assert.equal(stats.unaccounted, 0);
  for (const page of [mia, picture]) {
    assert.deepEqual(page.problems, []);
    await page.context().close();
  }
  ann.socket.close();
});

test("two helpers race for one question, one has it, the asker reads the answer and the picture shows it", async () => {
  const [mia, leo, picture] = [await helper("Mia"), await helper("Leo"), await overlay(chrome, program)];
  const ann = await viewer(chrome, program, "Ann", { width: 390, height: 844 });
  await ann.locator("[data-test=sheet-open][data-sheet=ask]").click();
  await at(ann, "ask-text").fill("How big is the mug?");
  await at(ann, "ask-product").fill("12");
  await at(ann, "ask-send").click();
  await until("it is taken", () => ann.locator("[data-test=asked][data-state=open]").count());
  for (const page of [mia, leo]) {
    await at(page, "nav-questions").click();
    await at(page, "question").getByText("How big is the mug?").waitFor();
  }
  // Both at once: the button of the slower one may be gone by the time a pointer gets there.
  await Promise.all([mia, leo].map((page) => at(page, "question-pick").evaluate((button) => button.click())));
  const states = await Promise.all([mia, leo].map((page) =>
    until("somebody has it", async () => /^(Mia|Leo) has it$/.exec(await at(page, "question-state").textContent())?.[1])));
  assert.equal(states[0], states[1], "both see the same name");
  const [winner, other] = states[0] === "Mia" ? [mia, leo] : [leo, mia];
  await other.getByText(`${states[0]} has it; take another`).first().waitFor();
  await until("the asker sees that", () => ann.locator("[data-test=asked][data-state=picked]").count());
  assert.ok(!(await ann.locator(".asked").textContent()).includes(states[0]), "not by whom");

  await at(winner, "answer").fill("9 cm high");
  await at(winner, "question-private").click();
  await until("answered", () => ann.locator("[data-test=ask-answer]", { hasText: "9 cm high" }).count());
  assert.ok(!await holds(picture, "How big is the mug?"), "a private answer is on no picture");
  await at(winner, "question-public").click();
  await until("on the picture", () => holds(picture, "How big is the mug?"));
  await program.restart("SIGKILL");
  host.socket.close();
  host = await hostClient(program);
  await until("kept", () => host.frames.find((f) => f.t === "inquiry")?.list.some((one) => one.text === "How big is the mug?"));
  await until("the console is back, and closes it", async () => {
    const close = at(winner, "question-close");
    if (await close.isVisible()) await close.evaluate((button) => button.click());
    return host.frames.some((f) => f.t === "inquiry" && f.list[0]?.state.is === "closed");
  });
  await until("off the picture", async () => !await holds(picture, "How big is the mug?"));
  await until("done", () => ann.locator("[data-test=asked][data-state=closed]").count());
  await ann.reload();
  await until("still known after a reload", () => ann.locator("[data-test=asked][data-state=closed]").count());
  for (const page of [mia, leo, picture, ann]) {
    assert.deepEqual(page.problems, []);
    await page.context().close();
  }
});

test("who did what is the host's to read, by name and without a word of any message", async () => {
  const page = await hostConsole(chrome, program);
  await at(page, "nav-moderation").click();
  await page.getByText("Who did what").click();
  await until("listed", () => at(page, "audit").locator("tr").count());
  const audit = await at(page, "audit").textContent();
  for (const part of ["Mia", "Leo", "Banned", "Dumped", "Answered a question", "Removed a line"]) assert.ok(audit.includes(part), `${part} in ${audit}`);
  for (const text of ["held and", "mug", "9 cm", "buy my things"]) assert.ok(!audit.includes(text), text);
  const get = (token) => fetch(`${program.url}/api/audit`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal((await get(program.secrets.helper)).status, 403);
  assert.equal((await get(program.secrets.host)).status, 200);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});
