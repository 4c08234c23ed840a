// What axe finds on a page, once everything that moves has come to rest.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Violations inside the first element of `within`, frames left out; none if the page is as it should be. */
export async function violations(page, within = "html") {
  // A transition half done has the contrast of neither end.
  await page.evaluate(() => Promise.all(document.getAnimations()
    .filter((motion) => motion.effect?.getTiming().iterations !== Infinity)
    .map((motion) => motion.finished.catch(() => {}))));
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  const { violations } = await page.evaluate((within) =>
    window.axe.run(document.querySelector(within), { resultTypes: ["violations"], iframes: false }), within);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html.slice(0, 160)).join(" | ")}`);
}
