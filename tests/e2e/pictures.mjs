// Pictures made here, bit by bit, and a server of them on another port of this machine.
import { createServer } from "node:http";
import { deflateSync } from "node:zlib";

const CRC = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function crc(bytes) {
  let c = 0xffffffff;
  for (const byte of bytes) c = CRC[(c ^ byte) & 0xff] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

/** A chunk of a PNG. */
export function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc(body));
  return Buffer.concat([head, body, sum]);
}

export const PNG = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");

/** The header chunk; 8-bit RGBA unless told otherwise. */
export function header(width, height, depth = 8, colour = 6) {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([depth, colour, 0, 0, 0], 8);
  return chunk("IHDR", data);
}

function rows(width, height, colour) {
  const row = Buffer.alloc(1 + width * 4);
  for (let x = 0; x < width; x += 1) row.set(colour, 1 + x * 4);
  return Buffer.concat(Array.from({ length: height }, () => row));
}

/** A PNG of one colour, `[r, g, b, a]`. */
export function png(width, height, colour = [220, 60, 60, 255]) {
  const data = chunk("IDAT", deflateSync(rows(width, height, colour)));
  return Buffer.concat([PNG, header(width, height), data, chunk("IEND", Buffer.alloc(0))]);
}

/** An animated GIF with a frame a colour, each seen for `ms`. Colours are `[r, g, b]`. */
export function gif(width, height, colours, ms = 100) {
  const table = Buffer.alloc(4 * 3 * 64);
  colours.forEach((colour, n) => table.set(colour, n * 3));
  const screen = Buffer.alloc(7);
  screen.writeUInt16LE(width, 0);
  screen.writeUInt16LE(height, 2);
  screen.set([0xf7, 0, 0], 4);
  const frames = colours.map((_, n) => {
    const control = Buffer.from([0x21, 0xf9, 4, 4, 0, 0, 0, 0]);
    control.writeUInt16LE(Math.round(ms / 10), 4);
    const place = Buffer.alloc(10);
    place[0] = 0x2c;
    place.writeUInt16LE(width, 5);
    place.writeUInt16LE(height, 7);
    return Buffer.concat([control, place, Buffer.from([8]), packed(width * height, n), Buffer.from([0])]);
  });
  return Buffer.concat([Buffer.from("GIF89a"), screen, table, ...frames, Buffer.from([0x3b])]);
}

/** `count` pixels of one number as LZW that clears its table often, so every code has 9 bits. */
function packed(count, number) {
  const bits = [];
  const put = (code) => { for (let n = 0; n < 9; n += 1) bits.push((code >> n) & 1); };
  for (let n = 0; n < count; n += 1) {
    if (n % 200 === 0) put(256);
    put(number);
  }
  put(257);
  const bytes = [];
  for (let n = 0; n < bits.length; n += 8) {
    bytes.push(bits.slice(n, n + 8).reduce((byte, bit, at) => byte | (bit << at), 0));
  }
  const blocks = [];
  for (let n = 0; n < bytes.length; n += 255) {
    const part = bytes.slice(n, n + 255);
    blocks.push(Buffer.from([part.length, ...part]));
  }
  return Buffer.concat(blocks);
}

/** A server of pictures by path; `asked` is what it was asked, in order. */
export async function elsewhere(pictures) {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push({ path: request.url, headers: request.headers });
    const bytes = pictures[request.url];
    response.writeHead(bytes ? 200 : 404, { "content-type": "image/png" });
    response.end(bytes ?? "");
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const base = `http://127.0.0.1:${server.address().port}`;
  return { base, asked, stop: () => new Promise((done) => server.close(done)) };
}
