/** The air delay: how long comments are held, how many are, and the dump. */
import { h } from "../../shared/dom";
import { lasting } from "../../shared/words/figures";
import { put } from "../put";
import type { Control, State } from "../state";
import { words } from "./words";

/** Seconds to choose from, 60 at most. */
const DELAYS = [0, 3, 5, 10, 20, 30, 60] as const;

/** Removes everything held or queued and clears the picture. */
export function dump(control: Control): void {
  void control.run({ do: "order", order: { set: "dump" } }, words.dumped);
}

export function createAir(control: Control): {
  element: HTMLElement;
  update: (state: State) => void;
} {
  const buttons = DELAYS.map((seconds) => {
    const click = () => void control.run({ do: "order", order: { set: "delay", seconds } });
    return h(
      "button",
      { type: "button", "aria-pressed": "false", "data-test": `delay-${seconds}`, on: { click } },
      seconds === 0 ? words.off : lasting(seconds),
    );
  });
  const held = h("p", { class: "hint", role: "status", "data-test": "held" });
  const element = h(
    "section",
    { class: "panel order-air" },
    h("h2", {}, words.air),
    h("p", { class: "hint" }, ...words.airHint(h("kbd", {}, "X"), h("kbd", {}, "A"))),
    h("div", { class: "choices", role: "group", "aria-label": words.air }, ...buttons),
    held,
    h(
      "button",
      { type: "button", class: "danger", "data-test": "dump", on: { click: () => dump(control) } },
      words.dump,
    ),
  );
  return {
    element,
    update({ desk: { air } }) {
      for (const [index, button] of buttons.entries()) {
        button.setAttribute("aria-pressed", String(DELAYS[index] === air?.delay_s));
      }
      put(held, air && air.delay_s > 0 ? words.held(air.held) : "");
    },
  };
}
