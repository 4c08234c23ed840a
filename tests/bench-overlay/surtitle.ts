/** Our engine on the bench, as the overlay uses it. */
import { OFF } from "../../ui/src/danmaku/course";
import { canvasPainter } from "../../ui/src/danmaku/painter";
import { Danmaku } from "../../ui/src/danmaku/stage";
import { type Engine, SECONDS, SIZE } from "./page";

export function create(stage: HTMLElement): Engine {
  const air = document.createElement("div");
  air.style.cssText = "position: absolute; overflow: hidden;";
  stage.append(air);
  const danmaku = new Danmaku(air, canvasPainter());
  danmaku.apply({
    ...OFF,
    on: true,
    ink: {
      ...OFF.ink,
      family: "sans-serif",
      size: SIZE,
      outline: 2,
      fill: "#fff",
      stroke: "#000",
      count: "#fd6",
      widest: innerWidth,
    },
    seconds: SECONDS,
    width: innerWidth,
    bottom: innerHeight,
    lanes: 100,
    ratio: devicePixelRatio,
  });
  let n = 0;
  return {
    emit(text) {
      n += 1;
      danmaku.offer({
        id: String(n),
        user: null,
        priority: "normal",
        mode: null,
        text,
        parts: [{ kind: "text", text }],
        nick: null,
        colour: "#fff",
        avatar: null,
        role: "viewer",
        plate: null,
        paid: null,
      });
    },
    live: () => danmaku.live().length,
  };
}
