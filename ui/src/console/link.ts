/**
 * The console's line to the server: says hello as host or helper, monitors,
 * and gives every command its answer.
 *
 * At most {@link COMMAND_LIMIT} commands wait for an answer; more are refused
 * here. One without an answer for {@link ANSWER_WITHIN} ms is given up.
 */

import { Socket, type SocketState } from "../shared/socket";
import type { HostCommand, Limits, Role, ServerFrame } from "../shared/wire";
import { words } from "./words/line";
import { workerName } from "./worker";

/** Commands that may wait at once. */
export const COMMAND_LIMIT = 100;
/** How long an answer may take, ms. */
export const ANSWER_WITHIN = 10_000;

/** The server, or this line, said no. */
export class Refusal extends Error {
  /** The server's stable code; `undefined` where it never got there. */
  readonly code: number | undefined;

  constructor(message: string, code?: number) {
    super(message);
    this.code = code;
  }
}

/** What the page hears. */
export interface LinkEvents {
  /** The token is good; `role` is what it makes of this page. */
  welcome: (role: Role, limits: Limits) => void;
  /** Every frame that is not the answer to a command. */
  frame: (frame: ServerFrame) => void;
  state: (state: SocketState, detail?: string) => void;
  /** The token was not accepted. The link is closed. */
  refused: () => void;
}

interface Waiting {
  resolve: () => void;
  reject: (refusal: Refusal) => void;
  timer: ReturnType<typeof setTimeout>;
}

export class Link {
  readonly #events: LinkEvents;
  readonly #socket: Socket;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;

  /** `url` is for tests; the default is this page's own server. */
  constructor(token: string, events: LinkEvents, url?: string) {
    this.#events = events;
    this.#socket = new Socket({
      hello: () => ({ token }),
      onWelcome: (welcome, socket) => {
        if (isStaff(welcome.role)) socket.send({ t: "monitor" });
        events.welcome(welcome.role, welcome.limits);
      },
      onFrame: (frame) => this.#hear(frame),
      onState: (state, detail) => {
        if (state !== "open") this.#lost();
        events.state(state, detail);
      },
      onTokenRefused: () => {
        // The socket would go on as a guest; a console has no use for that.
        queueMicrotask(() => this.close());
        events.refused();
      },
      ...(url === undefined ? {} : { url }),
    });
  }

  /** Carries out a command; rejects with a {@link Refusal}. */
  command(command: HostCommand): Promise<void> {
    if (this.#waiting.size >= COMMAND_LIMIT) {
      return Promise.reject(new Refusal(words.tooMany));
    }
    this.#last += 1;
    const id = this.#last;
    const name = workerName();
    if (!this.#socket.send({ t: "do", id, command, ...(name && { name }) })) {
      return Promise.reject(new Refusal(words.offline));
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => this.#take(id)?.reject(new Refusal(words.silent)),
        ANSWER_WITHIN,
      );
      this.#waiting.set(id, { resolve, reject, timer });
    });
  }

  /** Tries again after the server ended the line for good. */
  restart(): void {
    this.#socket.restart();
  }

  /** Ends for good. */
  close(): void {
    this.#socket.close();
    this.#lost();
  }

  #hear(frame: ServerFrame): void {
    if (frame.t === "done") this.#take(frame.id)?.resolve();
    else if (frame.t === "error" && frame.re !== undefined) {
      this.#take(frame.re)?.reject(new Refusal(frame.message, frame.code));
    } else this.#events.frame(frame);
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    if (waiting) clearTimeout(waiting.timer);
    this.#waiting.delete(id);
    return waiting;
  }

  #lost(): void {
    for (const id of [...this.#waiting.keys()]) {
      this.#take(id)?.reject(new Refusal(words.lost));
    }
  }
}

/** Whether a role may use the console. */
export function isStaff(role: Role): boolean {
  return role === "host" || role === "helper";
}
