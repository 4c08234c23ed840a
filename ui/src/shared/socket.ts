/**
 * The page's end of the native protocol: one WebSocket that comes back.
 *
 * Says `hello`, waits for `welcome`, then hands every frame on. Silence is
 * answered with `ping`, a dead line is cut, and a lost one is tried again with
 * exponential backoff and full jitter, for ever, unless the server's close
 * code forbids it. It queues nothing: `send` tells whether a frame went out.
 */
import type { ClientFrame, ServerFrame } from "./wire";

export type Welcome = Extract<ServerFrame, { t: "welcome" }>;

/** `waiting` tries again by itself; `stopped` does not, until `restart()`. */
export type SocketState = "connecting" | "open" | "waiting" | "stopped";

export interface SocketOptions {
  /** Asked before every `hello`, so a new token is used on the next try. */
  hello: () => { token?: string | undefined };
  /** The line is open; join, watch or monitor from here. */
  onWelcome?: (welcome: Welcome, socket: Socket) => void;
  /** Every frame after `welcome`. */
  onFrame: (frame: ServerFrame) => void;
  /** `detail` says why, for people, when it is `waiting` or `stopped`. */
  onState?: (state: SocketState, detail?: string) => void;
  /** The token was not accepted: forget it. The next `hello` comes by itself. */
  onTokenRefused?: () => void;
  /** Default: `/ws` of the page's own origin. */
  url?: string;
}

/** The version in `hello`. */
const VERSION = 1;
/** First and longest ceiling of the wait before another try, ms. */
const BACKOFF = { first: 250, most: 8_000 } as const;
/** From the first byte to `welcome`, ms. */
const WELCOME_WITHIN = 10_000;
/** How long an answer may take after the page was hidden or offline, ms. */
const WAKE_WITHIN = 5_000;
/** A line that lived this long, ms, makes the next wait short again. */
const STEADY = 5_000;

/** What a close code asks of a page (docs/protocol.md, close codes). */
export function verdict(code: number): "backoff" | "token" | "stop" {
  if (code >= 4100 && code < 4200) return "token";
  if (code >= 4200 || [1002, 1003, 1007, 1009].includes(code)) return "stop";
  return "backoff";
}

/** Wait before try number `attempt` (0 is the first after a loss), ms. */
export function backoff(attempt: number, random: number): number {
  return random * Math.min(BACKOFF.most, BACKOFF.first * 2 ** Math.min(attempt, 16));
}

export class Socket {
  readonly #options: SocketOptions;
  readonly #away = new AbortController();
  #line: WebSocket | undefined;
  #state: SocketState = "connecting";
  #attempt = 0;
  #beat = 20_000;
  #openedAt = 0;
  #sentAt = 0;
  #heardAt = 0;
  /** When an unanswered `ping` makes the line dead; 0 when none is out. */
  #deadAt = 0;
  #pings = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #reason: string | undefined;

