/**
 * From a look to what the layers understand: custom properties for the style
 * sheets, a course for the comments that fly. Lengths of a look are px of a
 * picture 1080 px high.
 */
import type { Course } from "../danmaku/course";
import { colourOf, PLATE } from "../danmaku/flyer";
import type { Look, PlaceLook } from "../shared/wire";
import { isCalm } from "./motion";

/** Part of the height that stays free at every edge. */
const SAFE = 0.05;
/** Part of the height that the bottom corners get even where comments fly. */
const LEAST_FREE = 0.4;
/** Height of a counter at the top, which comments fly below. */
const COUNTER = 46;

/** Px of the page for one px of a picture 1080 px high. */
export function scale(): number {
  return window.innerHeight / 1080;
}

/** Sets what the style sheets read. */
export function dress(root: HTMLElement, look: Look): void {
  const set = (name: string, value: string) => root.style.setProperty(name, value);
  set("--px", `${scale()}px`);
  // A font list CSS does not understand would void the whole declaration.
  const named = look.font !== "" && CSS.supports("font-family", look.font);
  if (named) set("--look-font", look.font);
  else root.style.removeProperty("--look-font");
  set("--feed-size", String(look.feed.size));
  set("--feed-width", String(look.feed.width));
  set("--feed-opacity", String(look.feed.opacity / 100));
  set("--feed-outline", outline(look.feed.outline * scale()));
  set("--count-outline", outline(3 * scale()));
  set("--free", `${freeHeight(look)}px`);
  set("--card-size", String(look.cards.size));
  set("--paid-size", String(look.paid.size));
  set("--placard-size", String(look.placards.size));
}

/** Height of the picture below the comments that fly, for what stands at the bottom. */
function freeHeight(look: Look): number {
  const height = window.innerHeight;
  const flown = look.danmaku.on ? Math.min(look.danmaku.area / 100, 1 - SAFE) : SAFE;
  return height * Math.max(LEAST_FREE, 1 - SAFE - flown);
}

/** How comments fly under `look` in `air`, whose style gives font and colours. */
export function course(look: Look, visible: boolean, air: HTMLElement): Course {
  const { danmaku } = look;
  const px = scale();
  // A frame that is not shown has no size.
  const [width, height] = [Math.max(1, window.innerWidth), Math.max(1, window.innerHeight)];
  const style = getComputedStyle(air);
  const counter = Number(style.getPropertyValue("--counter")) || COUNTER;
  return {
    on: danmaku.on && visible,
    mode: danmaku.mode,
    ink: {
      family: style.fontFamily || "sans-serif",
      size: danmaku.size * px,
      outline: danmaku.outline * px,
      names: danmaku.names,
      avatars: danmaku.avatars,
      fill: style.color || "#fff",
      stroke: colourOf(air, "--danmaku-outline", "#0b0d12"),
      plate: look.comfort.plates === "always" ? colourOf(air, "--plate", PLATE) : null,
      count: colourOf(air, "--danmaku-count", "#ffd166"),
      round: Math.min(1, Math.max(0, Number(style.getPropertyValue("--danmaku-round") || 1))),
      widest: width,
    },
    seconds: danmaku.seconds,
    opacity: danmaku.opacity / 100,
    width,
    top: height * SAFE + (isAtTop(look.online) || isAtTop(look.likes) ? counter * px : 0),
    bottom: Math.min(height * (danmaku.area / 100), height * (1 - SAFE)),
    lanes: danmaku.lanes,
    density: danmaku.density / 100,
    reading: danmaku.reading,
    merge: danmaku.merge,
    calm: isCalm() || look.comfort.still,
    ratio: Math.min(3, window.devicePixelRatio || 1),
  };
}

/**
 * An outline of `width` px as a list of shadows: rings close enough to leave
 * no gaps, and a soft one below. (`paint-order` of HTML text is too new.)
 */
export function outline(width: number): string {
  const soft = `0 ${(width / 2 + 1).toFixed(1)}px ${(width + 3).toFixed(1)}px rgba(0, 0, 0, 0.55)`;
  if (width <= 0) return soft;
  const shadows: string[] = [];
  for (let ring = width; ring > 0; ring -= 1.5) {
    const count = Math.max(8, Math.ceil(ring * 5));
    for (let i = 0; i < count; i += 1) {
      const angle = (2 * Math.PI * i) / count;
      const [x, y] = [Math.cos(angle) * ring, Math.sin(angle) * ring];
      shadows.push(`${x.toFixed(2)}px ${y.toFixed(2)}px 0 #0b0d12`);
    }
  }
  return [...shadows, soft].join(", ");
}

function isAtTop(place: PlaceLook): boolean {
  return place.on && place.corner.startsWith("top");
}
