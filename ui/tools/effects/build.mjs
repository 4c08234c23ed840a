// Writes ui/public/effects from the catalogue's drawings: `npm run effects`.
// The files are committed; run this after changing a drawing or an effect.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { castle } from "./castle.mjs";
import { text } from "./lottie.mjs";
import { shapes } from "./svg.mjs";

const root = new URL("../../../", import.meta.url);
const out = new URL("ui/public/effects/", root);
mkdirSync(out, { recursive: true });

for (const [name, scene] of Object.entries({ castle })) {
  const drawing = shapes(readFileSync(new URL(`icons/gifts/${name}.svg`, root), "utf8"));
  const json = text(scene(drawing));
  writeFileSync(new URL(`${name}.json`, out), json);
  console.error(`${name}.json ${Math.round(json.length / 1024)} KB`);
}
