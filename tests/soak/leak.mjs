// The control: a page that leaks on purpose, so that every bound is seen to catch.
//
// SOAK_LEAK=1 leaks in every row at three times its bound, SOAK_LEAK=heap,timers in those.

/** What leaks, by the row it belongs to; `amount` is KB, or how many. Runs in the page. */
const LEAKS = {
  heap: (amount) => { for (let n = 0; n < amount; n += 1) window.__lost.push(new Array(124).fill(0.5)); },
  engine: (amount) => { for (let n = 0; n < amount * 20; n += 1) window.__lost.push(new DOMPoint(n)); },
  own: (amount) => window.__lost.push(new Uint8Array(amount * 1024).fill(1)),
  nodes: (amount) => { for (let n = 0; n < amount; n += 1) window.__lost.push(document.createTextNode("lost")); },
  elements: (amount) => { for (let n = 0; n < amount; n += 1) document.body.append(Object.assign(document.createElement("i"), { hidden: true })); },
  listeners: (amount) => { for (let n = 0; n < amount; n += 1) window.addEventListener("lost", () => n); },
  timers: (amount) => { for (let n = 0; n < amount; n += 1) setTimeout(() => n, 2_000_000_000); },
};
const TIMES = 3;

export class Leak {
  #owed = {};
  #last = 0;

  /** `asked` is SOAK_LEAK, `bounds` what each row may rise by in a unit of time. */
  constructor(asked, bounds) {
    const names = asked === "1" ? Object.keys(LEAKS) : asked.split(",").filter(Boolean);
    const unknown = names.find((name) => !(name in LEAKS));
    if (unknown) throw new Error(`SOAK_LEAK knows no ${unknown}`);
    this.rates = Object.fromEntries(names.filter((name) => name in bounds).map((name) => [name, TIMES * bounds[name]]));
  }

  /** Leaks in the page of `chrome` what falls due until `at`. */
  async drip(chrome, at) {
    for (const [name, rate] of Object.entries(this.rates)) {
      this.#owed[name] = (this.#owed[name] ?? 0) + rate * (at - this.#last);
      const amount = Math.floor(this.#owed[name]);
      this.#owed[name] -= amount;
      if (amount > 0) await chrome.run(`window.__lost ??= []; (${LEAKS[name]})(${amount})`);
    }
    this.#last = at;
  }
}
