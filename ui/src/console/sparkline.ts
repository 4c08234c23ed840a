import { h } from "../shared/dom";
import { peak, RATE_SECONDS, type Rate } from "./rates";
import { words } from "./words/frame";

/** Size on the page, px. */
const WIDTH = 96;
const HEIGHT = 20;
/** The rate that fills the height even if nothing was as fast, events a second. */
const FLOOR = 10;

/** The last minute of events a second as bars, newest at the right, in the text's colour. */
export function createSparkline(): {
  element: HTMLCanvasElement;
  update: (minute: readonly Rate[]) => void;
} {
  const element = h("canvas", { class: "sparkline", width: WIDTH, height: HEIGHT, role: "img" });
  let drawn: readonly Rate[] | undefined;

  function update(minute: readonly Rate[]): void {
    if (minute === drawn) return;
    drawn = minute;
    element.setAttribute("aria-label", words.minute(peak(minute)));
    const pen = element.getContext("2d");
    if (!pen) return;
    const ratio = window.devicePixelRatio || 1;
    if (element.width !== Math.round(WIDTH * ratio)) {
      element.width = Math.round(WIDTH * ratio);
      element.height = Math.round(HEIGHT * ratio);
    }
    pen.setTransform(element.width / WIDTH, 0, 0, element.height / HEIGHT, 0, 0);
    pen.clearRect(0, 0, WIDTH, HEIGHT);
    pen.fillStyle = getComputedStyle(element).color;
    const step = WIDTH / RATE_SECONDS;
    const full = Math.max(FLOOR, peak(minute));
    const left = RATE_SECONDS - minute.length;
    minute.forEach(({ rate }, i) => {
      const bar = rate > 0 ? Math.max(1, (rate / full) * HEIGHT) : 0.5;
      pen.fillRect((left + i) * step, HEIGHT - bar, step - 0.4, bar);
    });
  }

  return { element, update };
}
