/** Animated WebP: RIFF chunks; a frame's data becomes a WebP of its own. */
import { blob, checked, type Frame, type Frames, stay } from "./chunks";

const word = (bytes: Uint8Array, at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));

export function isWebp(bytes: Uint8Array): boolean {
  return word(bytes, 0) === "RIFF" && word(bytes, 8) === "WEBP";
}

/** The frames of an animated WebP; throws if it is none. */
export function webp(bytes: Uint8Array): Frames {
  const frames: Frame[] = [];
  let size: { width: number; height: number } | undefined;
  for (const { name, body } of chunks(bytes, 12)) {
    if (name === "VP8X" && body.length >= 10) {
      size = { width: int24(body, 4) + 1, height: int24(body, 7) + 1 };
    } else if (name === "ANMF" && body.length > 16) frames.push(frame(body));
  }
  if (!size) throw new Error("not an animated WebP");
  return checked({ ...size, frames });
}

function frame(body: Uint8Array): Frame {
  const [width, height] = [int24(body, 6) + 1, int24(body, 9) + 1];
  const flags = body[15] ?? 0;
  const inner = body.subarray(16);
  const parts: Uint8Array[] = [];
  // An alpha chunk needs the extended header; a frame without one is a simple file.
  if (chunks(inner, 0).some(({ name }) => name === "ALPH")) {
    const extended = new Uint8Array(10);
    extended[0] = 0x10;
    put24(extended, 4, width - 1);
    put24(extended, 7, height - 1);
    parts.push(head("VP8X", 10), extended);
  }
  parts.push(inner);
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const riff = new Uint8Array(12);
  riff.set(head("RIFF", length + 4));
  riff.set(
    [..."WEBP"].map((letter) => letter.charCodeAt(0)),
    8,
  );
  return {
    file: blob([riff, ...parts], "image/webp"),
    x: int24(body, 0) * 2,
    y: int24(body, 3) * 2,
    width,
    height,
    ms: stay(int24(body, 12)),
    blend: (flags & 2) === 0,
    after: flags & 1 ? "clear" : "keep",
  };
}

function chunks(bytes: Uint8Array, from: number): { name: string; body: Uint8Array }[] {
  const found: { name: string; body: Uint8Array }[] = [];
  let at = from;
  while (at + 8 <= bytes.length) {
    const length = int24(bytes, at + 4) + (bytes[at + 7] ?? 0) * 2 ** 24;
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (body.length < length) break;
    found.push({ name: word(bytes, at), body });
    at += 8 + length + (length % 2);
  }
  return found;
}

function head(name: string, length: number): Uint8Array {
  const out = new Uint8Array(8);
  out.set([...name].map((letter) => letter.charCodeAt(0)));
  new DataView(out.buffer).setUint32(4, length, true);
  return out;
}

function int24(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 256 + (bytes[at + 2] ?? 0) * 65_536;
}

function put24(bytes: Uint8Array, at: number, value: number): void {
  bytes.set([value & 255, (value >> 8) & 255, (value >> 16) & 255], at);
}
