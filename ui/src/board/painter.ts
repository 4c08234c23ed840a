/**
 * Draws a page of many strokes beside the page's own thread: one of several
 * workers, each for a band of the page's height ({@link Painters}).
 *
 * Its canvas is as large as the whole page's and strokes that reach into the
 * band are drawn whole, so that every pixel is what one canvas would have.
 */
import type { Stroke } from "../shared/wire";
import { draw, drawing } from "./draw";
import { HEIGHT, unpack, WIDTH } from "./ink";

/** What a painter is asked. */
export interface Task {
  /** Which picture this is for; another one begins with an empty page. */
  readonly picture: number;
  /** Of the whole page, pixels. */
  readonly width: number;
  readonly height: number;
  /** Its band: rows from `top` up to, not with, `bottom`. */
  readonly top: number;
  readonly bottom: number;
  /** On top of what it has. */
  readonly strokes: readonly Stroke[];
  /** Its band shall be shown after these. */
  readonly show: boolean;
}

/** What it answers to each, in order. */
export interface Answer {
  readonly picture: number;
  readonly top: number;
  /** The band, if it is to be shown. */
  readonly bitmap?: ImageBitmap;
  /** It cannot draw here. */
  readonly unable?: true;
}

const line = self as unknown as {
  onmessage: (event: MessageEvent<Task>) => void;
  postMessage(answer: Answer, transfer: Transferable[]): void;
};
let picture = -1;
let context: OffscreenCanvasRenderingContext2D | null = null;

line.onmessage = ({ data }) => {
  if (data.picture !== picture) {
    picture = data.picture;
    context = new OffscreenCanvas(data.width, data.height).getContext("2d");
    const scale = data.width / WIDTH;
    context?.setTransform(scale, 0, 0, scale, 0, 0);
  }
  if (context) paint(context, data);
  else line.postMessage({ picture, top: data.top, unable: true }, []);
};

function paint(onto: OffscreenCanvasRenderingContext2D, task: Task): void {
  const unit = HEIGHT / task.height;
  const [top, bottom] = [task.top * unit, task.bottom * unit];
  for (const stroke of task.strokes) {
    const points = unpack(stroke.ink);
    // Letters hang from their point, and the barbs of an arrow stand off it.
    const far = stroke.tool === "text" || stroke.tool === "arrow" ? 5 : 1.5;
    const reach = stroke.width * far + 100;
    let [high, low] = [HEIGHT, 0];
    for (const [, y] of points) {
      if (y < high) high = y;
      if (y > low) low = y;
    }
    if (low + reach >= top && high - reach <= bottom) draw(onto, drawing(stroke, points));
  }
  if (!task.show) {
    line.postMessage({ picture: task.picture, top: task.top }, []);
    return;
  }
  void createImageBitmap(onto.canvas, 0, task.top, task.width, task.bottom - task.top).then(
    (bitmap) => line.postMessage({ picture: task.picture, top: task.top, bitmap }, [bitmap]),
  );
}
