/**
 * The board on the viewer page: a layer over the picture and a sheet with its
 * switch. Without the switch the page asks for no ink, so that a room of
 * people who do not look costs nothing.
 */
import "../../board/surface.css";
import "../../board/board.css";
import "./board.css";
import { Hand } from "../../board/hand";
import { Reader } from "../../board/reader";
import { createToolbar } from "../../board/toolbar";
import { writeAt } from "../../board/write";
import { h } from "../../shared/dom";
import type { RoomId } from "../../shared/wire";
import type { Seat, Sheet, SheetControl } from "../sheets";
import { words } from "./words";

/** Answers of the board to this page's own strokes (docs/protocol.md). */
const OWN = { first: 2140, last: 2149 } as const;

/** What layer and sheet of one page share. */
class Board {
  readonly layer: HTMLElement;
  readonly body: HTMLElement;
  readonly #seat: Seat;
  readonly #reader: Reader;
  readonly #hand: Hand;
  readonly #tools: ReturnType<typeof createToolbar>;
  readonly #switch: HTMLInputElement;
  readonly #raise: HTMLButtonElement;
  readonly #note = h("p", { class: "hint", role: "status" });
  #control: SheetControl | undefined;
  #room: RoomId | undefined;
  #up = false;

  constructor(seat: Seat) {
    this.#seat = seat;
    this.#reader = new Reader((ask) => seat.send(ask), {
      changed: () => this.#update(),
      word: (word) => {
        if (word.say === "hands") this.#up = word.hands.some(({ user }) => user === seat.user?.id);
        if (word.say === "hands") this.#update();
      },
    });
    const { surface } = this.#reader;
    const step = (ask: "undo" | "redo") => () =>
      void seat.send({ t: "board", ask, n: this.#hand.next() });
    this.#tools = createToolbar({ undo: step("undo"), redo: step("redo") });
    this.#tools.staff(false);
    this.#hand = new Hand(this.#reader, (ask) => seat.send(ask), {
      held: () => (this.#may() ? this.#tools.held() : null),
      text: (x, y) => {
        const held = this.#tools.held();
        writeAt(surface.sheet, x, y, held, (text) => this.#hand.write(x, y, held, text));
      },
      offline: () => {},
    });
    this.layer = h("div", { class: "board-over board-desk", hidden: true }, surface.element);
    this.#switch = h("input", {
      type: "checkbox",
      "data-test": "board-switch",
      on: { change: () => this.#open() },
    });
    this.#raise = h("button", {
      type: "button",
      class: "quiet",
      "data-test": "board-raise",
      on: {
        click: () => {
          if (seat.allowed(words.forHand)) seat.send({ t: "board", ask: "hand", up: !this.#up });
        },
      },
    });
    this.body = h(
      "div",
      { class: "board-part" },
      h("label", { class: "board-check" }, this.#switch, words.show),
      h("p", { class: "hint" }, words.hint),
      this.#raise,
      this.#note,
      this.#tools.element,
    );
    seat.onFrame((frame) => {
      if (frame.t === "joined") {
        this.#room = frame.room.id;
        this.#hand.lost();
        // Not yet: the room takes nothing before it has taken this frame itself.
        queueMicrotask(() => this.#open());
      } else if (frame.t === "board") this.#reader.hear(frame);
      else if (frame.t === "error" && frame.code >= OWN.first && frame.code <= OWN.last) {
        if (frame.re !== undefined) this.#hand.refused(frame.re);
        this.#note.textContent = frame.message;
        return true;
      }
      return undefined;
    });
    seat.onNamed(() => this.#update());
  }

  sheet(control: SheetControl): Sheet {
    this.#control = control;
    this.#update();
    return { name: "board", label: words.title, icon: "board", body: this.body };
  }

  #may(): boolean {
    const { permit } = this.#reader.model;
    const id = this.#seat.user?.id;
    if (id === undefined) return false;
    return permit.everyone || permit.pens.some(({ user }) => user === id);
  }

  #open(): void {
    const on = this.#switch.checked;
    this.layer.hidden = !on;
    if (on) this.#reader.surface.fit();
    this.#reader.open(this.#room, !on);
  }

  #update(): void {
    const { model } = this.#reader;
    const may = this.#may();
    const drawn = model.seq > 0;
    this.#control?.offer(drawn || may || this.#switch.checked);
    this.layer.classList.toggle("may-draw", may);
    this.#tools.element.hidden = !may;
    this.#raise.hidden = may;
    this.#raise.textContent = this.#up ? words.lower : words.raise;
    this.#raise.setAttribute("aria-pressed", String(this.#up));
    this.#note.textContent = may ? words.yours : words.reading;
  }
}

const boards = new WeakMap<Seat, Board>();

function boardOf(seat: Seat): Board {
  const known = boards.get(seat) ?? new Board(seat);
  boards.set(seat, known);
  return known;
}

/** The layer over the picture. */
export function createBoardLayer(seat: Seat): HTMLElement {
  return boardOf(seat).layer;
}

/** The sheet with its switch. */
export function createBoardSheet(seat: Seat, control: SheetControl): Sheet {
  return boardOf(seat).sheet(control);
}
