// Writes ui/public/effects from the catalogue's drawings: `npm run effects`.
// The files are committed; run this after changing a drawing or an effect.
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { balloon } from "./balloon.mjs";
import { cake } from "./cake.mjs";
import { castle } from "./castle.mjs";
import { crown } from "./crown.mjs";
import { text } from "./lottie.mjs";
import { rocket } from "./rocket.mjs";
import { star } from "./star.mjs";
import { shapes } from "./svg.mjs";

const root = new URL("../../../", import.meta.url);
const out = new URL("ui/public/effects/", root);
mkdirSync(out, { recursive: true });
const drawing = (name) => readFileSync(new URL(`icons/gifts/${name}.svg`, root), "utf8");
const tell = (file) =>
  console.error(`${file} ${Math.round(statSync(new URL(file, out)).size / 1024)} KB`);

for (const [name, scene] of Object.entries({ balloon, cake, castle, crown, rocket })) {
  writeFileSync(new URL(`${name}.json`, out), text(scene(shapes(drawing(name)))));
  tell(`${name}.json`);
}
star(drawing("star"), fileURLToPath(new URL("star.webp", out)));
tell("star.webp");
