// What the tests of OBS need of the program: its interface and its light.
import WebSocket from "ws";
import { until } from "../e2e/program.mjs";
import { PASSWORD } from "./studio.mjs";

/** The host's side of a program: commands, and everything the light ever said. */
export class Desk {
  /** Every change of the light: when, and what. */
  said = [];

  constructor(program) {
    this.program = program;
    this.token = program.secrets.host;
  }

  async watch() {
    this.socket = new WebSocket(`${this.program.url.replace("http", "ws")}/ws`);
    await new Promise((ready, fail) => { this.socket.onopen = ready; this.socket.onerror = fail; });
    this.socket.onmessage = ({ data }) => {
      const { stats } = JSON.parse(data);
      const last = this.said.at(-1)?.info;
      if (stats && JSON.stringify(stats.obs) !== JSON.stringify(last)) {
        this.said.push({ at: Date.now(), info: stats.obs });
      }
    };
    this.socket.send(JSON.stringify({ t: "hello", v: 1, token: this.token }));
    this.socket.send(JSON.stringify({ t: "monitor" }));
    this.beat = setInterval(() => this.socket.send('{"t":"ping","n":1}'), 15_000);
    this.beat.unref();
  }

  get info() {
    return this.said.at(-1)?.info;
  }

  async state(state, ms = 60_000) {
    await until(`OBS is ${state}`, () => this.info?.state === state || void 0, ms).catch((error) => {
      throw new Error(`${error.message}: ${JSON.stringify(this.said.map(({ info }) => info))}`);
    });
    return this.info;
  }

  async api(method, path, body) {
    const answer = await fetch(`${this.program.url}/api/obs${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}` },
      body: body && JSON.stringify(body),
    });
    return { status: answer.status, ...(await answer.json()) };
  }

  setUp(more = {}) {
    const settings = { on: true, address: "127.0.0.1:4455", scene: null, source: null, heal: true };
    return this.api("PUT", "", { ...settings, password: PASSWORD, ...more });
  }

  command(command) {
    this.socket.send(JSON.stringify({ t: "do", id: 1, command }));
  }

  close() {
    clearInterval(this.beat);
    this.socket?.close();
  }
}
