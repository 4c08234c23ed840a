import { h } from "../shared/dom";
import { grouped } from "../shared/format";
import { compact } from "../shared/words/figures";
import { queueWords, sum, unaccounted } from "./books";
import { light } from "./light";
import { createObsStatus } from "./obs/status";
import { put, putAttribute } from "./put";
import { createSparkline } from "./sparkline";
import type { State } from "./state";
import { words } from "./words/frame";

/** What stays in sight in every view: light, figures, Clear, and the books under them. */
export function createTopBar(
  onClear: () => void,
  onRetry: () => void,
): {
  element: HTMLElement;
  update: (state: State) => void;
} {
  const dot = h("span", { class: "light-dot", "aria-hidden": "true" });
  const word = h("strong");
  const where = h("span", { class: "light-where" });
  const why = h("span", { class: "light-why" });
  const status = h(
    "div",
    { class: "light", role: "status", "data-test": "session-state" },
    dot,
    word,
    " ",
    where,
    " ",
    why,
  );
  const retry = h(
    "button",
    { type: "button", class: "quiet", on: { click: onRetry } },
    words.retry,
  );
  retry.hidden = true;

  const obs = createObsStatus();

  const online = figure(words.online, "online");
  const rate = figure(words.rate, "rate");
  const spark = createSparkline();
  rate.element.append(spark.element);
  const queue = figure(words.queue, "queue-depth");
  const clear = h(
    "button",
    {
      type: "button",
      class: "clear",
      "data-test": "clear",
      title: words.clearHint,
      "aria-keyshortcuts": "C",
      on: { click: onClear },
    },
    words.clear,
    h("kbd", { "aria-hidden": "true" }, "C"),
  );

  const balance = h(
    "button",
    {
      type: "button",
      class: "balance",
      title: words.booksHint,
      "aria-controls": "accounts",
      "data-test": "unaccounted",
    },
    unaccounted(0),
  );
  const accounts = h("span", { id: "accounts", "data-test": "accounts" });
  const open = (on: boolean) => {
    accounts.hidden = !on;
    balance.setAttribute("aria-expanded", String(on));
  };
  balance.addEventListener("click", () => open(accounts.hidden !== false));
  // On a phone or in a dock the sum takes three lines: closed until asked for.
  open(window.matchMedia("(min-width: 700px)").matches);
  const books = h(
    "div",
    { class: "books", "aria-label": words.books, role: "group" },
    balance,
    accounts,
  );

  function update({ socket, detail, desk, role }: State): void {
    const { stats, minute } = desk;
    const now = light(socket, detail, stats?.session);
    putAttribute(status, "data-colour", now.colour);
    putAttribute(status, "data-state", now.state);
    putAttribute(status, "title", now.detail);
    put(word, now.word);
    put(where, now.where);
    put(why, now.colour === "green" ? "" : (now.detail ?? ""));
    retry.hidden = socket !== "stopped";
    spark.update(minute);
    obs.update(stats?.obs);
    // A helper cannot set it up, and has nothing to read of it.
    obs.element.hidden = role === "helper" && stats?.obs?.state === "off";
    if (!stats) return;
    online.set(compact(stats.online), grouped(stats.online));
    rate.set(grouped(stats.rate), words.rateHint);
    const waiting = stats.queue.reduce((all, level) => all + level, 0);
    queue.set(grouped(waiting), queueWords(stats.queue));
    put(accounts, sum(stats.accounts));
    put(balance, unaccounted(stats.unaccounted));
    balance.classList.toggle("wrong", stats.unaccounted !== 0);
  }

  const element = h(
    "header",
    { class: "topbar" },
    status,
    retry,
    obs.element,
    h("div", { class: "figures" }, online.element, rate.element, queue.element),
    clear,
    books,
  );
  return { element, update };
}

function figure(label: string, test: string) {
  const value = h("b", { "data-test": test }, "–");
  const element = h("span", { class: "figure" }, value, " ", h("span", { class: "unit" }, label));
  const set = (text: string, title: string) => {
    put(value, text);
    putAttribute(element, "title", title);
  };
  return { element, set };
}
