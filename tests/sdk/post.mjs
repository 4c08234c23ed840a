// Requests over HTTP as a browser and a mini program make them, for SDKs that have no socket.
import { Agent, request } from "node:http";

// One for all clients of a process; each of them opens as many connections as a browser does to one host.
const agent = new Agent({ keepAlive: true, maxSockets: 0 });

/** One more client that asks. */
export function another() {
  agent.maxSockets += 6;
}

/**
 * Sends one request. `cut` in the answer ends it early. `cors`: what a page may not read is an error here too.
 * @returns {{ done: Promise<{ status: number, headers: object, text: string }>, cut: () => void }}
 */
export function ask(url, { method = "POST", headers = {}, body = "", cors = false }) {
  let sent;
  const done = new Promise((resolve, reject) => {
    sent = request(url, { method, headers, agent }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const allowed = response.headers["access-control-allow-origin"];
        if (cors && allowed !== "*" && allowed !== headers.origin) reject(new Error(`${url.pathname}: no CORS header`));
        else resolve({ status: response.statusCode, headers: response.headers, text: Buffer.concat(chunks).toString() });
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
  return { done, cut: () => sent.destroy(new Error("aborted")) };
}
