/** The show that runs, with its begin and end, and the list of those before it. */
import { h } from "../../shared/dom";
import type { ShowRecord } from "../../shared/wire";
import type { Api } from "../developers/api";
import { createConfirm } from "../developers/confirm";
import { put } from "../put";
import { duration } from "./totals";
import { words } from "./words";

interface Listed {
  readonly now: number;
  readonly running?: ShowRecord | null;
  readonly shows: readonly ShowRecord[];
}

/** Begin, end and list of shows; only a host begins and ends. */
export function createShows(
  api: Api,
  host: boolean,
  open: (id: number) => void,
): {
  bar: HTMLElement;
  list: HTMLElement;
  /** What is known of the show that runs. */
  update: (running: ShowRecord | undefined, now: number) => void;
  load: () => Promise<void>;
} {
  const state = h("p", { class: "show-state", role: "status", "data-test": "show-state" });
  const clock = h("b", { class: "show-clock", "data-test": "show-clock" });
  const name = h("input", {
    type: "text",
    id: "show-name",
    maxlength: 80,
    autocomplete: "off",
    placeholder: words.nameHint,
    "data-test": "show-name",
  });
  const begin = h(
    "button",
    { type: "submit", class: "primary", "data-test": "show-start" },
    words.start,
  );
  const start = async (event: Event) => {
    event.preventDefault();
    begin.disabled = true;
    const said = { name: name.value };
    const made = await api.attempt(() =>
      api.call<{ show: ShowRecord }>("POST", "/report/start", said),
    );
    begin.disabled = false;
    if (!made) return;
    name.value = "";
    update(made.show, made.show.last);
    await load();
  };
  const starting = h(
    "form",
    { class: "show-form", on: { submit: (event) => void start(event) } },
    h("label", { class: "offscreen", for: "show-name" }, words.name),
    name,
    begin,
  );
  const end = createConfirm(words.end, words.endAsks, "show-end", async () => {
    const made = await api.attempt(() =>
      api.call<{ show?: ShowRecord | null }>("POST", "/report/end", {}),
    );
    if (!made) return;
    update(undefined, 0);
    await load();
    if (made.show) open(made.show.id);
  });
  const look = h(
    "button",
    {
      type: "button",
      "data-test": "show-open",
      on: { click: () => running !== undefined && open(running.id) },
    },
    words.soFar,
  );
  const body = h("tbody", { "data-test": "shows" });
  const none = h("p", { class: "hint" }, words.noShows);
  const table = h(
    "table",
    {},
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        ...[words.show, words.totals.duration, words.totals.messages, words.totals.online].map(
          (label) => h("th", { scope: "col" }, label),
        ),
      ),
    ),
    body,
  );
  let running: ShowRecord | undefined;

  function update(next: ShowRecord | undefined, now: number): void {
    const ended = running !== undefined && next?.id !== running.id;
    running = next;
    put(state, next ? words.running(next) : words.noneRuns);
    put(clock, next ? words.clock(duration(next, now)) : "");
    clock.hidden = !next;
    starting.hidden = !host || next !== undefined;
    end.hidden = !host || !next;
    look.hidden = !next;
    if (ended) void load();
  }

  function row(show: ShowRecord): HTMLElement {
    const { high, normal, low, lowest } = show.totals;
    const figure = (text: string) => h("td", {}, text);
    const button = h(
      "button",
      {
        type: "button",
        class: "quiet",
        dir: "auto",
        "data-test": `show-${show.id}`,
        on: { click: () => open(show.id) },
      },
      words.showName(show),
    );
    return h(
      "tr",
      {},
      h("td", {}, button, show.name ? h("small", {}, words.date(show.began)) : false),
      figure(words.clock(duration(show, show.last))),
      figure(words.count(high + normal + low + lowest)),
      figure(words.count(show.most_online)),
    );
  }

  async function load(): Promise<void> {
    const listed = await api.look(() => api.get<Listed>("/report"));
    if (!listed) return;
    body.replaceChildren(...listed.shows.map(row));
    none.hidden = listed.shows.length > 0;
    table.hidden = listed.shows.length === 0;
  }

  update(undefined, 0);
  return {
    bar: h(
      "section",
      { class: "panel show-bar", "aria-label": words.show },
      h("div", { class: "show-words" }, state, clock),
      look,
      starting,
      end,
      h("p", { class: "hint show-rule" }, words.rule),
    ),
    list: h(
      "section",
      { class: "panel shows" },
      h("h2", {}, words.shows),
      none,
      h(
        "div",
        { class: "evening-scroll", tabindex: 0, role: "region", "aria-label": words.shows },
        table,
      ),
    ),
    update,
    load,
  };
}
