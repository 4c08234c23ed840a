/**
 * The proof mark: while OBS is watched, the page draws a number that moves
 * into its lower left corner and tells the server which. The server finds it
 * in OBS's own picture of the source, or not, and so knows whether what OBS
 * shows is fresh. The drawing is specified in
 * src-tauri/crates/server/src/obs/mark.rs; it is too faint to see.
 */
import type { ClientFrame } from "../shared/wire";

/** Width and height of a block, device pixels. */
const BLOCK = 8;
const BITS = 32;
/** Numbers are kept modulo this. */
const MODULUS = 1 << 12;
/** Opacity of a 0 and of a 1, of 255. */
const OPACITY = [2, 5] as const;

/** The blocks of a mark, 0 or 1, from left to right. */
export function blocks(page: number, n: number): number[] {
  const numbers = (page % MODULUS) * MODULUS + (n % MODULUS);
  const bytes = [numbers >> 16, (numbers >> 8) & 255, numbers & 255];
  bytes.push(checksum(bytes));
  return bytes.flatMap((byte) => Array.from({ length: 8 }, (_, i) => (byte >> (7 - i)) & 1));
}

/** CRC-8 with the polynomial x⁸ + x² + x + 1, begun with 255. */
function checksum(bytes: readonly number[]): number {
  let crc = 0xff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let i = 0; i < 8; i += 1) crc = crc & 0x80 ? ((crc << 1) ^ 0x07) & 0xff : crc << 1;
  }
  return crc;
}

export class Proof {
  readonly element = document.createElement("canvas");
  readonly #send: (frame: ClientFrame) => void;
  readonly #page = Math.floor(Math.random() * MODULUS);
  #n = Math.floor(Math.random() * MODULUS);
  #timer: ReturnType<typeof setInterval> | undefined;
  #frame = 0;

  /** `send` tells the server; a line that is cut loses nothing of worth. */
  constructor(send: (frame: ClientFrame) => void) {
    this.#send = send;
    this.element.className = "proof";
    this.element.width = BLOCK * BITS;
    this.element.height = BLOCK;
    this.element.hidden = true;
  }

  /** Draws a mark every `ms`; 0 for no more. */
  every(ms: number): void {
    clearInterval(this.#timer);
    cancelAnimationFrame(this.#frame);
    this.element.hidden = ms <= 0;
    if (ms <= 0) return;
    // Drawn with the page's frames, so that a page that presents none proves nothing.
    const due = () => {
      cancelAnimationFrame(this.#frame);
      this.#frame = requestAnimationFrame(() => this.#draw());
    };
    this.#timer = setInterval(due, Math.max(100, ms));
    due();
  }

  #draw(): void {
    const paint = this.element.getContext("2d");
    if (!paint) return;
    // A block is a device pixel's multiple, whatever the zoom.
    this.element.style.width = `${(BLOCK * BITS) / devicePixelRatio}px`;
    this.element.style.height = `${BLOCK / devicePixelRatio}px`;
    this.#n = (this.#n + 1) % MODULUS;
    const image = paint.createImageData(BLOCK * BITS, BLOCK);
    const bits = blocks(this.#page, this.#n);
    for (let i = 0; i < BLOCK * BITS * BLOCK; i += 1) {
      const bit = bits[Math.floor((i % (BLOCK * BITS)) / BLOCK)] === 1 ? 1 : 0;
      image.data[i * 4 + 3] = OPACITY[bit];
    }
    paint.putImageData(image, 0, 0);
    this.#send({ t: "beat", page: this.#page, n: this.#n });
  }
}
