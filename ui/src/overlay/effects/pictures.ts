/** Films of animated pictures: decoded a few frames ahead, never all of them. */
import type { Frame, Frames } from "./chunks";
import { type Film, sheets } from "./film";

/** Frames decoded and not shown yet, at most. */
const AHEAD = 6;

/** The film of these frames. Throws if the first cannot be decoded. */
export async function pictureFilm({ width, height, frames }: Frames): Promise<Film> {
  const { sheet, small } = sheets(width, height);
  const large = sheet.getContext("2d");
  if (!large) throw new Error("this browser has no canvas");
  const starts: number[] = [];
  let length = 0;
  for (const { ms } of frames) {
    starts.push(length);
    length += ms;
  }
  const ready: ImageBitmap[] = [];
  let decoded = 0;
  let shown = -1;
  let decoding = false;
  let gone = false;
  let behind = true;
  const surfaces = [large, small].map((context) => new Surface(context, width, height));
  const more = async () => {
    if (decoding) return;
    decoding = true;
    while (!gone && decoded < frames.length && ready.length < AHEAD) {
      const next = await createImageBitmap((frames[decoded] as Frame).file);
      if (gone) next.close();
      else ready.push(next);
      decoded += 1;
    }
    decoding = false;
  };
  await more();
  return {
    length,
    sheet,
    small,
    get behind() {
      return behind;
    },
    draw(ms) {
      let wanted = frames.length - 1;
      while (wanted > 0 && (starts[wanted] ?? 0) > ms) wanted -= 1;
      const before = shown;
      while (shown < wanted) {
        const picture = ready.shift();
        if (!picture) break;
        shown += 1;
        const frame = frames[shown] as Frame;
        for (const surface of surfaces) surface.put(frame, picture);
        picture.close();
      }
      behind = shown < wanted;
      // A frame that cannot be decoded ends the film where it is.
      more().catch(() => {
        decoded = frames.length;
      });
      return shown !== before;
    },
    release() {
      gone = true;
      for (const picture of ready.splice(0)) picture.close();
      sheet.width = 0;
    },
  };
}

/** One canvas that frames are laid on. */
class Surface {
  readonly #context: CanvasRenderingContext2D;
  readonly #scale: readonly [number, number];
  #last: Frame | undefined;
  #under: ImageData | undefined;

  constructor(context: CanvasRenderingContext2D, width: number, height: number) {
    this.#context = context;
    this.#scale = [context.canvas.width / width, context.canvas.height / height];
  }

  put(frame: Frame, picture: ImageBitmap): void {
    const { canvas } = this.#context;
    if (this.#last?.after === "clear") this.#context.clearRect(...this.#place(this.#last));
    if (this.#last?.after === "back" && this.#under) this.#context.putImageData(this.#under, 0, 0);
    this.#under =
      frame.after === "back"
        ? this.#context.getImageData(0, 0, canvas.width, canvas.height)
        : undefined;
    if (!frame.blend) this.#context.clearRect(...this.#place(frame));
    this.#context.drawImage(picture, ...this.#place(frame));
    this.#last = frame;
  }

  #place({ x, y, width, height }: Frame): [number, number, number, number] {
    const [across, down] = this.#scale;
    return [x * across, y * down, width * across, height * down];
  }
}
