// The host of a shell's room over the native socket, for what needs no console.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import WebSocket from "ws";
import { until } from "../e2e/program.mjs";

/** A host's connection: `run` carries out a command, `pin` says a line and pins it. */
export async function host(shell) {
  const { host: token } = JSON.parse(readFileSync(join(shell.data, "secrets.json"), "utf8"));
  const socket = new WebSocket(`${shell.url.replace("http", "ws")}/ws`);
  await new Promise((ready, fail) => { socket.onopen = ready; socket.onerror = fail; });
  const frames = [];
  socket.onmessage = ({ data }) => frames.push(JSON.parse(data));
  const send = (frame) => socket.send(JSON.stringify(frame));
  send({ t: "hello", v: 1, token });
  send({ t: "watch", overlay: "main" });
  send({ t: "monitor" });
  let id = 0;
  const run = (command) => send({ t: "do", id: id += 1, command });
  const comment = (text) => frames.flatMap((frame) => frame.cues ?? [])
    .find((cue) => cue.cue === "comment" && cue.event.text === text)?.event;
  return {
    run,
    async pin(text) {
      run({ do: "say", text });
      const event = await until(`the line "${text}"`, () => comment(text));
      run({ do: "pin", id: event.id });
      return event;
    },
    /** Waits until a page shows the overlay: words that were said before do not fly on it. */
    shown: (overlay) => until(`a page that shows ${overlay}`, () => frames.findLast((frame) => frame.stats)
      ?.stats.displays.some(({ name, pages }) => name === overlay && pages > 0), 60_000),
    /** Sets some values of the overlay's look, e.g. `{ online: { on: false } }`. */
    async look(changes) {
      const look = structuredClone(await until("the overlay's look", () => frames.findLast((frame) => frame.stage)?.stage.look));
      for (const [section, values] of Object.entries(changes)) Object.assign(look[section], values);
      run({ do: "look", overlay: "main", look });
    },
    close: () => socket.close(),
  };
}
