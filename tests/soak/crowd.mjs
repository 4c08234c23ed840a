// A crowd over bare sockets: 50 messages a second into a real program.
import { client, hostClient, until } from "../e2e/program.mjs";
import { GIFTS, dice, line } from "./words.mjs";

/** Members who stay; each writes at most two messages a second, its connection reads 20. */
const MEMBERS = 25;
/** Members who come and go; each stays for this many arrivals. */
const PASSING = 6;
const A_SECOND = 50;
/** Of a thousand messages: what becomes of the draw. The rest are comments. */
const SHARE = { gift: 80, likes: 100, join: 20 };

/** A member that forgets what it hears, except how much. */
async function member(program, nick) {
  const { socket, send } = await client(program, nick);
  socket.onmessage = null;
  return { socket, send };
}

export class Crowd {
  offered = { comment: 0, gift: 0, likes: 0, join: 0 };
  #random = dice(1);
  #passing = [];

  static async gather(program) {
    const crowd = new Crowd();
    crowd.program = program;
    crowd.members = await Promise.all(Array.from({ length: MEMBERS }, (_, i) => member(program, `Member ${i}`)));
    return crowd;
  }

  /** Keeps on until `stop`; behind after a stall of this process, it catches up, at most a second's worth. */
  start() {
    let due = performance.now();
    this.beat = setInterval(() => {
      due = Math.max(due, performance.now() - 1_000);
      for (; due <= performance.now(); due += 1_000 / A_SECOND) this.#say();
    }, 20);
    this.host = setInterval(() => this.#moderate().catch((error) => { this.problem = error; }), 30_000);
  }

  async stop() {
    clearInterval(this.beat);
    clearInterval(this.host);
    await this.moderating;
    for (const { socket } of [...this.members, ...this.#passing]) socket.close();
    if (this.problem) throw this.problem;
  }

  #say() {
    const n = Object.values(this.offered).reduce((sum, count) => sum + count, 0) + 1;
    const { send } = this.members[n % MEMBERS];
    const draw = this.#random() * 1_000;
    if (draw < SHARE.gift) {
      const gift = GIFTS[Math.floor(this.#random() * GIFTS.length)];
      send({ t: "send", cid: n, body: { kind: "gift", gift, count: 1 + Math.floor(this.#random() * 3) } });
      this.offered.gift += 1;
    } else if (draw < SHARE.gift + SHARE.likes) {
      send({ t: "like", count: 1 + Math.floor(this.#random() * 20) });
      this.offered.likes += 1;
    } else if (draw < SHARE.gift + SHARE.likes + SHARE.join) {
      this.offered.join += 1;
      this.#arrive(n).catch((error) => { this.problem = error; });
    } else {
      send({ t: "send", cid: n, body: { kind: "comment", text: line(this.#random, n) } });
      this.offered.comment += 1;
    }
  }

  async #arrive(n) {
    this.#passing.push(await member(this.program, `Guest ${n}`));
    if (this.#passing.length > PASSING) this.#passing.shift().socket.close();
  }

  /** What a host does now and then: pin a line, take it off again, remove another. */
  #moderate() {
    this.moderating = this.#pinAndRemove();
    return this.moderating;
  }

  async #pinAndRemove() {
    const host = await hostClient(this.program);
    try {
      const { entries } = host.frames.find((frame) => frame.t === "desk");
      const comments = entries.filter(({ event, fate }) => event.kind === "comment" && fate?.fate === "shown");
      if (comments.length < 2) return;
      await host.run({ do: "pin", id: comments.at(-1).event.id });
      await host.run({ do: "remove", id: comments.at(-2).event.id });
      await new Promise((next) => setTimeout(next, 5_000));
      await host.run({ do: "unpin" });
    } finally {
      host.socket.close();
    }
  }
}

/** The program's books once everything that waited has its fate. */
export async function books(program) {
  const host = await hostClient(program);
  try {
    const stats = () => host.frames.findLast((frame) => frame.stats).stats;
    await until("nothing waits", () => stats().accounts.waiting === 0, 60_000);
    return { ...stats().accounts, unaccounted: stats().unaccounted };
  } finally {
    host.socket.close();
  }
}
