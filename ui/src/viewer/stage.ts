/** The place of the picture: the stream, what lies on it, and the gifts as they come. */
import { h } from "../shared/dom";
import type { Event, RoomInfo } from "../shared/wire";
import { words } from "../shared/words/viewer";
import { createGiftCard } from "./gift-card";
import type { Seat } from "./sheets";
import { Air } from "./video/air";
import { Full } from "./video/full";
import { createScreen } from "./video/screen";
import { hides } from "./video/switches";
import { wishes } from "./video/wishes";

/** Without a movement of the pointer this long, ms, the bar goes. */
const IDLE = 3_000;

export interface Stage {
  element: HTMLElement;
  room(room: RoomInfo): void;
  /** A gift that was given now. */
  gift(event: Event): void;
  /** What lies on the picture, lowest first. */
  layers(layers: readonly HTMLElement[]): void;
  /** Hears the room. */
  sit(seat: Seat): void;
}

/** `frame` is what fills the screen when asked to; `settings` opens those of the comments. */
export function createStage(frame: HTMLElement, settings: () => void): Stage {
  const title = h("h1", { class: "room-name", "data-test": "room-name" });
  const note = h("p", { class: "stage-note" }, words.chatOnly);
  const caption = h("div", { class: "stage-title" }, title, note);
  const card = createGiftCard();
  const air = new Air(wishes.now);
  const full = new Full(frame, (on) => {
    screen.full(on);
    frame.classList.remove("with-chat");
  });
  const screen = createScreen({
    state: (state) => {
      element.dataset.state = state;
      note.hidden = state !== "none";
    },
    danmaku: (on) => wishes.set({ on }),
    settings: () => {
      if (full.on) frame.classList.add("with-chat");
      settings();
    },
    chat: () => frame.classList.toggle("with-chat"),
    full: () => full.set(!full.on),
  });
  wishes.onChange((switches) => {
    air.set(switches);
    screen.danmaku(switches.on);
  });
  const { video, notice, bar } = screen;
  const element = h(
    "section",
    {
      class: "stage",
      "aria-label": words.stage,
      "data-state": "none",
      "data-test": "stage",
      tabindex: -1,
    },
    video,
    caption,
    air.element,
    notice,
    card.element,
    bar,
  );
  restless(element);
  element.addEventListener("dblclick", (event) => {
    if (event.target === video) full.set(!full.on);
  });
  element.addEventListener("keydown", (event) => {
    // A slider and a list have keys of their own, a button its space bar.
    const own = event.target instanceof HTMLElement && event.target !== element;
    if (own && (event.key === " " || event.key.startsWith("Arrow"))) return;
    const isText = event.ctrlKey || event.metaKey || event.altKey;
    if (!isText && screen.key(event.key)) event.preventDefault();
  });
  // For tests and for the curious: where comments are in the air.
  Object.assign(window, { __viewer: { live: () => air.live() } });

  return {
    element,
    room: ({ name, id }) => {
      title.textContent = name || id;
      document.title = `${name || id} · Surtitle`;
    },
    gift: (event) => {
      if (wishes.now.gifts && !hides(wishes.now, event)) card.show(event);
    },
    layers: (layers) => air.element.before(...layers),
    sit: (seat) => {
      seat.onFrame((frame) => {
        if (frame.t === "stream") screen.stream(frame.stream);
        return air.hear(frame);
      });
      seat.onNamed((user) => air.me(user?.id));
    },
  };
}

/** Marks a stage on which nobody moves, so that its bar goes. */
function restless(element: HTMLElement): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stir = () => {
    delete element.dataset.idle;
    clearTimeout(timer);
    timer = setTimeout(() => {
      // Who goes by keyboard must see where they are.
      if (!element.querySelector(":focus-visible")) element.dataset.idle = "";
    }, IDLE);
  };
  for (const type of ["pointermove", "pointerdown", "keydown", "focusin"] as const) {
    element.addEventListener(type, stir, { passive: true });
  }
  stir();
}
