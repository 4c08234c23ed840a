/** Order in the room: slow mode, who may speak, mutes, bans, who is trusted and admins. For hosts and helpers. */
import "./order.css";
import { h } from "../../shared/dom";
import type { RoomOrder, Speakers } from "../../shared/wire";
import { lasting } from "../../shared/words/figures";
import { words as personWords } from "../person/words";
import type { Control, State } from "../state";
import { keepWorkerName, NAME_LIMIT, workerName } from "../worker";
import { createAir } from "./air";
import { createPeople } from "./people";
import { words } from "./words";

/** Pauses of slow mode to choose from, in seconds. */
const SLOW: readonly number[] = [0, 5, 10, 30, 60, 300];
const SPEAKERS: readonly Speakers[] = ["everybody", "named", "followers", "helpers"];

export function createOrder(control: Control): {
  element: HTMLElement;
  update: (state: State) => void;
} {
  const set = (order: RoomOrder, news?: string) => control.run({ do: "order", order }, news);
  const slow = choices(words.slow, SLOW, slowWords, "slow", (seconds) =>
    set({ set: "slow", seconds }),
  );
  const speakers = choices(
    words.maySpeak,
    SPEAKERS,
    (who) => words.speakers[who],
    "speakers",
    (who) => set({ set: "speakers", who }),
  );
  const all = choices(
    words.muteAll,
    [false, true] as const,
    (on) => (on ? words.allMuted : words.off),
    "mute-all",
    (on) => set({ set: "mute_all", on }),
  );
  const mutes = createPeople(words.muted, "mutes", words.unmute, ({ user, nick }) =>
    control.run({ do: "mute", user, seconds: 0 }, words.unmuted(nick)),
  );
  const bans = createPeople(words.banned, "bans", words.letIn, ({ user, nick }) =>
    set({ set: "ban", user, seconds: 0 }, words.cameBack(nick)),
  );
  const trusted = createPeople(words.trusted, "trusted", words.takeOff, ({ user, nick }) =>
    set({ set: "trust", user, on: false, nick }, personWords.distrusted(nick)),
  );
  const admins = createPeople(words.admins, "admins", words.takeOff, ({ user, nick }) =>
    set({ set: "admin", user, on: false }, personWords.dismissed(nick)),
  );
  const air = createAir(control);
  const name = h("input", {
    id: "worker-name",
    type: "text",
    maxlength: NAME_LIMIT,
    autocomplete: "off",
    value: workerName(),
    placeholder: words.workerHint,
    "data-test": "worker-name",
  });
  name.addEventListener("change", () => keepWorkerName(name.value));

  const element = h(
    "div",
    { class: "order" },
    air.element,
    h(
      "section",
      { class: "panel order-room" },
      h("h2", {}, words.order),
      row(words.slow, slow.element),
      row(words.maySpeak, speakers.element),
      row(words.muteAll, all.element),
      h("div", { class: "order-row" }, h("label", { for: "worker-name" }, words.worker), name),
    ),
    h(
      "section",
      { class: "panel order-lists" },
      mutes.element,
      bans.element,
      trusted.element,
      admins.element,
      h("p", { class: "hint" }, words.byMenu),
    ),
  );
  return {
    element,
    update(state) {
      air.update(state);
      const { order } = state.desk;
      const host = state.role === "host";
      slow.update(order?.rules.slow_s);
      speakers.update(order?.rules.speakers);
      all.update(order?.mute_all);
      mutes.update(order?.mutes ?? [], true);
      bans.update(order?.bans ?? [], true);
      trusted.update(state.desk.air?.trusted ?? [], host);
      admins.update(order?.admins ?? [], host);
    },
  };
}

function row(label: string, part: HTMLElement): HTMLElement {
  return h("div", { class: "order-row" }, h("span", {}, label), part);
}

function slowWords(seconds: number): string {
  return seconds === 0 ? words.off : lasting(seconds);
}

/** A row of buttons, one of them pressed. */
function choices<T extends string | number | boolean>(
  label: string,
  values: readonly T[],
  wording: (value: T) => string,
  test: string,
  pick: (value: T) => void,
): { element: HTMLElement; update: (value: T | undefined) => void } {
  const buttons = values.map((value) =>
    h(
      "button",
      {
        type: "button",
        "aria-pressed": "false",
        "data-test": `${test}-${value}`,
        on: { click: () => pick(value) },
      },
      wording(value),
    ),
  );
  return {
    element: h("div", { class: `choices ${test}`, role: "group", "aria-label": label }, ...buttons),
    update(now) {
      for (const [index, button] of buttons.entries()) {
        button.setAttribute("aria-pressed", String(values[index] === now));
      }
    },
  };
}
