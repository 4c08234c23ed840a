/** Who may draw: rules, hands that are up, and who has the pen. */
import { h } from "../shared/dom";
import type { Pupil } from "../shared/wire";
import { words } from "../shared/words/board";
import { createMenu, type Menu } from "./menu";
import type { Model, Order } from "./model";

export interface People {
  readonly element: HTMLElement;
  update(model: Model): void;
  hands(hands: readonly Pupil[]): void;
  /** The rules are the host's. */
  host(on: boolean): void;
}

export function createPeople(order: (order: Order) => void): People {
  const menu: Menu = createMenu("people", "people", words.people);
  const helpers = check("helpers", words.helpers);
  const everyone = check("everyone", words.everyone);
  const raised = h("ul", { class: "board-people", "data-test": "board-hands" });
  const holding = h("ul", { class: "board-people", "data-test": "board-pens" });
  const rules = h("div", { class: "board-rules" }, helpers.label, everyone.label);
  menu.sheet.append(rules, h("h3", {}, words.hands), raised, h("h3", {}, words.pens), holding);

  function check(name: string, text: string) {
    const box = h("input", {
      type: "checkbox",
      "data-test": `board-${name}`,
      on: {
        change: () =>
          order({
            do: "board",
            order: "allow",
            helpers: helpers.box.checked,
            everyone: everyone.box.checked,
          }),
      },
    });
    return { box, label: h("label", { class: "board-check" }, box, text) };
  }

  const row = ({ user, nick }: Pupil, ...buttons: [string, string, Order][]) =>
    h(
      "li",
      { "data-user": user },
      h("bdi", {}, nick),
      ...buttons.map(([name, label, what]) =>
        h(
          "button",
          { type: "button", "data-test": `board-${name}`, on: { click: () => order(what) } },
          label,
        ),
      ),
    );

  const pen = ({ user, nick }: Pupil, on: boolean): Order => ({
    do: "board",
    order: "pen",
    user,
    nick,
    on,
  });

  function hands(list: readonly Pupil[]): void {
    menu.badge(list.length);
    raised.replaceChildren(
      ...(list.length === 0
        ? [h("li", { class: "board-none" }, words.noHands)]
        : list.map((pupil) =>
            row(
              pupil,
              ["give", words.give, pen(pupil, true)],
              ["lower", words.lower, { do: "board", order: "lower", user: pupil.user }],
            ),
          )),
    );
  }

  hands([]);
  return {
    element: menu.element,
    hands,
    update({ permit }) {
      helpers.box.checked = permit.helpers;
      everyone.box.checked = permit.everyone;
      holding.replaceChildren(
        ...(permit.pens.length === 0
          ? [h("li", { class: "board-none" }, words.noPens)]
          : permit.pens.map((pupil) => row(pupil, ["take", words.take, pen(pupil, false)]))),
      );
    },
    host(on) {
      rules.hidden = !on;
    },
  };
}
