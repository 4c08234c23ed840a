/** Questions of viewers: taken by one helper each, answered in public or in private. */
import "./inquiries.css";
import { h } from "../../shared/dom";
import { clockTime } from "../../shared/format";
import type { Inquiry, InquiryOrder } from "../../shared/wire";
import type { Action } from "../keys";
import type { Control, State, View } from "../state";
import { words } from "./words";

/** Those that wait for an answer. */
export function waiting(inquiries: readonly Inquiry[]): readonly Inquiry[] {
  return inquiries.filter(({ state: { is } }) => is === "open" || is === "picked");
}

const GROUPS = ["waiting", "answered", "closed"] as const;

export function createInquiries(control: Control): View {
  let all: readonly Inquiry[] = [];
  let picked: number | undefined;
  const cards = new Map<number, Card>();
  const lists = new Map(
    GROUPS.map((name) => [name, h("ul", { class: "questions", "data-test": `questions-${name}` })]),
  );
  const none = h("p", { class: "empty" }, words.none);
  const act = (order: InquiryOrder) => control.run({ do: "inquiry", order });

  function draw(): void {
    const known = new Set(all.map(({ id }) => id));
    for (const [id, card] of cards) {
      if (known.has(id)) continue;
      card.element.remove();
      cards.delete(id);
    }
    for (const inquiry of all) {
      const card = cards.get(inquiry.id) ?? createCard(inquiry, act, pick);
      cards.set(inquiry.id, card);
      card.update(inquiry, inquiry.id === picked);
      const list = lists.get(groupOf(inquiry));
      if (card.element.parentElement !== list) list?.append(card.element);
    }
    none.hidden = all.length > 0;
  }

  function pick(id: number): void {
    picked = id;
    draw();
  }

  function key(action: Action): boolean {
    const order = waiting(all).map(({ id }) => id);
    if (action === "next" || action === "previous") {
      if (order.length === 0) return false;
      const here = picked === undefined ? -1 : order.indexOf(picked);
      const step = action === "next" ? 1 : -1;
      picked = order[Math.max(0, Math.min(order.length - 1, here + step))];
      draw();
      cards.get(picked ?? -1)?.element.focus();
      return true;
    }
    if (picked === undefined) return false;
    if (action === "pin") void act({ to: "pick", id: picked });
    else if (action === "remove") void act({ to: "close", id: picked });
    else return false;
    return true;
  }

  return {
    element: h(
      "div",
      { class: "view inquiries" },
      h("h1", {}, words.title),
      h(
        "p",
        { class: "hint" },
        h(
          "span",
          { class: "question-keys" },
          h("kbd", {}, "J"),
          " ",
          h("kbd", {}, "K"),
          ` ${words.move} · `,
          h("kbd", {}, "P"),
          ` ${words.take} · `,
          h("kbd", {}, "X"),
          ` ${words.done} `,
        ),
        words.hint,
      ),
      none,
      ...GROUPS.map((name) =>
        h("section", { "data-group": name }, h("h2", {}, words.groups[name]), lists.get(name)),
      ),
    ),
    key,
    update(state: State) {
      if (state.desk.inquiries === all) return;
      all = state.desk.inquiries;
      draw();
    },
  };
}

function groupOf({ state: { is } }: Inquiry): (typeof GROUPS)[number] {
  if (is === "answered" || is === "closed") return is;
  return "waiting";
}

interface Card {
  readonly element: HTMLElement;
  update: (inquiry: Inquiry, picked: boolean) => void;
}

function createCard(
  { id, at, from, text, product }: Inquiry,
  act: (order: InquiryOrder) => Promise<boolean>,
  pick: (id: number) => void,
): Card {
  const state = h("span", { class: "question-state", "data-test": "question-state" });
  const answer = h("textarea", {
    rows: 2,
    maxlength: 300,
    "aria-label": words.answerTo(from.nick),
    placeholder: words.answer,
    "data-test": "answer",
  });
  const button = (test: keyof typeof words.acts, order: () => InquiryOrder | undefined) => {
    const click = () => {
      const given = order();
      if (given) void act(given);
    };
    return h(
      "button",
      { type: "button", "data-test": `question-${test}`, on: { click } },
      words.acts[test],
    );
  };
  const take = button("pick", () => ({ to: "pick", id }));
  const back = button("release", () => ({ to: "release", id }));
  const aloud = button("public", () => ({
    to: "answer",
    id,
    text: answer.value,
    public: true,
  }));
  const alone = button("private", () => {
    if (answer.value.trim() !== "") return { to: "answer", id, text: answer.value, public: false };
    // Nothing to send: an answer to one person is written, not said on air.
    answer.focus();
    return undefined;
  });
  const close = button("close", () => ({ to: "close", id }));
  const remove = button("remove", () => ({ to: "remove", id }));
  const told = h("p", { class: "told", dir: "auto" });
  const element = h(
    "li",
    { tabindex: 0, "data-test": "question", "data-id": id, on: { focus: () => pick(id) } },
    h(
      "p",
      { class: "question-head" },
      h("bdi", {}, from.nick),
      h("time", {}, clockTime(at)),
      product !== undefined && h("span", { class: "tag" }, words.product(product)),
      state,
    ),
    h("p", { class: "question-text", dir: "auto" }, text),
    told,
    answer,
    h("div", { class: "question-acts" }, take, back, aloud, alone, close, remove),
  );
  return {
    element,
    update({ state: now }, isPicked) {
      element.classList.toggle("picked", isPicked);
      element.dataset.state = now.is;
      state.textContent = stateWords(now);
      told.textContent = now.is === "answered" ? now.text : "";
      told.hidden = told.textContent === "";
      // The next step stands out: to take it, then to answer it.
      take.className = "primary";
      aloud.classList.toggle("primary", now.is === "picked");
      remove.className = "quiet";
      take.hidden = now.is !== "open";
      back.hidden = now.is !== "picked";
      for (const part of [answer, aloud, alone]) part.hidden = now.is === "closed";
      close.hidden = now.is === "closed";
    },
  };
}

function stateWords(state: Inquiry["state"]): string {
  switch (state.is) {
    case "open":
      return words.states.open;
    case "picked":
      return words.states.picked(state.by);
    case "answered":
      return state.public ? words.states.public(state.by) : words.states.private(state.by);
    case "closed":
      return words.states.closed(state.by);
  }
}
