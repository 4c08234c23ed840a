// What stands in for a page's clock and line, put in before anything loads.
//
// Playwright's own clock waits a real timer of Chromium for every timer it
// lets come, which is an hour of waiting in twelve; this one does not.

/** The page's time is what `__clock.advance` says: timers come at their very moment, frames at the end of it. */
export function turnClock(begin) {
  const RealDate = Date;
  const realFrame = window.requestAnimationFrame.bind(window);
  const timers = new Map();
  let frames = new Map();
  let [now, last] = [0, 0];
  const add = (every) => (work, ms = 0, ...given) => {
    last += 1;
    timers.set(last, { at: now + Math.max(1, ms), every: every ? Math.max(1, ms) : 0, work: () => work(...given) });
    return last;
  };
  const take = (id) => void timers.delete(id);
  Object.assign(window, { setTimeout: add(false), setInterval: add(true), clearTimeout: take, clearInterval: take });
  window.requestAnimationFrame = (work) => {
    last += 1;
    frames.set(last, work);
    return last;
  };
  window.cancelAnimationFrame = (id) => void frames.delete(id);
  performance.now = () => now;
  window.Date = class extends RealDate {
    constructor(...given) {
      super(...(given.length > 0 ? given : [begin + now]));
    }
    static now() {
      return begin + now;
    }
  };
  const first = () => {
    let found;
    for (const [id, timer] of timers) if (!found || timer.at < found[1].at) found = [id, timer];
    return found;
  };
  window.__pending = () => timers.size + frames.size;
  window.__clock = {
    now: () => now,
    /** When Chromium has drawn a frame of its own. */
    drawn: () => new Promise((done) => realFrame(done)),
    advance(ms) {
      const end = now + ms;
      for (let next = first(); next && next[1].at <= end; next = first()) {
        const [id, timer] = next;
        now = Math.max(now, timer.at);
        if (timer.every) timer.at += timer.every;
        else timers.delete(id);
        timer.work();
      }
      now = end;
      const due = frames;
      frames = new Map();
      for (const work of due.values()) work(now);
    },
  };
}

/** The page's WebSocket ends here: `__line` greets, hands on frames and is cut as the program would. */
export function holdLine({ welcome, begin }) {
  let [open, stage, opened] = [null, null, 0];
  window.WebSocket = class {
    static OPEN = 1;
    readyState = 0;
    constructor() {
      queueMicrotask(() => {
        this.readyState = 1;
        this.onopen?.();
      });
    }
    send(text) {
      const frame = JSON.parse(text);
      const answer = (reply) => queueMicrotask(() => this.onmessage?.({ data: JSON.stringify(reply) }));
      if (frame.t === "hello") answer(welcome);
      else if (frame.t === "ping") answer({ t: "pong", n: frame.n });
      else if (frame.t === "watch") {
        opened += 1;
        open = this;
        answer({ t: "stage", stage: { ...stage, now: begin + window.__clock.now() } });
      }
    }
    close() {
      this.readyState = 3;
      if (open === this) open = null;
    }
  };
  window.__line = {
    opened: () => opened,
    set: (next) => { stage = next; },
    say: (text) => open?.onmessage?.({ data: text }),
    cut() {
      const line = open;
      line?.close();
      line?.onclose?.({ code: 1001, reason: "" });
    },
  };
}
