/**
 * The screen: the video with what lies on it and the bar below, and what is
 * said while there is nothing to see.
 */
import { h } from "../../shared/dom";
import type { StreamInfo } from "../../shared/wire";
import { words } from "../../shared/words/viewer";
import { icon } from "../icons";
import { createControls } from "./controls";
import { Player, type PlayState } from "./player";
import { blocked } from "./policy";
import { Sound } from "./sound";

export interface Screen {
  /** In the order they lie on each other. */
  readonly video: HTMLVideoElement;
  /** Says what is the matter, with what can be done. */
  readonly notice: HTMLElement;
  readonly bar: HTMLElement;
  /** A key on the picture; whether it meant something. */
  key(key: string): boolean;
  stream(stream: StreamInfo): void;
  danmaku(on: boolean): void;
  full(on: boolean): void;
}

export interface ScreenEvents {
  state(state: PlayState): void;
  danmaku(on: boolean): void;
  settings(): void;
  chat(): void;
  full(): void;
}

/** How often the delay is read, ms. */
const READ = 1_000;

export function createScreen(events: ScreenEvents): Screen {
  const video = h("video", {
    class: "video",
    playsinline: true,
    hidden: true,
    "aria-label": words.video.picture,
    "data-test": "video",
  });
  const sound = new Sound(video);
  const said = h("p", { role: "status", "data-test": "video-state" });
  const again = h(
    "button",
    { type: "button", class: "primary", hidden: true, "data-test": "play-again" },
    words.video.again,
  );
  const loud = h(
    "button",
    { type: "button", class: "primary loud", hidden: true, "data-test": "unmute-hint" },
    icon("silent"),
    words.video.tapForSound,
  );
  const notice = h("div", { class: "notice" }, said, again, loud);
  let address = "";

  const controls = createControls(sound, {
    hold: (on) => player.hold(on),
    quality: (choice) => player.choose(choice),
    danmaku: events.danmaku,
    settings: events.settings,
    chat: events.chat,
    full: events.full,
  });
  const player = new Player(video, {
    state: (state) => {
      show(state);
      events.state(state);
    },
    qualities: controls.qualities,
    silenced: () => sound.taken(),
  });
  again.addEventListener("click", () => player.hold(false));
  loud.addEventListener("click", () => sound.mute(false));
  sound.onChange(() => {
    loud.hidden = !sound.isTaken;
  });
  video.addEventListener("click", () => {
    if (sound.isTaken) sound.mute(false);
  });
  setInterval(() => controls.latency(player.latency()), READ);
  show("none");
  blocked(
    () => address,
    () => {
      said.textContent = words.video.blocked;
    },
  );

  function show(state: PlayState): void {
    video.hidden = state === "none";
    controls.element.hidden = state === "none" || state === "unable";
    said.textContent = SAID[state];
    again.hidden = state !== "ended";
    again.textContent = words.video.again;
    controls.held(state === "held" || state === "ended");
    if (state !== "playing") controls.latency(undefined);
  }

  function key(pressed: string): boolean {
    if (address === "") return false;
    const held = player.state === "held" || player.state === "ended";
    const keys: Readonly<Record<string, () => void>> = {
      " ": () => player.hold(!held),
      k: () => player.hold(!held),
      m: () => sound.mute(!sound.muted),
      ArrowUp: () => sound.set(sound.volume + 0.1),
      ArrowDown: () => sound.set(sound.volume - 0.1),
      f: events.full,
      d: controls.flip,
    };
    const act = keys[pressed];
    act?.();
    return act !== undefined;
  }

  return {
    video,
    notice,
    bar: controls.element,
    key,
    stream: (stream) => {
      address = stream.address;
      player.show(stream);
    },
    danmaku: controls.danmaku,
    full: controls.full,
  };
}

const SAID: Readonly<Record<PlayState, string>> = {
  none: "",
  loading: words.video.loading,
  playing: "",
  waiting: words.video.waiting,
  held: "",
  ended: words.video.ended,
  unable: words.video.unable,
};
