// A bare socket that speaks the SDKs' frames, for what no SDK does on purpose.
import WebSocket from "ws";
import { until } from "../e2e/program.mjs";

/** `ask` sends a command and waits for its answer's body; `head` adds to or replaces members of the head. */
export async function bare(program, { path = "/info", platform = 7 } = {}) {
  const address = `${program.url.replace("http", "ws")}${path}?sdkappid=1&platform=${platform}`;
  const socket = new WebSocket(address, { origin: "https://elsewhere.example" });
  await new Promise((ready, fail) => { socket.onopen = ready; socket.onerror = fail; });
  const frames = [];
  socket.onmessage = ({ data }) => frames.push(JSON.parse(data));
  let seq = 0;
  const ask = async (servcmd, body = {}, head = {}) => {
    seq += 1;
    const mine = seq;
    const sdkappid = program.secrets.sdkappid;
    socket.send(JSON.stringify({ head: { servcmd, seq: mine, sdkappid, platform, ...head }, body }));
    const frame = await until(servcmd, () => frames.find((f) => f.head.seq === mine && f.head.servcmd === servcmd));
    return frame.body;
  };
  return { socket, frames, ask };
}
