/** The bar under the picture: play, sound, delay, quality, comments, full screen. */
import { h } from "../../shared/dom";
import { words } from "../../shared/words/viewer";
import { type IconName, icon } from "../icons";
import type { Sound } from "./sound";

export interface ControlEvents {
  /** Pause, or go on. */
  hold(on: boolean): void;
  /** `undefined`: as the line allows. */
  quality(choice: number | undefined): void;
  danmaku(on: boolean): void;
  /** Opens the settings of the comments that fly. */
  settings(): void;
  /** Shows or hides the chat beside a full screen. */
  chat(): void;
  full(): void;
}

export interface Controls {
  element: HTMLElement;
  held(on: boolean): void;
  qualities(labels: readonly string[]): void;
  latency(seconds: number | undefined): void;
  danmaku(on: boolean): void;
  /** As if the switch of the comments were pressed. */
  flip(): void;
  full(on: boolean): void;
}

export function createControls(sound: Sound, events: ControlEvents): Controls {
  let held = false;
  const play = button("play", "pause", () => events.hold(!held));
  const mute = button("mute", "volume", () => sound.mute(!sound.muted));
  const volume = h("input", {
    type: "range",
    class: "volume",
    min: 0,
    max: 100,
    step: 5,
    "aria-label": words.video.volume,
    "data-test": "volume",
  });
  volume.addEventListener("input", () => sound.set(volume.valueAsNumber / 100));
  const delay = h("span", { class: "delay", "data-test": "latency", title: words.video.delayHint });
  const quality = h("select", {
    class: "quality",
    hidden: true,
    "aria-label": words.video.quality,
    "data-test": "quality",
  });
  quality.addEventListener("change", () => {
    events.quality(quality.value === "" ? undefined : Number(quality.value));
  });
  let flying = true;
  const danmaku = button("danmaku", "danmaku", () => events.danmaku(!flying));
  const settings = button("danmaku-settings", "settings", events.settings);
  dress(settings, "settings", words.danmaku.title);
  const chat = button("full-chat", "chat", events.chat);
  dress(chat, "chat", words.chat);
  const full = button("full", "full", events.full);

  sound.onChange(() => {
    volume.value = String(sound.muted ? 0 : Math.round(sound.volume * 100));
    volume.setAttribute("aria-valuetext", `${volume.value}%`);
    dress(mute, sound.muted ? "silent" : "volume", words.video[sound.muted ? "unmute" : "mute"]);
    mute.setAttribute("aria-pressed", String(sound.muted));
  });
  hold(false);
  fill(false);
  fly(true);

  function hold(on: boolean): void {
    held = on;
    dress(play, on ? "play" : "pause", words.video[on ? "play" : "pause"]);
  }
  function fill(on: boolean): void {
    chat.hidden = !on;
    dress(full, on ? "small" : "full", words.video[on ? "small" : "full"]);
  }
  function fly(on: boolean): void {
    flying = on;
    danmaku.setAttribute("aria-pressed", String(on));
    dress(danmaku, "danmaku", words.video.danmaku);
  }

  return {
    element: h(
      "div",
      { class: "bar", role: "group", "aria-label": words.video.controls, "data-test": "controls" },
      play,
      mute,
      volume,
      delay,
      h("span", { class: "space" }),
      danmaku,
      settings,
      quality,
      chat,
      full,
    ),
    held: hold,
    qualities: (labels) => {
      quality.hidden = labels.length < 2;
      quality.replaceChildren(
        h("option", { value: "" }, words.video.auto),
        ...labels.map((label, index) => h("option", { value: index }, label)),
      );
    },
    latency: (seconds) => {
      delay.textContent =
        seconds === undefined ? "" : words.video.delay(Math.max(0, seconds).toFixed(1));
    },
    danmaku: fly,
    flip: () => events.danmaku(!flying),
    full: fill,
  };
}

function button(test: string, name: IconName, click: () => void): HTMLButtonElement {
  const data = { type: "button", class: "bar-button", "data-test": test } as const;
  return h("button", { ...data, on: { click } }, icon(name));
}

function dress(control: HTMLButtonElement, name: IconName, label: string): void {
  control.replaceChildren(icon(name));
  control.setAttribute("aria-label", label);
  control.title = label;
}
