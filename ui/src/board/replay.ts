/** Replays a lesson: the board in time with what was said, and a line to move along. */
import { h } from "../shared/dom";
import type { BoardEntry, ClientFrame, ServerFrame } from "../shared/wire";
import { words } from "../shared/words/board";
import { Lesson } from "./lesson";
import { createSaid } from "./said";
import { type Moving, Surface } from "./surface";

const SPEEDS = [1, 2, 4, 8] as const;

export interface Replay {
  readonly element: HTMLElement;
  open(): void;
  hear(frame: ServerFrame): void;
}

declare global {
  interface Window {
    /** A look inside for tests. */
    __replay?: { readonly length: number; seek(time: number): void };
  }
}

export function createReplay(
  send: (frame: ClientFrame) => boolean,
  lesson: number,
  room: string | undefined,
): Replay {
  const entries: BoardEntry[] = [];
  const surface = new Surface();
  let film: Lesson | undefined;
  let time = 0;
  let since: number | undefined;
  let speed = 1;
  let isNew = true;
  const said = createSaid();

  const clock = h("output", { class: "board-clock" });
  const line = h("input", {
    type: "range",
    min: 0,
    max: 0,
    step: 1,
    "aria-label": words.position,
    "data-test": "replay-line",
    on: { input: () => seek(Number(line.value)) },
  });
  const play = h(
    "button",
    {
      type: "button",
      "data-test": "replay-play",
      on: { click: () => run(since === undefined) },
    },
    words.play,
  );
  const speeds = h(
    "select",
    {
      "aria-label": words.speed,
      on: {
        change: () => {
          speed = Number(speeds.value);
        },
      },
    },
    ...SPEEDS.map((value) => h("option", { value }, `${value}×`)),
  );
  const note = h("p", { class: "board-note", role: "status", hidden: true });
  const element = h(
    "div",
    { class: "board-desk board-replay" },
    h("header", { class: "board-bar" }, play, line, clock, speeds),
    h("div", { class: "board-place" }, surface.element, note),
    said.element,
  );

  function seek(to: number): void {
    if (!film) return;
    time = Math.min(film.length, Math.max(0, to));
    const { model, half, change } = film.at(time);
    if (change === "all" || isNew) surface.show(model.page);
    else if (change.length > 0) surface.add(model.page, change);
    isNew = false;
    const moving = half.map(
      ({ stroke, points }) => [stroke.id, { brush: stroke, points }] as const,
    );
    surface.move(() => new Map<number, Moving>(moving));
    said.show(time);
    line.value = String(Math.round(time));
    clock.textContent = `${stamp(time)} / ${stamp(film.length)}`;
  }

  function run(on: boolean): void {
    play.textContent = on ? words.pause : words.play;
    since = undefined;
    if (!on || !film) return;
    if (time >= film.length) seek(0);
    since = performance.now();
    requestAnimationFrame(tick);
  }

  function tick(now: number): void {
    if (since === undefined || !film) return;
    seek(time + (now - since) * speed);
    since = now;
    if (time < film.length) requestAnimationFrame(tick);
    else run(false);
  }

  return {
    element,
    open() {
      send({ t: "board", ask: "open", brief: true, ...(room === undefined ? {} : { room }) });
      entries.length = 0;
      if (!film) send({ t: "board", ask: "lesson", lesson, after: 0 });
    },
    hear(frame) {
      if (frame.t === "error") {
        note.hidden = false;
        note.textContent = frame.message;
      }
      if (frame.t === "board" && frame.say === "said" && film) {
        said.hear(frame.lines, film);
        said.show(time);
        const { next } = frame;
        if (next !== undefined) send({ t: "board", ask: "said", lesson, after: next });
      }
      if (frame.t !== "board" || frame.say !== "lesson" || film) return;
      entries.push(...frame.entries);
      if (frame.next !== undefined) {
        send({ t: "board", ask: "lesson", lesson, after: frame.next });
        return;
      }
      film = new Lesson(entries, true);
      line.max = String(Math.ceil(film.length));
      send({ t: "board", ask: "said", lesson, after: 0 });
      window.__replay = { length: film.length, seek };
      seek(0);
      run(true);
    },
  };
}

function stamp(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
