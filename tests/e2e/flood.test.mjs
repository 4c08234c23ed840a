// A flood of 500 comments a second must not hold back a gift.
import assert from "node:assert/strict";
import { test } from "node:test";
import { client, hostConsole, overlay, stand, until, viewer } from "./program.mjs";

let program;
let chrome;
stand((started) => { ({ program, chrome } = started); });

test("a gift is on the overlay within one second of a flood of 500 a second", async () => {
  const picture = await overlay(chrome, program);
  const giver = await viewer(chrome, program, "Giver");
  // 30 members, 17 comments a second each: over 500 a second over real sockets.
  const crowd = await Promise.all(Array.from({ length: 30 }, (_, i) => client(program, `c${i}`)));
  let cid = 0;
  const beat = setInterval(() => {
    for (const member of crowd) {
      cid += 1;
      member.send({ t: "send", cid, body: { kind: "comment", text: `flood ${cid}` } });
    }
  }, 58);
  await until("the flood stands", () => cid > 1_000);
  await giver.locator("[data-test=gift-open]").click();
  await giver.locator("[data-test=gift-item][data-gift=castle]").click();
  await picture.evaluate(() => {
    window.__seen = new Promise((seen) => {
      const look = () => document.querySelector(".gift-card[data-gift=castle]") && seen(Date.now());
      new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
    });
  });
  const sent = await giver.evaluate(() => {
    const at = Date.now();
    document.querySelector("[data-test=gift-send]").click();
    return at;
  });
  const seen = await picture.evaluate(() => window.__seen);
  const during = cid;
  clearInterval(beat);
  console.log(`gift on the overlay after ${seen - sent} ms, amid ${during} comments`);
  assert.ok(seen - sent <= 1_000, `${seen - sent} ms`);

  const host = await hostConsole(chrome, program);
  await until("books balance and drain", async () => {
    const text = await host.locator("[data-test=accounts]").textContent();
    return /\+ 0 waiting/.test(text) && (await host.locator("[data-test=unaccounted]").textContent());
  }, 30_000);
  assert.match(await host.locator("[data-test=unaccounted]").textContent(), /^0 /);
  for (const member of crowd) member.socket.close();
  for (const p of [picture, giver, host]) {
    assert.deepEqual(p.problems, []);
    await p.context().close();
  }
});

test("every rehearsal plays through, and the books balance", async () => {
  const [picture, host] = [await overlay(chrome, program), await hostConsole(chrome, program)];
  const likes = async () => Number((await picture.evaluate(() => window.__overlay.likes?.()
    ?? document.querySelector(".like-counter")?.textContent ?? "0")).toString().replace(/[^0-9]/g, ""));
  await host.locator("[data-test=nav-rehearse]").click();
  for (const what of ["comment", "gift", "combo", "likes", "flood"]) {
    await host.locator(`[data-test=rehearse-${what}]`).click();
  }
  await until("combo of twelve", () => picture.locator(".gift-card", { hasText: /×\s*1[0-9]/ }).count());
  await until("likes", async () => (await likes()) >= 1);
  assert.ok((await picture.locator(".heart").count()) <= 10, "never more than ten hearts");
  await until("flood received", async () => {
    const text = await host.locator("[data-test=accounts]").textContent();
    const received = Number(/received ([\d,. ]+)/.exec(text)?.[1].replace(/\D/g, ""));
    return received > 2_500 && /\+ 0 waiting/.test(text);
  }, 40_000);
  assert.match(await host.locator("[data-test=unaccounted]").textContent(), /^0 /);
  for (const p of [picture, host]) {
    assert.deepEqual(p.problems, []);
    await p.context().close();
  }
});
