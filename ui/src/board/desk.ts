/** The teacher's desk: the page in front, and the tools around it. A pupil's is the same with fewer. */
import { h } from "../shared/dom";
import type { SocketState } from "../shared/socket";
import type { ClientFrame, Pupil, Role, Sender, ServerFrame } from "../shared/wire";
import { words } from "../shared/words/board";
import { Hand } from "./hand";
import { icon } from "./icons";
import { createLessons } from "./lessons";
import type { Model, Order, Word } from "./model";
import { createPages } from "./pages";
import { createPeople } from "./people";
import { Reader } from "./reader";
import { createToolbar } from "./toolbar";
import { writeAt } from "./write";

/** How long a message stays, ms. */
const STAYS = 5_000;
/** Nobody has the pen, or it is not theirs (docs/protocol.md). */
const NO_PEN = 2140;

export interface DeskOptions {
  readonly send: (frame: ClientFrame) => boolean;
  /** Puts a picture up for the background; absent where that is not possible. */
  readonly picture?: (file: File) => Promise<string | undefined>;
}

export interface Desk {
  readonly element: HTMLElement;
  /** The line is open. */
  open(role: Role, user: Sender | undefined, room: string | undefined): void;
  hear(frame: ServerFrame): void;
  line(state: SocketState, detail?: string): void;
  /** Whether it takes keys. */
  front(on: boolean): void;
  close(): void;
}

export function createDesk({ send, picture }: DeskOptions): Desk {
  let role: Role = "guest";
  let user: Sender | undefined;
  let room: string | undefined;
  let hands: readonly Pupil[] = [];
  let orders = 0;
  let leaves: ReturnType<typeof setTimeout> | undefined;

  const note = h("p", {
    class: "board-note",
    role: "status",
    hidden: true,
    "data-test": "board-note",
  });
  const order = (command: Order) => {
    orders += 1;
    if (!send({ t: "do", id: 2 ** 31 + orders, command })) tell(words.offline);
  };
  const reader = new Reader(send, { changed: update, word: heard });
  const { surface, model } = reader;
  const step = (ask: "undo" | "redo") => () => {
    if (!send({ t: "board", ask, n: hand.next() })) tell(words.offline);
  };
  const toolbar = createToolbar({
    undo: step("undo"),
    redo: step("redo"),
    wipe: () => order({ do: "board", order: "wipe", page: model.current }),
  });
  const pages = createPages(order, picture);
  const people = createPeople(order);
  const lessons = createLessons({ send, order, tell, model, room: () => room });
  const hand = new Hand(reader, send, {
    held: () => (may() ? toolbar.held() : null),
    text: (x, y) => {
      const held = toolbar.held();
      writeAt(surface.sheet, x, y, held, (text) => hand.write(x, y, held, text));
    },
    offline: () => tell(words.offline),
  });

  const air = h("button", {
    type: "button",
    class: "board-air",
    "data-test": "board-air",
    on: { click: () => order({ do: "board", order: "air", on: !model.onAir }) },
  });
  const slate = h(
    "button",
    {
      type: "button",
      class: "board-button",
      "data-test": "board-slate",
      on: { click: () => dark(!element.classList.contains("dark")) },
    },
    icon("slate"),
  );
  const raise = h("button", {
    type: "button",
    class: "board-raise",
    "data-test": "board-raise",
    on: { click: () => send({ t: "board", ask: "hand", up: !isUp() }) },
  });
  const state = h("span", { class: "board-state", role: "status" });
  const bar = h(
    "header",
    { class: "board-bar" },
    pages.element,
    state,
    h("div", { class: "board-right" }, raise, slate, people.element, lessons.element, air),
  );
  const element = h(
    "div",
    { class: "board-desk" },
    bar,
    toolbar.element,
    h("div", { class: "board-place" }, surface.element, note),
  );

  function may(): boolean {
    const { permit } = model;
    if (role === "host" || (role === "helper" && permit.helpers)) return true;
    if (user === undefined || role === "display") return false;
    return permit.everyone || permit.pens.some((pupil) => pupil.user === user?.id);
  }

  function isUp(): boolean {
    return hands.some((pupil) => pupil.user === user?.id);
  }

  function isStaff(): boolean {
    return role === "host" || role === "helper";
  }

  function dark(on: boolean): void {
    element.classList.toggle("dark", on);
    const label = on ? words.paper : words.slate;
    slate.title = label;
    slate.setAttribute("aria-label", label);
  }

  function update(now: Model): void {
    const drawing = may();
    element.classList.toggle("may-draw", drawing);
    toolbar.element.hidden = !drawing;
    pages.update(now);
    people.update(now);
    air.classList.toggle("on", now.onAir);
    air.setAttribute("aria-pressed", String(now.onAir));
    air.replaceChildren(icon("air"), h("span", {}, now.onAir ? words.onAir : words.putOnAir));
    air.title = now.onAir ? words.takeOffAir : words.putOnAir;
    const staff = isStaff();
    for (const part of [pages.element, people.element, lessons.element, air]) part.hidden = !staff;
    toolbar.staff(staff);
    people.host(role === "host");
    lessons.host(role === "host");
    raise.hidden = staff || drawing || user === undefined;
    raise.setAttribute("aria-pressed", String(isUp()));
    raise.replaceChildren(icon("hand"), isUp() ? words.raised : words.raise);
    state.textContent = staff ? "" : drawing ? words.yours : words.reading;
  }

  function heard(word: Word): void {
    if (word.say === "hands") {
      hands = word.hands;
      people.hands(hands);
      update(model);
    }
    lessons.hear(word);
  }

  function tell(text: string): void {
    clearTimeout(leaves);
    note.textContent = text;
    note.hidden = false;
    leaves = setTimeout(() => {
      note.hidden = true;
    }, STAYS);
  }

  function pressed(event: KeyboardEvent): void {
    const { target } = event;
    const typing =
      target instanceof HTMLInputElement ||
      target instanceof HTMLTextAreaElement ||
      target instanceof HTMLSelectElement;
    if (typing || event.isComposing) return;
    if (isStaff() && (event.key === "PageUp" || event.key === "PageDown")) {
      pages.turn(event.key === "PageUp" ? -1 : 1);
    } else if (!may() || !toolbar.key(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  dark(false);
  update(model);
  return {
    element,
    open(newRole, newUser, newRoom) {
      role = newRole;
      user = newUser;
      room = newRoom;
      state.textContent = "";
      reader.open(room);
    },
    hear(frame) {
      if (frame.t === "board") reader.hear(frame);
      if (frame.t !== "error") return;
      if (frame.re !== undefined) hand.refused(frame.re);
      lessons.refused();
      if (frame.code !== NO_PEN || user !== undefined) tell(sentence(frame.message));
    },
    line(now, detail) {
      if (now === "open") return;
      hand.lost();
      state.textContent = detail ? sentence(detail) : words.connecting;
    },
    front(on) {
      const listen = on ? document.addEventListener : document.removeEventListener;
      listen.call(document, "keydown", pressed as EventListener, true);
      if (on) surface.fit();
    },
    close() {
      this.front(false);
      hand.close();
      surface.close();
    },
  };
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
}
