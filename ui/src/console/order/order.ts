/** Order in the room: slow mode, who may speak, mutes and bans. For hosts and helpers. */
import "./order.css";
import { h } from "../../shared/dom";
import { clockTime } from "../../shared/format";
import type { Penalty, RoomOrder, Speakers } from "../../shared/wire";
import { lasting } from "../../shared/words/figures";
import type { Control, State } from "../state";
import { keepWorkerName, NAME_LIMIT, workerName } from "../worker";
import { createAir } from "./air";
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
  const mutes = penalties(words.muted, "mutes", words.unmute, ({ user, nick }) =>
    control.run({ do: "mute", user, seconds: 0 }, words.unmuted(nick)),
  );
  const bans = penalties(words.banned, "bans", words.letIn, ({ user, nick }) =>
    set({ set: "ban", user, seconds: 0 }, words.cameBack(nick)),
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
    h("section", { class: "panel order-lists" }, mutes.element, bans.element),
  );
  return {
    element,
    update(state) {
      air.update(state);
      const { order } = state.desk;
      slow.update(order?.rules.slow_s);
      speakers.update(order?.rules.speakers);
      all.update(order?.mute_all);
      mutes.update(order?.mutes ?? []);
      bans.update(order?.bans ?? []);
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

/** People under a penalty, each with the way out of it. */
function penalties(
  title: string,
  test: string,
  lift: string,
  pick: (penalty: Penalty) => void,
): { element: HTMLElement; update: (list: readonly Penalty[]) => void } {
  const list = h("ul", { class: "penalties", "data-test": test });
  const none = h("p", { class: "empty" }, words.nobody);
  let drawn: readonly Penalty[] | undefined;
  return {
    element: h("div", {}, h("h2", {}, title), list, none),
    update(all) {
      const now = Date.now();
      const running = all.filter(({ until }) => until > now);
      none.hidden = running.length > 0;
      if (drawn && JSON.stringify(running) === JSON.stringify(drawn)) return;
      drawn = running;
      list.replaceChildren(
        ...running.map((penalty) =>
          h(
            "li",
            { "data-user": penalty.user },
            h("bdi", {}, penalty.nick),
            h("span", { class: "hint" }, untilWords(penalty.until, now)),
            h(
              "button",
              {
                type: "button",
                class: "quiet",
                "aria-label": words.lift(lift, penalty.nick),
                on: { click: () => pick(penalty) },
              },
              lift,
            ),
          ),
        ),
      );
    },
  };
}

function untilWords(until: number, now: number): string {
  const days = Math.round((until - now) / 86_400_000);
  if (days > 3_000) return words.forGood;
  return days >= 1 ? words.days(days) : words.until(clockTime(until));
}
