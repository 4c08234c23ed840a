/** FLV in one endless answer, by mpegts.js. */
import mpegts from "mpegts.js";
import { ahead, type Engine, type EngineEvents } from "./engine";

export async function startFlv(
  video: HTMLVideoElement,
  address: string,
  events: EngineEvents,
): Promise<Engine> {
  if (!mpegts.isSupported()) {
    events.unable();
    return { latency: () => undefined, choose: () => {}, toEdge: () => {}, stop: () => {} };
  }
  mpegts.LoggingControl.enableAll = false;
  // An address without a host is the page's own.
  const url = new URL(address, location.href).href;
  const player = mpegts.createPlayer(
    { type: "flv", isLive: true, url },
    {
      isLive: true,
      lazyLoad: false,
      liveSync: true,
      liveSyncMaxLatency: 4,
      liveSyncTargetLatency: 1.5,
      liveSyncPlaybackRate: 1.1,
      autoCleanupSourceBuffer: true,
      autoCleanupMaxBackwardDuration: 40,
      autoCleanupMinBackwardDuration: 20,
    },
  );
  let over = false;
  const fail = (why: string) => {
    if (!over) events.failed(why);
    over = true;
  };
  player.on(mpegts.Events.ERROR, (type: string, detail: string) => fail(`${type}: ${detail}`));
  // A live answer does not end: the server went away or the stream is over.
  player.on(mpegts.Events.LOADING_COMPLETE, () => fail("the answer ended"));
  events.qualities([]);
  player.attachMediaElement(video);
  player.load();
  return {
    latency: () => ahead(video),
    choose: () => {},
    toEdge: () => {
      const rest = ahead(video);
      if (rest !== undefined && rest > 1) video.currentTime += rest - 1;
    },
    stop: () => {
      over = true;
      player.destroy();
    },
  };
}
