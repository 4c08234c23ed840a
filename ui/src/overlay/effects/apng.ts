/** APNG: chunks with a checksum each; a frame's data becomes a PNG of its own. */
import { blob, checked, type Frame, type Frames, stay } from "./chunks";

const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];

export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, index) => bytes[index] === byte);
}

/** The frames of an APNG; throws if it is none. */
export function apng(bytes: Uint8Array): Frames {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  /** Chunks every frame needs: palette, gamma, transparency. */
  const shared: Uint8Array[] = [];
  const frames: Frame[] = [];
  let header: Uint8Array | undefined;
  let control: DataView | undefined;
  let data: Uint8Array[] = [];
  const close = () => {
    if (header && control && data.length > 0) frames.push(frame(header, shared, control, data));
    control = undefined;
    data = [];
  };
  let at = SIGNATURE.length;
  while (at + 12 <= bytes.length) {
    const length = view.getUint32(at);
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (body.length < length || name === "IEND") break;
    if (name === "IHDR") header = body;
    else if (name === "fcTL") {
      close();
      if (length >= 26) control = new DataView(body.buffer, body.byteOffset, length);
    } else if (name === "IDAT") data.push(body);
    else if (name === "fdAT") data.push(body.subarray(4));
    else if (name !== "acTL" && frames.length === 0 && data.length === 0) {
      shared.push(bytes.subarray(at, at + 12 + length));
    }
    at += 12 + length;
  }
  close();
  if (header?.length !== 13) throw new Error("not an APNG");
  const size = new DataView(header.buffer, header.byteOffset, 8);
  return checked({ width: size.getUint32(0), height: size.getUint32(4), frames });
}

function frame(
  header: Uint8Array,
  shared: Uint8Array[],
  control: DataView,
  data: Uint8Array[],
): Frame {
  const own = header.slice();
  own.set(new Uint8Array(control.buffer, control.byteOffset + 4, 8), 0);
  const parts = [
    Uint8Array.from(SIGNATURE),
    chunk("IHDR", own),
    ...shared,
    ...data.map((part) => chunk("IDAT", part)),
    chunk("IEND", new Uint8Array()),
  ];
  const per = control.getUint16(22) || 100;
  return {
    file: blob(parts, "image/png"),
    width: control.getUint32(4),
    height: control.getUint32(8),
    x: control.getUint32(12),
    y: control.getUint32(16),
    ms: stay((control.getUint16(20) / per) * 1000),
    after: (["keep", "clear", "back"] as const)[control.getUint8(24)] ?? "keep",
    blend: control.getUint8(25) === 1,
  };
}

function chunk(name: string, body: Uint8Array): Uint8Array {
  const out = new Uint8Array(body.length + 12);
  const view = new DataView(out.buffer);
  view.setUint32(0, body.length);
  for (let n = 0; n < 4; n += 1) out[4 + n] = name.charCodeAt(n);
  out.set(body, 8);
  view.setUint32(body.length + 8, checksum(out.subarray(4, body.length + 8)));
  return out;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1;
  return rest;
});

/** CRC-32 as PNG has it. */
export function checksum(bytes: Uint8Array): number {
  let rest = 0xffffffff;
  for (const byte of bytes) rest = (TABLE[(rest ^ byte) & 255] ?? 0) ^ (rest >>> 8);
  return ~rest >>> 0;
}
