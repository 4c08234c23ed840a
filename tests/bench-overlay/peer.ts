/** npm `danmaku`, the most used library for this, in either of its modes. */
import Danmaku from "danmaku";
import { type Engine, SECONDS, SIZE } from "./page";

const FONT = `700 ${SIZE}px sans-serif`;
/** The same outline for both modes. */
const STYLE = {
  canvas: { font: FONT, fillStyle: "#fff", strokeStyle: "#000", lineWidth: 4, lineJoin: "round" },
  dom: { font: FONT, color: "#fff", webkitTextStroke: "4px #000", paintOrder: "stroke fill" },
};

export function create(stage: HTMLElement, engine: "canvas" | "dom"): Engine {
  // Its speed decides how long a comment is there, not how fast a letter goes.
  const danmaku = new Danmaku({ container: stage, engine, speed: innerWidth / (SECONDS * 1.03) });
  const inside = danmaku as unknown as { _: { runningList: unknown[] } };
  return {
    emit: (text) => danmaku.emit({ text, mode: "rtl", style: { ...STYLE[engine] } } as never),
    live: () => inside._.runningList.length,
  };
}
