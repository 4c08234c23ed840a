/**
 * The overlay's end of the line: hello, pair or watch, resume.
 *
 * With a token it watches and hands on stages and cues. Without one it asks
 * for a code, again whenever the code runs out, until the host has confirmed
 * it. Everything else about the line is the socket's business and is never
 * shown.
 */
import { Socket, type SocketOptions } from "../shared/socket";
import type { ClientFrame, Cue, Position, ServerFrame, Stage } from "../shared/wire";
import type { Tokens } from "./tokens";

export interface Listener {
  /** Draw exactly this. */
  stage(stage: Stage): void;
  /** Draw these, too. `late` if they answer a resume, so they may be old. */
  cues(cues: readonly Cue[], late: boolean): void;
  /** Show this code; `null` for none. */
  code(code: string | null): void;
  /** This page may not show anything any more. */
  withdrawn(): void;
  /** The server was asked for cues on a new line. */
  watching(): void;
  /** Be heard, or be silent because another page is. */
  heard(on: boolean): void;
  /** The board says something. */
  board?(word: Extract<ServerFrame, { t: "board" }>): void;
  /** Draw proof marks every so often, ms; 0 for no more. */
  prove(ms: number): void;
}

/** What the link needs of a socket. */
export interface Line {
  send(frame: ClientFrame): boolean;
  restart(): void;
}

/** A code lives this long at least and at most, ms, whatever our clock makes of `until`. */
const CODE_MS = { least: 5_000, most: 600_000 } as const;
/** Wait before asking again after a refusal that may pass, ms. */
const AGAIN_MS = 10_000;
/** The role of the token does not allow to watch (docs/protocol.md). */
const WRONG_ROLE = 2204;

export class Link {
  readonly #overlay: string;
  readonly #tokens: Tokens;
  readonly #listener: Listener;
  readonly #pairs: boolean;
  readonly #line: Line;
  #guest = true;
  #position: Position | undefined;
  /** The next `cues` frame answers a resume. */
  #resuming = false;
  #again: ReturnType<typeof setTimeout> | undefined;

  /** `pairs` is false for a page that must not ask for a code. */
  constructor(
    overlay: string,
    tokens: Tokens,
    listener: Listener,
    pairs: boolean,
    connect: (options: SocketOptions) => Line = (options) => new Socket(options),
  ) {
    this.#overlay = overlay;
    this.#tokens = tokens;
    this.#listener = listener;
    this.#pairs = pairs;
    this.#line = connect({
      hello: () => ({ token: tokens.current() }),
      onWelcome: ({ role }) => {
        this.#guest = role === "guest";
        // On a new line the server asks anew.
        listener.prove(0);
        this.#ask();
      },
      onFrame: (frame) => this.#hear(frame),
      onState: (state) => {
        if (state !== "open") this.#code(null);
      },
      onTokenRefused: () => this.#refused(),
    });
  }

  /** The last cue drawn. */
  get position(): Position | undefined {
    return this.#position;
  }

  /** Sends what may be lost. */
  send(frame: ClientFrame): boolean {
    return this.#line.send(frame);
  }

  /** Another page may have stored a token: use it. */
  restart(): void {
    this.#line.restart();
  }

  /** Asks for what the token allows: the cues, or a code to be let in by. */
  #ask(): void {
    const overlay = this.#overlay;
    const resume = this.#position;
    this.#resuming = resume !== undefined;
    if (!this.#guest) {
      this.#line.send({ t: "watch", overlay, ...(resume ? { resume } : {}) });
      this.#listener.watching();
    } else if (this.#pairs) this.#line.send({ t: "pair", overlay });
  }

  #hear(frame: ServerFrame): void {
    switch (frame.t) {
      case "stage":
        this.#position = frame.stage.position;
        this.#resuming = false;
        this.#listener.stage(frame.stage);
        break;
      case "cues": {
        const late = this.#resuming;
        this.#position = frame.position;
        this.#resuming = false;
        this.#listener.cues(frame.cues, late);
        break;
      }
      case "voice":
        this.#listener.heard(frame.on);
        break;
      case "board":
        this.#listener.board?.(frame);
        break;
      case "prove":
        this.#listener.prove(frame.every_ms);
        break;
      case "pairing": {
        const left = frame.until - Date.now();
        this.#code(frame.code, Math.min(CODE_MS.most, Math.max(CODE_MS.least, left)));
        break;
      }
      case "paired":
        this.#tokens.keep(frame.token);
        this.#code(null);
        this.#line.restart();
        break;
      case "error":
        if (frame.code === WRONG_ROLE) {
          this.#refused();
          this.#line.restart();
        } else if (frame.retry) {
          this.#code(null, AGAIN_MS);
        }
        break;
    }
  }

  /** Shows `code` and asks anew in `again` ms. */
  #code(code: string | null, again?: number): void {
    clearTimeout(this.#again);
    if (again !== undefined) this.#again = setTimeout(() => this.#ask(), again);
    this.#listener.code(code);
  }

  #refused(): void {
    this.#tokens.refuse();
    this.#position = undefined;
    this.#listener.withdrawn();
  }
}
