// The record of a show in real Chromium: charts draw what was counted, the report adds it up, files hold the same.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { violations } from "./axe.mjs";
import { browser, client, hostClient, hostConsole, open, Program, until } from "./program.mjs";

/** A name that would be trouble if it ever were markup. */
const NAME = `Silk "><script>alert(1)</script>`;

let program;
let chrome;
let files;
before(async () => {
  files = mkdtempSync(join(tmpdir(), "surtitle-report-"));
  program = await Program.start();
  chrome = await browser();
});
after(async () => {
  await chrome?.close();
  await program?.stop();
  rmSync(files, { recursive: true, force: true });
});

const at = (page, name) => page.locator(`[data-test="${name}"]`);

async function api(path) {
  const headers = { authorization: `Bearer ${program.secrets.host}` };
  const answer = await fetch(`${program.url}/api${path}`, { headers });
  assert.equal(answer.status, 200, path);
  return answer.json();
}

/** How many dots of a chart's canvas have about this colour. */
const dots = (page, chart, colour) => at(page, chart).locator("canvas").evaluate((canvas, name) => {
  const probe = document.createElement("canvas").getContext("2d");
  probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  probe.fillRect(0, 0, 1, 1);
  const [r, g, b] = probe.getImageData(0, 0, 1, 1).data;
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let found = 0;
  for (let i = 0; i < data.length; i += 4) {
    const near = Math.abs(data[i] - r) + Math.abs(data[i + 1] - g) + Math.abs(data[i + 2] - b);
    if (near < 40 && data[i + 3] > 200) found += 1;
  }
  return found;
}, colour);

/** The rows of a chart as the keyboard walks over them, each as its numbers. */
async function walked(page, chart) {
  const plot = at(page, chart);
  const rows = [];
  await plot.focus();
  await page.keyboard.press("Home");
  const last = Number(await plot.getAttribute("aria-valuemax"));
  for (let row = 0; row <= last; row += 1) {
    assert.equal(await plot.getAttribute("aria-valuenow"), String(row));
    const text = await plot.getAttribute("aria-valuetext");
    rows.push([...text.matchAll(/[a-z] ([\d.,]+)/gi)].map(([, n]) => Number(n.replace(/,(?=\d{3})/g, "").replace(/,$/, ""))));
    await page.keyboard.press("ArrowRight");
  }
  return rows;
}

/** Three people write, like, give and claim; how often. */
async function evening() {
  const desk = await hostClient(program);
  const voucher = { id: "ten", title: "Ten <b>off</b>", worth: { kind: "percent", percent: 10 }, stock: 9, per_person: 1 };
  await desk.run({ do: "sale", order: { order: "voucher", voucher } });
  await desk.run({ do: "sale", order: { order: "drop", id: "ten" } });
  const people = await Promise.all(["<b>Bo</b>", "Cy", "Di"].map((nick) => client(program, nick)));
  let cid = 0;
  for (const [i, person] of people.entries()) {
    for (let n = 0; n < 4; n += 1) {
      person.send({ t: "send", cid: (cid += 1), body: { kind: "comment", text: `line ${n} of ${i}` } });
    }
    person.send({ t: "like", count: 100 });
    person.send({ t: "send", cid: (cid += 1), body: { kind: "gift", gift: "star", count: i + 1 } });
  }
  people[1].send({ t: "sale", cid: 900, ask: { ask: "claim", offer: "voucher:ten" } });
  desk.socket.close();
  return people;
}

