// Writes ui/public/sounds: `npm run sounds`. Every sound is made here from
// sine waves and belongs to nobody (CC0, the note beside them). WAV, 22,050
// samples a second, 16 bit, one channel: what every engine plays.
import { mkdirSync, writeFileSync } from "node:fs";

const RATE = 22_050;
/** Loudest sample, of 1: four at once stay below what clips. */
const PEAK = 0.5;
const out = new URL("../../public/sounds/", import.meta.url);

/** Hz of a key of the piano, 69 being A above middle C. */
const key = (n) => 440 * 2 ** ((n - 69) / 12);

/** A struck bell: partials that fade the faster the higher they are. */
function bell(samples, at, note, loud, ring) {
  const partials = [
    [1, 1, 1],
    [2, 0.5, 1.6],
    [3.01, 0.22, 2.4],
    [4.2, 0.12, 3.4],
    [5.4, 0.06, 4.5],
  ];
  for (const [times, part, fade] of partials) {
    for (let n = Math.round(at * RATE); n < samples.length; n += 1) {
      const t = n / RATE - at;
      const attack = Math.min(1, t / 0.004);
      samples[n] +=
        loud *
        part *
        attack *
        Math.exp((-t * fade * 5) / ring) *
        Math.sin(2 * Math.PI * key(note) * times * t);
    }
  }
}

/** A soft pluck, almost a pure tone. */
function soft(samples, at, note, loud, ring) {
  for (let n = Math.round(at * RATE); n < samples.length; n += 1) {
    const t = n / RATE - at;
    const wave =
      Math.sin(2 * Math.PI * key(note) * t) + 0.25 * Math.sin(4 * Math.PI * key(note) * t);
    samples[n] += loud * wave * Math.min(1, t / 0.012) * Math.exp((-t * 6) / ring);
  }
}

const SOUNDS = {
  // Two bells, a fifth apart.
  gift: [
    0.8,
    (s) => {
      bell(s, 0, 79, 0.8, 0.8);
      bell(s, 0.09, 86, 1, 0.9);
    },
  ],
  // A chord broken upwards, for gifts of the two highest tiers.
  fanfare: [
    1.7,
    (s) => {
      for (const [n, note] of [67, 72, 76, 79, 84].entries()) bell(s, n * 0.1, note, 0.8, 1.6);
      bell(s, 0.5, 91, 0.5, 1.4);
    },
  ],
  // A bright chord at once, with its octave after it.
  paid: [
    1.2,
    (s) => {
      for (const note of [74, 78, 81]) bell(s, 0, note, 0.6, 1);
      bell(s, 0.14, 86, 0.9, 1.1);
    },
  ],
  join: [0.35, (s) => soft(s, 0, 76, 0.7, 0.5)],
  follow: [
    0.6,
    (s) => {
      soft(s, 0, 72, 0.8, 0.7);
      soft(s, 0.12, 79, 0.9, 0.9);
    },
  ],
  // A little bell shaken three times.
  voucher: [
    0.9,
    (s) => {
      for (const [n, at] of [0, 0.11, 0.22].entries()) bell(s, at, 88 + (n % 2) * 3, 0.8, 0.7);
    },
  ],
};

mkdirSync(out, { recursive: true });
for (const [name, [seconds, make]] of Object.entries(SOUNDS)) {
  const samples = new Float64Array(Math.round(seconds * RATE));
  make(samples);
  // The end fades, so that nothing clicks.
  const tail = Math.round(0.06 * RATE);
  for (let n = 0; n < tail; n += 1) samples[samples.length - 1 - n] *= n / tail;
  const loudest = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const file = Buffer.alloc(44 + samples.length * 2);
  file.write("RIFF", 0);
  file.writeUInt32LE(36 + samples.length * 2, 4);
  file.write("WAVEfmt ", 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(RATE, 24);
  file.writeUInt32LE(RATE * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write("data", 36);
  file.writeUInt32LE(samples.length * 2, 40);
  samples.forEach((value, n) => {
    file.writeInt16LE(Math.round((value / loudest) * PEAK * 32_767), 44 + n * 2);
  });
  writeFileSync(new URL(`${name}.wav`, out), file);
}
writeFileSync(
  new URL("LICENSE.txt", out),
  "These sounds were made for Surtitle by ui/tools/sounds/build.mjs.\nThey are given to the public domain: CC0 1.0, https://creativecommons.org/publicdomain/zero/1.0/\n",
);
