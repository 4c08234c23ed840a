/** The sheet to ask the host something, and to read what became of it. */
import "./ask.css";
import { h } from "../../shared/dom";
import type { Inquiry } from "../../shared/wire";
import type { Seat, Sheet, SheetControl } from "../sheets";
import { problem } from "../words";
import { words } from "./words";

/** Most characters of a question. */
const LIMIT = 300;

export function createAskSheet(seat: Seat, control: SheetControl): Sheet {
  const mine = new Map<number, Inquiry>();
  /** Questions that wait for their answer to come in, by `cid`. */
  const sent = new Set<number>();
  let open = false;
  let unread = 0;

  const text = h("textarea", {
    id: "ask-text",
    rows: 3,
    maxlength: LIMIT,
    required: true,
    "data-test": "ask-text",
  });
  const product = h("input", {
    id: "ask-product",
    type: "number",
    min: 1,
    max: 9999,
    inputmode: "numeric",
    placeholder: words.optional,
    "data-test": "ask-product",
  });
  const send = h(
    "button",
    { type: "submit", class: "primary", "data-test": "ask-send" },
    words.send,
  );
  const told = h("p", { class: "hint", role: "status", "data-test": "ask-told" });
  const rule = h("p", { class: "hint rule closed", "data-test": "ask-rule" });
  // Questions are not paced, so only what keeps one from speaking at all is said here.
  seat.rules.onChange((say) => {
    send.disabled = !say.may;
    rule.textContent = say.may ? "" : say.words;
  });
  const list = h("ul", { class: "asked", "aria-label": words.mine });

  function submit(event: Event): void {
    event.preventDefault();
    const question = text.value.trim();
    if (question === "" || !seat.allowed(words.name)) return;
    const about = Number(product.value);
    const cid = seat.nextCid();
    const gone = seat.send({
      t: "inquire",
      cid,
      ask: { ask: "new", text: question, ...(about > 0 ? { product: about } : {}) },
    });
    if (gone) sent.add(cid);
    told.textContent = gone ? "" : words.offline;
  }

  seat.onFrame((frame) => {
    if (frame.t === "joined" && seat.user) {
      // The page itself hears of it after this; only then is there a line.
      queueMicrotask(() => seat.send({ t: "inquire", cid: seat.nextCid(), ask: { ask: "mine" } }));
    }
    if (frame.t === "error" && frame.re !== undefined && sent.delete(frame.re)) {
      told.textContent = problem(frame.code, frame.message).words;
      return true;
    }
    if (frame.t !== "inquiry") return false;
    if (frame.whole) mine.clear();
    for (const id of frame.gone) mine.delete(id);
    for (const inquiry of frame.list) {
      if (inquiry.state.is === "answered" && !open && !frame.whole) unread += 1;
      mine.set(inquiry.id, inquiry);
    }
    if (frame.re !== undefined && sent.delete(frame.re)) {
      text.value = "";
      told.textContent = words.taken;
    }
    draw();
    return false;
  });
  seat.onNamed((user) => {
    if (user) return;
    mine.clear();
    draw();
  });

  function draw(): void {
    const newest = [...mine.values()].sort((a, b) => b.id - a.id);
    list.replaceChildren(...newest.map(line));
    list.hidden = newest.length === 0;
    control.badge(unread);
  }

  return {
    name: "ask",
    label: words.title,
    icon: "ask",
    body: h(
      "div",
      { class: "ask" },
      h(
        "form",
        { class: "ask-form", on: { submit } },
        h("label", { for: "ask-text" }, words.question),
        text,
        rule,
        h(
          "div",
          { class: "ask-foot" },
          h("label", { for: "ask-product" }, words.product),
          product,
          send,
        ),
        told,
      ),
      list,
    ),
    opened() {
      open = true;
      unread = 0;
      told.textContent = "";
      draw();
      if (seat.user) text.focus();
    },
    closed() {
      open = false;
    },
  };
}

function line({ id, text, product, state }: Inquiry): HTMLElement {
  const answer =
    state.is === "answered" &&
    h("p", { class: "answer", dir: "auto", "data-test": "ask-answer" }, state.text || words.aloud);
  return h(
    "li",
    { "data-test": "asked", "data-id": id, "data-state": state.is },
    h("p", { class: "asked-text", dir: "auto" }, text),
    h(
      "p",
      { class: "asked-state" },
      product !== undefined && `${words.about(product)} · `,
      words.states[state.is],
    ),
    answer,
  );
}
