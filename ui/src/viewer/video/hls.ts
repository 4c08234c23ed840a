/** HTTP Live Streaming: by hls.js, or by the browser where Media Source is missing. */
import Hls, { type Level } from "hls.js";
import worker from "hls.js/dist/hls.worker.js?url";
import type { Engine, EngineEvents } from "./engine";
import { startFile } from "./file";

/** A clock in the stream that says more than this, s, is wrong or of another day. */
const PLAUSIBLE = 120;

export async function startHls(
  video: HTMLVideoElement,
  address: string,
  events: EngineEvents,
): Promise<Engine> {
  // An iPhone plays it by itself and lets no script do so.
  if (!Hls.isSupported()) return startFile(video, address, events);
  const hls = new Hls({
    // A file of this page: its policy runs no script made at run time.
    workerPath: worker,
    lowLatencyMode: true,
    liveDurationInfinity: true,
    // The back of a live picture is of no use; an evening of it would fill the memory.
    backBufferLength: 20,
    maxLiveSyncPlaybackRate: 1.1,
  });
  let order: number[] = [];
  hls.on(Hls.Events.MANIFEST_PARSED, (_, { levels }) => {
    order = levels.map((_, index) => index).sort((a, b) => rank(levels[b]) - rank(levels[a]));
    events.qualities(order.map((index) => label(levels[index])));
  });
  let decodes = 0;
  hls.on(Hls.Events.ERROR, (_, { fatal, type, details }) => {
    if (!fatal) return;
    // A piece that does not decode is left behind once; then it is the stream.
    decodes += 1;
    if (type === Hls.ErrorTypes.MEDIA_ERROR && decodes === 1) hls.recoverMediaError();
    else events.failed(details);
  });
  hls.loadSource(address);
  hls.attachMedia(video);
  return {
    latency: () => {
      const spoken = hls.playingDate && (Date.now() - hls.playingDate.getTime()) / 1_000;
      if (spoken !== null && spoken > 0 && spoken < PLAUSIBLE) return spoken;
      return hls.levels[hls.currentLevel]?.details?.live ? hls.latency : undefined;
    },
    choose: (quality) => {
      hls.nextLevel = quality === undefined ? -1 : (order[quality] ?? -1);
    },
    toEdge: () => {
      if (hls.liveSyncPosition !== null) video.currentTime = hls.liveSyncPosition;
    },
    stop: () => hls.destroy(),
  };
}

function rank(level: Level | undefined): number {
  return level ? level.height * 1e9 + level.bitrate : 0;
}

function label(level: Level | undefined): string {
  if (!level) return "";
  return level.height > 0 ? `${level.height}p` : `${Math.round(level.bitrate / 1_000)} kbit/s`;
}