test("a show is begun, charted, ended, reported and saved, and every figure is the same", async () => {
  const host = await hostConsole(chrome, program);
  await at(host, "nav-report").click();
  await until("no show yet", async () => /No show/.test(await at(host, "show-state").textContent()));
  await at(host, "show-name").fill(NAME);
  await at(host, "show-start").click();
  await until("it runs", async () => /Silk.*running/.test(await at(host, "show-state").textContent()));
  const people = await evening();
  await until("all is counted", async () => {
    const { totals, offers } = (await api("/report/live")).running;
    return totals.normal === 12 && totals.high === 3 && totals.likes === 300 && totals.gifts === 6 &&
      totals.claims === 1 && totals.shown >= 15 && offers[0]?.left === 8;
  });

  // Live: the summary has the sum, the canvas has the lines.
  await until("the sum of likes", async () => /^300 likes/.test(await at(host, "summary-live-likes").textContent()));
  await until("the sum of gifts", async () => /^6 gifts worth 120 coins/.test(await at(host, "summary-live-gifts").textContent()));
  await until("what is left", async () => /: 8 left/.test(await at(host, "summary-live-stock").textContent()));
  for (const [chart, colour] of [["messages", "--chart-2"], ["online", "--chart-2"], ["likes", "--chart-1"], ["gifts", "--chart-3"], ["stock", "--chart-1"]]) {
    await until(`the line of ${chart}`, async () => (await dots(host, `chart-live-${chart}`, colour)) > 20);
  }
  assert.deepEqual(await violations(host), []);

  // Its end opens its report.
  for (const person of people) person.socket.close();
  await at(host, "show-end").click();
  await at(host, "show-end-yes").click();
  await until("the report", async () => (await at(host, "evening-name").textContent()) === NAME);
  const [{ id }] = (await api("/report")).shows;
  const { show, series } = await api(`/report/${id}`);
  const figure = (name) => at(host, `total-${name}`).locator("b").textContent();
  const messages = String(show.totals.high + show.totals.normal + show.totals.low + show.totals.lowest);
  for (const [name, value] of Object.entries({ messages, people: "3", likes: "300", gifts: "6", claims: "1", online: String(show.most_online) })) {
    assert.equal(await figure(name), value, name);
  }
  assert.match(await at(host, "table-givers").textContent(), /Di360.*Cy240.*<b>Bo<\/b>120/);
  assert.match(await at(host, "table-offers").textContent(), /Ten <b>off<\/b> \(10% off\)189/);

  // The keyboard reads out the very rows the server has.
  await until("the line", async () => (await dots(host, "chart-show-messages", "--chart-2")) > 20);
  const round = (n) => Number(n.toFixed(1));
  const levels = ["high", "normal", "low", "lowest"];
  const rates = series.at.map((_, row) => levels.map((level) => round(series.counts[level][row] / Math.max(1, series.span_s[row]))));
  assert.deepEqual(await walked(host, "chart-show-messages"), rates);
  assert.deepEqual(await walked(host, "chart-show-online"), series.online.map((n) => [n]));
  assert.deepEqual(await violations(host), []);

  // Files.
  const save = async (kind) => {
    const [download] = await Promise.all([host.waitForEvent("download"), at(host, `evening-${kind}`).click()]);
    assert.match(download.suggestedFilename(), new RegExp(`^show-[\\d-]+\\.${kind}$`));
    const path = join(files, `show.${kind}`);
    await download.saveAs(path);
    return path;
  };
  assert.deepEqual(JSON.parse(readFileSync(await save("json"), "utf8")), { show, series });
  const [head, ...rows] = readFileSync(await save("csv"), "utf8").trim().split("\r\n").map((line) => line.split(","));
  const sum = (name) => rows.reduce((all, row) => all + Number(row[head.indexOf(name)]), 0);
  for (const [name, n] of Object.entries(show.totals)) assert.equal(sum(name), n, name);

  const page = await open(chrome, pathToFileURL(await save("html")).href);
  const asked = [];
  page.on("request", (request) => { if (!request.url().startsWith("data:")) asked.push(request.url()); });
  await page.reload();
  assert.deepEqual(asked.map((url) => new URL(url).protocol), ["file:"], "it needs nothing else");
  assert.equal(await page.locator("h1").textContent(), NAME);
  assert.equal(await page.locator("script, b").count(), 0, "names are text");
  assert.match(await page.locator("dl").textContent(), /People who spoke3.*Likes300.*Gifts6worth 120 coins/);
  const widths = await page.locator("img").evaluateAll((all) => all.map((image) => image.naturalWidth));
  assert.ok(widths.length === 5 && widths.every((width) => width > 800), `${widths}`);
  for (const one of [host, page]) assert.deepEqual(one.problems, []);
});

test("a report is named, listed and deleted, and a helper reads but does not change", async () => {
  const token = { "surtitle.console": program.secrets.helper, "surtitle.scheme": "light" };
  const helper = await open(chrome, `${program.url}/console`, { width: 380, height: 844, storage: token });
  await at(helper, "nav-report").click();
  await helper.locator("[data-test=shows] button").click();
  await until("the report", async () => (await at(helper, "total-likes").locator("b").textContent()) === "300");
  for (const name of ["show-start", "show-end", "evening-delete", "evening-rename"]) {
    assert.equal(await at(helper, name).isVisible(), false, name);
  }
  const wide = await helper.locator(".stage").evaluate((stage) => stage.scrollWidth > stage.clientWidth);
  assert.equal(wide, false, "nothing sticks out at 380 px");
  await until("the line in the light", async () => (await dots(helper, "chart-show-likes", "--chart-1")) > 20);
  assert.deepEqual(await violations(helper), []);

  const host = await hostConsole(chrome, program);
  await at(host, "nav-report").click();
  await host.locator("[data-test=shows] button").click();
  await at(host, "evening-rename").fill("Last night");
  await at(host, "evening-rename-save").click();
  await until("the new name", async () => (await at(host, "evening-name").textContent()) === "Last night");
  await at(host, "evening-delete").click();
  await at(host, "evening-delete-yes").click();
  await until("it is gone", async () => (await host.locator("[data-test=shows] button").count()) === 0);
  assert.deepEqual((await api("/report")).shows, []);
  for (const page of [helper, host]) assert.deepEqual(page.problems, []);
});
