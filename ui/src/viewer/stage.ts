/** The place of the picture: the stream, what lies on it, and the gifts as they come. */
import { h } from "../shared/dom";
import type { Event, RoomInfo } from "../shared/wire";
import { words } from "../shared/words/viewer";
import { createGiftCard } from "./gift-card";
import type { Seat } from "./sheets";
import { Air } from "./video/air";
import { Full } from "./video/full";
import { createScreen } from "./video/screen";
import { hides, type Switches } from "./video/switches";

/** Without a movement of the pointer this long, ms, the bar goes. */
const IDLE = 3_000;

export interface Stage {
  element: HTMLElement;
  room(room: RoomInfo): void;
  /** A gift that was given now. */
  gift(event: Event): void;
  /** What lies on the picture, lowest first. */
  layers(layers: readonly HTMLElement[]): void;
  /** How comments fly from now on. */
  switches(switches: Switches): void;
  /** Hears the room. */
  sit(seat: Seat): void;
}

export interface StageEvents {
  danmaku(on: boolean): void;
  full(on: boolean): void;
}

/** `frame` is what fills the screen when asked to. */
export function createStage(frame: HTMLElement, first: Switches, events: StageEvents): Stage {
  let wishes = first;
  const title = h("h1", { class: "room-name", "data-test": "room-name" });
  const note = h("p", { class: "stage-note" }, words.chatOnly);
  const caption = h("div", { class: "stage-title" }, title, note);
  const card = createGiftCard();
  const air = new Air(first);
  const full = new Full(frame, (on) => {
    screen.full(on);
    events.full(on);
  });
  const screen = createScreen({
    state: (state) => {
      element.dataset.state = state;
      note.hidden = state !== "none";
    },
    danmaku: events.danmaku,
    full: () => full.set(!full.on),
  });
  screen.danmaku(first.on);
  const { video, notice, bar } = screen;
  const element = h(
    "section",
    { class: "stage", "aria-label": words.stage, "data-state": "none", "data-test": "stage" },
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
  // For tests and for the curious: where comments are in the air.
  Object.assign(window, { __viewer: { live: () => air.live() } });

  return {
    element,
    room: ({ name, id }) => {
      title.textContent = name || id;
      document.title = `${name || id} · Surtitle`;
    },
    gift: (event) => {
      if (wishes.gifts && !hides(wishes, event)) card.show(event);
    },
    layers: (layers) => air.element.before(...layers),
    switches: (switches) => {
      wishes = switches;
      air.set(switches);
      screen.danmaku(switches.on);
    },
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
      element.dataset.idle = "";
    }, IDLE);
  };
  for (const type of ["pointermove", "pointerdown", "keydown", "focusin"] as const) {
    element.addEventListener(type, stir, { passive: true });
  }
  stir();
}
