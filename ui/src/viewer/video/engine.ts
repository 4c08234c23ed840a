/** What plays a stream into a `<video>`: one engine for each kind of stream. */
import type { StreamKind } from "../../shared/wire";

/** What an engine tells while it plays. */
export interface EngineEvents {
  /** It cannot go on; `why` is for a developer's console. Told once. */
  failed(why: string): void;
  /** This browser never plays this kind of stream. */
  unable(): void;
  /** Qualities there are, best first; told when known. */
  qualities(labels: readonly string[]): void;
}

/** A stream that plays, or is about to. */
export interface Engine {
  /** Seconds between the picture and the newest there is; `undefined` if nobody knows. */
  latency(): number | undefined;
  /** Plays one quality of the list; `undefined` lets the engine choose. */
  choose(quality: number | undefined): void;
  /** Goes to the newest there is, after a pause. */
  toEdge(): void;
  /** Lets go of the video and of the network. */
  stop(): void;
}

/** Starts an engine; it loads its library first. */
export type Start = (
  video: HTMLVideoElement,
  address: string,
  events: EngineEvents,
) => Promise<Engine>;

/** The engine of a kind; its library is loaded when it is first needed. */
export function engineOf(kind: StreamKind): Start {
  switch (kind) {
    case "hls":
      return async (...all) => (await import("./hls")).startHls(...all);
    case "flv":
      return async (...all) => (await import("./flv")).startFlv(...all);
    case "file":
      return async (...all) => (await import("./file")).startFile(...all);
  }
}

/** Seconds that are loaded and not yet shown. */
export function ahead(video: HTMLVideoElement): number | undefined {
  const { buffered, currentTime } = video;
  if (buffered.length === 0) return undefined;
  return Math.max(0, buffered.end(buffered.length - 1) - currentTime);
}
