import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { StreamInfo } from "../../shared/wire";
import type { EngineEvents } from "./engine";
import { Player, type PlayState } from "./player";

const LIVE: StreamInfo = { address: "/live.flv", kind: "flv" };

interface Started {
  events: EngineEvents;
  stopped: boolean;
  chosen: (number | undefined)[];
}

let started: Started[];
let states: PlayState[];

function player(): Player {
  const video = document.createElement("video");
  vi.spyOn(video, "play").mockResolvedValue();
  const view = {
    state: (state: PlayState) => states.push(state),
    qualities: vi.fn(),
    silenced: vi.fn(),
  };
  return new Player(video, view, () => async (_, __, events) => {
    const one: Started = { events, stopped: false, chosen: [] };
    started.push(one);
    return {
      latency: () => 2,
      choose: (quality) => one.chosen.push(quality),
      toEdge: () => {},
      stop: () => {
        one.stopped = true;
      },
    };
  });
}

const settle = () => vi.advanceTimersByTimeAsync(0);
/** The picture moves for this long, ms. */
async function moves(video: HTMLVideoElement, ms: number): Promise<void> {
  Object.defineProperty(video, "paused", { value: false, configurable: true });
  for (let passed = 0; passed < ms; passed += 500) {
    video.currentTime += 0.5;
    await vi.advanceTimersByTimeAsync(500);
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, "warn").mockImplementation(() => {});
  started = [];
  states = [];
});
afterEach(() => {
  vi.useRealTimers();
});

it("starts a stream that failed again, for as long as it takes", async () => {
  const one = player();
  one.show(LIVE);
  await settle();
  for (let i = 0; i < 5; i += 1) {
    started[i]?.events.failed("gone");
    expect(started[i]?.stopped).toBe(true);
    expect(one.state).toBe("waiting");
    // The longest wait there is.
    await vi.advanceTimersByTimeAsync(8_500);
    expect(started.length).toBe(i + 2);
  }
  await moves(one.video, 1_000);
  expect(states[states.length - 1]).toBe("playing");
});

it("takes a picture that stands still for one that failed", async () => {
  const one = player();
  one.show(LIVE);
  await settle();
  await moves(one.video, 2_000);
  expect(one.state).toBe("playing");
  await vi.advanceTimersByTimeAsync(7_000);
  expect(one.state).toBe("waiting");
  expect(started[0]?.stopped).toBe(true);
});

it("hears nothing any more of an engine it has stopped", async () => {
  const one = player();
  one.show(LIVE);
  await settle();
  one.show({ address: "" });
  expect(one.state).toBe("none");
  started[0]?.events.failed("late");
  await vi.advanceTimersByTimeAsync(20_000);
  expect(started.length).toBe(1);
  expect(one.state).toBe("none");
});

it("plays the same address once and keeps the quality that was chosen", async () => {
  const one = player();
  one.show(LIVE);
  one.show({ ...LIVE });
  await settle();
  expect(started.length).toBe(1);
  one.choose(1);
  started[0]?.events.failed("gone");
  await vi.advanceTimersByTimeAsync(8_500);
  started[1]?.events.qualities(["720p", "360p"]);
  expect(started[1]?.chosen).toEqual([1]);
});

it("does not try again what the browser never plays", async () => {
  const one = player();
  one.show(LIVE);
  await settle();
  started[0]?.events.unable();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(one.state).toBe("unable");
  expect(started.length).toBe(1);
});

it("is not impatient with a viewer who paused", async () => {
  const one = player();
  one.show(LIVE);
  await settle();
  await moves(one.video, 1_000);
  one.hold(true);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(one.state).toBe("held");
  one.hold(false);
  await moves(one.video, 1_000);
  expect(one.state).toBe("playing");
  expect(started.length).toBe(1);
});
