// The broadcast of npm ws as its README documents it: `ws.mjs TICK_MS`.
// With a tick, what came in since the last one goes out as one JSON array.
import { createRequire } from "node:module";

const require = createRequire(new URL("../../tests/package.json", import.meta.url));
const { WebSocket, WebSocketServer } = require("ws");

const tick = Number(process.argv[2] ?? 0);
const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });
let waiting = [];

function broadcast(data, isBinary) {
  server.clients.forEach((client) => {
    if (client.readyState === WebSocket.OPEN) {
      client.send(data, { binary: isBinary });
    }
  });
}

function flush() {
  const data = `[${waiting.join(",")}]`;
  waiting = [];
  broadcast(data, false);
}

server.on("connection", (socket) => {
  socket.on("error", console.error);
  socket.on("message", (data, isBinary) => {
    if (tick === 0) {
      broadcast(data, isBinary);
      return;
    }
    if (waiting.length === 0) {
      setTimeout(flush, tick);
    }
    waiting.push(data);
  });
});

server.on("listening", () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
});
