/** Comments that fly over the picture, as this viewer wants them. */
import type { Course } from "../../danmaku/course";
import { flyer } from "../../danmaku/flyer";
import type { Painter } from "../../danmaku/ink";
import { canvasPainter } from "../../danmaku/painter";
import { Danmaku, type Live } from "../../danmaku/stage";
import { h } from "../../shared/dom";
import type { ServerFrame, UserId } from "../../shared/wire";
import { flies, type Switches } from "./switches";

/** Text height: share of the picture's height, within bounds in px. */
const TEXT = { share: 0.05, least: 16, most: 44 } as const;
/** Most lanes, and the part of one that may be full. */
const LANES = { most: 12, density: 0.8 } as const;
/** Behind one's own lines, so that one finds them. */
const OWN_PLATE = "rgba(47, 111, 228, 0.72)";

export class Air {
  readonly element = h("div", { class: "air", "aria-hidden": "true", "data-test": "air" });
  readonly #danmaku: Danmaku;
  #switches: Switches;
  #me: UserId | undefined;

  constructor(switches: Switches, painter: Painter = canvasPainter()) {
    this.#switches = switches;
    this.#danmaku = new Danmaku(this.element, painter);
    const calm = matchMedia("(prefers-reduced-motion: reduce)");
    calm.addEventListener("change", () => this.#apply());
    new ResizeObserver(() => this.#apply()).observe(this.element);
    document.fonts?.addEventListener("loadingdone", () => this.#danmaku.renew());
    document.addEventListener("visibilitychange", () => this.#danmaku.wake(!document.hidden));
  }

  /** What the room says: new comments fly, removed ones go. */
  hear(frame: ServerFrame): undefined {
    if (frame.t === "remove") {
      const gone = new Set(frame.ids);
      this.#danmaku.remove(({ id }) => gone.has(id));
    }
    if (frame.t !== "batch") return;
    for (const event of frame.events) {
      if (event.kind !== "comment" || !flies(this.#switches, event)) continue;
      const comment = flyer(event, event.text, this.element);
      const own = this.#me !== undefined && event.from?.id === this.#me;
      this.#danmaku.offer(
        own && comment.plate === null ? { ...comment, plate: OWN_PLATE } : comment,
      );
    }
  }

  me(user: UserId | undefined): void {
    this.#me = user;
  }

  /** New wishes; what they forbid goes at once. */
  set(switches: Switches): void {
    const hidden = new Set(switches.people.map(({ id }) => id));
    this.#danmaku.remove(({ user }) => user !== null && hidden.has(user));
    this.#switches = switches;
    this.#apply();
  }

  /** Where everybody in the air is, for tests. */
  live(): Live[] {
    return this.#danmaku.live();
  }

  #apply(): void {
    const { clientWidth, clientHeight } = this.element;
    if (clientWidth > 0 && clientHeight > 0) {
      this.#danmaku.apply(courseOf(this.#switches, clientWidth, clientHeight, this.element));
    }
  }
}

/** How comments fly over a picture of this size, CSS px. */
export function courseOf(
  { on, area, size, opacity, seconds }: Switches,
  width: number,
  height: number,
  air: HTMLElement,
): Course {
  // A stage higher than the picture in it counts as the picture does.
  const picture = Math.min(height, (width * 9) / 16);
  const usual = Math.min(TEXT.most, Math.max(TEXT.least, picture * TEXT.share));
  const text = Math.round((usual * size) / 100);
  return {
    on,
    mode: "scroll-rtl",
    ink: {
      family: getComputedStyle(air).fontFamily || "sans-serif",
      size: text,
      outline: Math.max(1.5, text / 14),
      names: false,
      avatars: false,
      fill: "#ffffff",
      stroke: "#0b0d12",
      plate: null,
      count: "#ffd166",
      round: 1,
      widest: width * 2,
    },
    seconds,
    opacity: opacity / 100,
    width,
    top: Math.round(text * 0.4),
    bottom: Math.max((height * area) / 100, text * 2),
    lanes: LANES.most,
    density: LANES.density,
    reading: 0,
    merge: true,
    calm: matchMedia("(prefers-reduced-motion: reduce)").matches,
    ratio: Math.min(3, window.devicePixelRatio || 1),
  };
}
