// Every card in every theme, in six variants, beside the pictures somebody has looked at.
// SURTITLE_UPDATE=1 keeps what is drawn now as the new pictures: look at them before you commit them.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Program, browser, hostClient, out } from "../e2e/program.mjs";
import { CARDS, SELECTOR, VARIANTS } from "./cards.mjs";
import { TOLERANCE, difference, sheet } from "./sheet.mjs";
import { stageOf } from "./stage.mjs";

const THEMES = ["glass", "broadcast", "pixel", "contrast"];
const kept = join(import.meta.dirname, "pictures");
const update = process.env.SURTITLE_UPDATE === "1";
/** Most a sheet may weigh, and all of them, bytes: they are in the repository for good. */
const SHEET_BYTES = 60 * 1024;
const ALL_BYTES = 3 * 1024 * 1024;

let program;
let chrome;
let host;
before(async () => {
  mkdirSync(kept, { recursive: true });
  // Drawn in the same fonts on every machine.
  process.env.FONTCONFIG_FILE = join(import.meta.dirname, "fonts.conf");
  program = await Program.start();
  chrome = await browser();
  host = await hostClient(program);
});
after(async () => {
  host?.socket.close();
  await chrome?.close();
  await program?.stop();
});

for (const theme of THEMES) {
  test(`every card of ${theme} looks as it did when it was last looked at`, async (t) => {
    await host.run({ do: "look", overlay: "main", look: { ...host.display().look, theme } });
    const stage = await stageOf(chrome, program);
    assert.equal(stage.theme, theme);
    for (const [card, parts] of Object.entries(CARDS)) {
      await t.test(`${card} in ${theme}`, async () => {
        const pictures = [];
        for (const [number, variant] of Object.values(VARIANTS).entries()) {
          pictures.push(await stage.shoot(SELECTOR[card], (now, look) => parts(variant, now, number, look)));
        }
        compare(`${card}-${theme}`, sheet(pictures));
      });
    }
    assert.deepEqual(stage.page.problems, []);
    await stage.page.context().close();
  });
}

/** Small changes of a style sheet that nobody may make unseen, each on a card that shows it. */
const CHANGES = [
  ["pinned", ".pinned-nick { color: #ffb0a8 !important }"],
  ["rank", ".rank-nick { color: #ffffff !important }"],
  ["paid", ".paid-head { padding-top: calc(0.3em + 2px) }"],
  ["goal", ".goal { padding-left: calc(0.75em + 2px) }"],
  ["poll", ".poll { border-color: #ff9d5c }"],
];

test("the comparison sees a colour, two px and a border", async (t) => {
  await host.run({ do: "look", overlay: "main", look: { ...host.display().look, theme: "glass" } });
  const stage = await stageOf(chrome, program);
  const drawn = async (card) => sheet([
    await stage.shoot(SELECTOR[card], (now, look) => CARDS[card](VARIANTS.ltr, now, 0, look)),
  ]);
  for (const [card, css] of CHANGES) {
    await t.test(css, async () => {
      const before = await drawn(card);
      const same = difference(before.picture, await drawn(card));
      assert.ok(same.part <= TOLERANCE, `twice the same differs by ${same.part}`);
      const style = await stage.page.addStyleTag({ content: css });
      const { part } = difference(before.picture, await drawn(card));
      await style.evaluate((element) => element.remove());
      t.diagnostic(`${css} ${(part * 100).toFixed(2)} %`);
      assert.ok(part > TOLERANCE, `differs by ${part} only`);
    });
  }
  await stage.page.context().close();
});

test("the kept pictures are of cards that there are, and stay small", () => {
  const wanted = THEMES.flatMap((theme) => Object.keys(CARDS).map((card) => `${card}-${theme}.png`)).sort();
  const files = readdirSync(kept).sort();
  assert.deepEqual(files, wanted);
  const sizes = files.map((file) => statSync(join(kept, file)).size);
  const heavy = files.filter((_, index) => sizes[index] > SHEET_BYTES);
  assert.deepEqual(heavy, [], "sheets over 60 KB");
  assert.ok(sizes.reduce((all, size) => all + size, 0) <= ALL_BYTES, "all sheets over 3 MB");
});

function compare(name, drawn) {
  const path = join(kept, `${name}.png`);
  if (update) {
    // One that looks the same keeps its bytes, so that a renewal shows only what changed.
    if (!existsSync(path) || difference(readFileSync(path), drawn).part > 0) writeFileSync(path, drawn.picture);
    return;
  }
  assert.ok(existsSync(path), `${name}.png is not kept yet: run with SURTITLE_UPDATE=1 and look at it`);
  const { part, picture } = difference(readFileSync(path), drawn);
  if (part <= TOLERANCE) return;
  writeFileSync(join(out, `golden-${name}.png`), drawn.picture);
  writeFileSync(join(out, `golden-${name}-difference.png`), picture);
  const percent = (part * 100).toFixed(2);
  assert.fail(`${percent} % of a card of ${name}.png differ; see tests/out/golden-${name}-difference.png`);
}
