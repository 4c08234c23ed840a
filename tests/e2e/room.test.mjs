// Viewer pages, a guest page and an overlay page in real Chromium against the real program.
import assert from "node:assert/strict";
import { test } from "node:test";
import { hostConsole, open, out, overlay, say, stand, until, viewer } from "./program.mjs";

let program;
let chrome;
stand((started) => { ({ program, chrome } = started); });

const feed = (page) => page.locator(".feed-line").allTextContents();
const flying = (page) => page.evaluate(() => window.__overlay.danmaku.live().map((c) => c.text));

test("a viewer joins, takes a name, sends text, a gift and likes; guest and overlay show them", async () => {
  const [guest, picture] = [await open(chrome, `${program.url}/viewer/main`), await overlay(chrome, program)];
  const page = await viewer(chrome, program, "小明");
  await say(page, "こんにちは 🎉");
  await until("own line acknowledged", () =>
    page.locator("[data-test=message][data-mine=true][data-pending=false]", { hasText: "こんにちは" }).count());
  await until("guest reads it", () => guest.locator("[data-test=message]", { hasText: "こんにちは" }).count());
  await until("feed shows it", async () => (await feed(picture)).some((t) => t.includes("こんにちは")));
  await until("it flies", async () => (await flying(picture)).some((t) => t.includes("こんにちは")));

  await page.locator("[data-test=gift-open]").click();
  await page.locator("[data-test=gift-item][data-gift=rocket]").click();
  await page.locator("[data-test=gift-send]").click();
  await until("card on the picture", () => picture.locator(".gift-card[data-gift=rocket]").count());
  const card = picture.locator(".gift-card[data-gift=rocket]");
  assert.match(await card.textContent(), /小明/);
  await until("card picture loads", () =>
    card.locator("img").evaluateAll((all) => all.some((i) => i.complete && i.naturalWidth > 0)));
  await page.keyboard.press("Escape");

  for (let i = 0; i < 7; i += 1) await page.locator("[data-test=like]").click();
  await until("likes on the picture", async () => /7/.test(await picture.locator(".like-counter").textContent()));
  await until("likes at the guest", async () => /7/.test(await guest.locator("[data-test=like-total]").first().textContent()));
  await picture.screenshot({ path: `${out}/overlay.png`, omitBackground: true });
  await page.screenshot({ path: `${out}/viewer.png` });
  for (const p of [guest, picture, page]) {
    assert.deepEqual(p.problems, []);
    await p.context().close();
  }
});

test("a guest reads and has one way to take a name", async () => {
  const guest = await open(chrome, `${program.url}/viewer/main`);
  await guest.locator("[data-test=nick-input]").waitFor();
  await until("history on join", () => guest.locator("[data-test=message]").count());
  assert.equal(await guest.locator("[data-test=composer]:visible").count(), 0);
  await guest.context().close();
});

test("the overlay is transparent where nothing is drawn", async () => {
  const page = await viewer(chrome, program, "Ada");
  const picture = await overlay(chrome, program);
  await say(page, "pixels");
  await until("it flies", async () => (await flying(picture)).some((t) => t.includes("pixels")));
  const png = await picture.screenshot({ omitBackground: true });
  const alpha = await picture.evaluate(async (data) => {
    const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(image, 0, 0);
    const at = (x, y) => context.getImageData(x, y, 1, 1).data[3];
    const all = context.getImageData(0, 0, image.width, image.height).data;
    let drawn = 0;
    for (let i = 3; i < all.length; i += 4) if (all[i] > 0) drawn += 1;
    return { middle: at(960, 620), corner: at(4, 4), right: at(1500, 500), drawn, share: drawn / (all.length / 4) };
  }, png.toString("base64"));
  assert.deepEqual([alpha.middle, alpha.corner, alpha.right], [0, 0, 0]);
  assert.ok(alpha.drawn > 500, "something is drawn");
  assert.ok(alpha.share < 0.2, `most of the picture is free, ${alpha.share} drawn`);
  for (const p of [page, picture]) await p.context().close();
});

test("markup in every field is text on every surface", async () => {
  const attack = "<img src=x onerror=alert(1)>";
  const nick = "<b onload=alert(2)>x</b>";
  const [picture, host] = [await overlay(chrome, program), await hostConsole(chrome, program)];
  const page = await viewer(chrome, program, nick);
  await say(page, attack);
  await say(page, `"><script>alert(3)</script><svg onload=alert(4)>`);
  await page.locator("[data-test=gift-open]").click();
  await page.locator("[data-test=gift-item][data-gift=rose]").click();
  await page.locator("[data-test=gift-send]").click();
  await until("text in the feed", async () => (await feed(picture)).some((t) => t.includes(attack)));
  await until("text in the console", () => host.locator("[data-test=entry]", { hasText: attack }).count());
  await until("card", () => picture.locator(".gift-card[data-gift=rose]").count());
  await host.locator("[data-test=entry]", { hasText: attack }).first().hover();
  await host.locator("[data-test=entry]", { hasText: attack }).first().locator("[data-test=pin]").click();
  await until("pinned", async () => (await picture.locator(".pinned").textContent())?.includes(attack));
  for (const p of [picture, host, page]) {
    assert.equal(await p.locator('img[src="x"], script:not([src]), svg[onload], b[onload]').count(), 0);
    assert.deepEqual(p.problems, []);
    await p.context().close();
  }
});

test("the host pins, removes, mutes and clears, and the picture follows", async () => {
  const [picture, host] = [await overlay(chrome, program), await hostConsole(chrome, program)];
  const page = await viewer(chrome, program, "Loud");
  await say(page, "first line");
  await say(page, "second line");
  const entry = (text) => host.locator("[data-test=entry]", { hasText: text }).first();
  const onPicture = async (text) =>
    (await feed(picture)).concat(await flying(picture)).some((t) => t.includes(text));
  await until("both shown", async () => (await onPicture("first line")) && (await onPicture("second line")));

  await entry("first line").hover();
  await entry("first line").locator("[data-test=remove]").click();
  await until("first is gone", async () => !(await onPicture("first line")));
  await until("gone for the viewer too", async () =>
    (await page.locator("[data-test=message]", { hasText: "first line" }).count()) === 0);
  assert.ok(await onPicture("second line"));
  await until("its fate is removed", () => host.locator("[data-test=entry][data-fate=removed]").count());
  assert.equal(await entry("first line").count(), 0, "its words are in no entry");

  await host.keyboard.press("Escape");
  await host.locator("[data-test=clear]").click();
  await until("all gone", async () => !(await onPicture("second line")));

  await entry("second line").hover();
  await entry("second line").locator("[data-test=mute]").click();
  const menu = host.getByText(/10 min/).first();
  if (await menu.count()) await menu.click();
  await until("told why", async () => /muted/i.test(await page.locator("body").textContent()));
  await until("and cannot write", async () => !(await page.locator("[data-test=composer]").isEditable()));
  for (const p of [picture, host, page]) {
    assert.deepEqual(p.problems, []);
    await p.context().close();
  }
});