  /** Starts by itself, after the caller's own line is done. */
  constructor(options: SocketOptions) {
    this.#options = options;
    const { signal } = this.#away;
    window.addEventListener("online", () => this.#wake(), { signal });
    window.addEventListener("pageshow", () => this.#wake(), { signal });
    document.addEventListener("visibilitychange", () => this.#wake(), { signal });
    this.#after(0, () => this.#connect());
  }

  get state(): SocketState {
    return this.#state;
  }

  /** Whether the frame went out; `false` while there is no open line. */
  send(frame: ClientFrame): boolean {
    if (this.#state !== "open" || this.#line?.readyState !== WebSocket.OPEN) return false;
    this.#line.send(JSON.stringify(frame));
    this.#sentAt = performance.now();
    return true;
  }

  /** Cuts the line and opens another at once, e.g. with a new token. */
  restart(): void {
    this.#attempt = 0;
    this.#connect();
  }

  /** Ends for good. */
  close(): void {
    this.#away.abort();
    this.#drop();
    this.#enter("stopped");
  }

  #connect(): void {
    this.#drop();
    this.#reason = undefined;
    this.#enter("connecting");
    const line = new WebSocket(this.#options.url ?? ownAddress());
    this.#line = line;
    line.onopen = () => {
      const { token } = this.#options.hello();
      line.send(JSON.stringify({ t: "hello", v: VERSION, ...(token ? { token } : {}) }));
    };
    line.onmessage = (message) => this.#hear(message.data);
    line.onclose = (close) => this.#lost(close.code, close.reason);
    this.#after(WELCOME_WITHIN, () => this.#lost(1006, "the server does not answer"));
  }

  #hear(data: unknown): void {
    const frame = parse(data);
    if (!frame) return;
    this.#heardAt = performance.now();
    this.#deadAt = 0;
    if (this.#state === "open") {
      // Set from a message, not from the timer itself: browsers slow down
      // chains of timers in hidden pages to one a minute.
      this.#watch();
      if (frame.t !== "pong") this.#options.onFrame(frame);
    } else if (frame.t === "welcome") {
      this.#beat = Math.max(1_000, frame.beat_ms);
      this.#openedAt = this.#sentAt = this.#heardAt;
      this.#watch();
      this.#enter("open");
      this.#options.onWelcome?.(frame, this);
    } else if (frame.t === "error") {
      this.#reason = frame.message;
    }
  }

  /** Pings a line on which one side is silent; gives up one that stays so. */
  #watch(): void {
    const now = performance.now();
    if (this.#deadAt && now >= this.#deadAt) {
      this.#lost(1006, "the line went silent");
      return;
    }
    if (now - Math.min(this.#sentAt, this.#heardAt) >= this.#beat && !this.#deadAt) {
      this.#ping(2 * this.#beat);
    }
    const due = this.#deadAt || Math.min(this.#sentAt, this.#heardAt) + this.#beat;
    this.#after(Math.max(1, due - now), () => this.#watch());
  }

  #ping(within: number): void {
    this.#pings += 1;
    this.send({ t: "ping", n: this.#pings });
    this.#deadAt = performance.now() + within;
  }

  /** Back from a hidden, sleeping or offline page: do not wait for timers. */
  #wake(): void {
    if (document.visibilityState === "hidden") return;
    if (this.#state === "waiting") this.#connect();
    else if (this.#state === "open" && performance.now() - this.#heardAt > WAKE_WITHIN) {
      this.#ping(WAKE_WITHIN);
      this.#watch();
    }
  }

  #lost(code: number, reason: string): void {
    const detail = this.#reason ?? (reason || undefined);
    const steady = this.#state === "open" && performance.now() - this.#openedAt >= STEADY;
    this.#drop();
    const then = verdict(code);
    if (then === "stop") {
      this.#enter("stopped", detail);
      return;
    }
    if (then === "token") this.#options.onTokenRefused?.();
    if (steady) this.#attempt = 0;
    this.#after(backoff(this.#attempt, Math.random()), () => this.#connect());
    this.#attempt += 1;
    this.#enter("waiting", detail);
  }

  #enter(state: SocketState, detail?: string): void {
    this.#state = state;
    this.#options.onState?.(state, detail);
  }

  /** Forgets the line and its timer; late events of it go nowhere. */
  #drop(): void {
    clearTimeout(this.#timer);
    const line = this.#line;
    this.#line = undefined;
    this.#deadAt = 0;
    if (!line) return;
    line.onopen = line.onmessage = line.onclose = null;
    line.close();
  }

  #after(ms: number, then: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(then, ms);
  }
}

function ownAddress(): string {
  return `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}/ws`;
}

/** A frame, or nothing for what is not one; newer servers may say more. */
function parse(data: unknown): ServerFrame | undefined {
  if (typeof data !== "string") return undefined;
  try {
    const frame: unknown = JSON.parse(data);
    if (typeof frame === "object" && frame !== null && "t" in frame) return frame as ServerFrame;
  } catch {
    // Told below, with the rest of what is no frame.
  }
  console.warn("a message from the server is not a frame");
  return undefined;
}
