/** A list of people in one standing, each with the way out of it. */
import { h } from "../../shared/dom";
import { clockTime } from "../../shared/format";
import type { Millis, Named } from "../../shared/wire";
import { words } from "./words";

/** Somebody, and until when if it ends. */
type Person = Named & { readonly until?: Millis };

export function createPeople(
  title: string,
  test: string,
  lift: string,
  pick: (person: Person) => void,
): {
  element: HTMLElement;
  /** `may`: whether this console lifts it. */
  update: (list: readonly Person[], may: boolean) => void;
} {
  const list = h("ul", { class: "penalties", "data-test": test });
  const none = h("p", { class: "empty" }, words.nobody);
  let drawn: string | undefined;

  function row(person: Person, now: Millis, may: boolean): HTMLElement {
    const { user, nick, until } = person;
    return h(
      "li",
      { "data-user": user },
      h("bdi", {}, nick),
      h("span", { class: "hint" }, until === undefined ? "" : untilWords(until, now)),
      may &&
        h(
          "button",
          {
            type: "button",
            class: "quiet",
            "aria-label": words.lift(lift, nick),
            on: { click: () => pick(person) },
          },
          lift,
        ),
    );
  }

  return {
    element: h("div", {}, h("h2", {}, title), list, none),
    update(all, may) {
      const now = Date.now();
      const running = all.filter(({ until }) => until === undefined || until > now);
      none.hidden = running.length > 0;
      const next = JSON.stringify([running, may]);
      if (next === drawn) return;
      drawn = next;
      list.replaceChildren(...running.map((person) => row(person, now, may)));
    },
  };
}

function untilWords(until: Millis, now: Millis): string {
  const days = Math.round((until - now) / 86_400_000);
  if (days > 300) return words.forGood;
  return days >= 1 ? words.days(days) : words.until(clockTime(until));
}
