/** What the browser plays by itself. */
import type { Engine, EngineEvents } from "./engine";

export async function startFile(
  video: HTMLVideoElement,
  address: string,
  events: EngineEvents,
): Promise<Engine> {
  const ended = new AbortController();
  const tell = () => events.failed(video.error?.message || "the browser cannot play it");
  video.addEventListener("error", tell, { signal: ended.signal, once: true });
  events.qualities([]);
  video.src = address;
  return {
    latency: () => undefined,
    choose: () => {},
    toEdge: () => {
      const { seekable } = video;
      const live = video.duration === Number.POSITIVE_INFINITY && seekable.length > 0;
      if (live) video.currentTime = seekable.end(seekable.length - 1);
    },
    stop: () => {
      ended.abort();
      video.removeAttribute("src");
      video.load();
    },
  };
}
