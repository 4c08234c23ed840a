// Star: a shower of stars, rendered frame by frame to an animated WebP, 3.1 s.
// Needs rsvg-convert and ffmpeg (Debian: librsvg2-bin, ffmpeg).
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dice, SPARKLE } from "./lottie.mjs";

const [RATE, FRAMES, WIDTH, HEIGHT] = [20, 62, 720, 405];

/** Writes the film of this drawing (the text of its SVG) to `out`. */
export function star(svg, out) {
  const random = dice(41);
  const inner = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(svg)?.[1] ?? "";
  // The glow and the sparkles around it stay behind: small stars would drown in them.
  const drawing = inner.replace(/<circle[^>]*\/>/, "").replace(/<path[^>]*fill="#fff"\/>/g, "");
  const [, defs, shape] = /(<defs>[\s\S]*<\/defs>)([\s\S]*)/.exec(drawing) ?? [];
  const stars = Array.from({ length: 22 }, (_, n) => ({
    x: ((n * 0.618) % 1) * WIDTH,
    start: random() * 0.45,
    size: 0.16 + random() * 0.3,
    turn: (random() - 0.5) * 500,
    drift: (random() - 0.5) * 130,
  }));
  const folder = mkdtempSync(join(tmpdir(), "star-"));
  for (let frame = 0; frame < FRAMES; frame += 1) {
    const time = frame / FRAMES;
    const fallen = stars.map(({ x, start, size, turn, drift }) => {
      const part = (time - start) / 0.55;
      if (part < 0 || part > 1) return "";
      const [at, down] = [
        x + drift * part,
        -80 + (HEIGHT + 160) * (0.35 * part + 0.65 * part * part),
      ];
      const trail = [0.5, 0.3, 0.16].map((seen, k) => {
        const back = down - 34 * size * 2.4 * (k + 1);
        return `<path transform="translate(${at - drift * 0.03 * (k + 1)} ${back}) scale(${(1 - k * 0.22) * size * 2.2})" fill="#fff2b0" opacity="${seen * Math.min(1, part * 6)}" d="${SPARKLE}"/>`;
      });
      return `${trail.join("")}<use href="#star" opacity="${Math.min(1, part * 8, (1 - part) * 8)}" transform="translate(${at} ${down}) rotate(${turn * part}) scale(${size}) translate(-128 -136)"/>`;
    });
    writeFileSync(
      join(folder, "f.svg"),
      `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">${defs.replace("</defs>", `<g id="star">${shape}</g></defs>`)}${fallen.join("")}</svg>`,
    );
    execFileSync("rsvg-convert", [
      "-o",
      join(folder, `${String(frame).padStart(3, "0")}.png`),
      join(folder, "f.svg"),
    ]);
  }
  execFileSync("ffmpeg", [
    "-v",
    "error",
    "-y",
    "-framerate",
    String(RATE),
    "-i",
    join(folder, "%03d.png"),
    "-c:v",
    "libwebp_anim",
    "-lossless",
    "0",
    "-quality",
    "45",
    "-compression_level",
    "6",
    "-loop",
    "0",
    "-pix_fmt",
    "yuva420p",
    out,
  ]);
  rmSync(folder, { recursive: true });
}
