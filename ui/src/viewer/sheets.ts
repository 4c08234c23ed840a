/**
 * Where parts of the page register: sheets that open from a row of buttons
 * over the composer, and layers that lie on the picture.
 *
 * A part lives in a folder of its own and is one line in `SHEETS` or `LAYERS`.
 * It gets a `Seat`: its way to the room and to the page. Its words are in a
 * `words.ts` of its own, by `inLanguage` of ../shared/words/language (a test
 * finds bare strings); its icon is one of ./icons.
 *
 * A sheet is not modal: the chat goes on behind it, Escape closes it, one is
 * open at a time, and focus goes back to its button.
 */
import { h } from "../shared/dom";
import type { ClientFrame, Sender, ServerFrame } from "../shared/wire";
import { words } from "../shared/words/viewer";
import { createAskSheet } from "./ask/ask";
import { createBoardLayer, createBoardSheet } from "./board/board";
import { type IconName, icon } from "./icons";
import { createProfileSheet } from "./profile";
import type { Rules } from "./rules/rules";
import { createOfferCards } from "./sale/cards";
import { createShelf } from "./sale/shelf";
import { createWallet } from "./sale/wallet";
import { createShareSheet } from "./share";
import { createDanmakuSheet } from "./video/danmaku-sheet";
import type { Problem } from "./words";

/** What a part is given. */
export interface Seat {
  /** Who one is; `undefined` for a guest. */
  readonly user: Sender | undefined;
  /** Whether the frame went out; `false` while there is no line to the room. */
  send(frame: ClientFrame): boolean;
  /** A number for `cid` that nothing else on this page uses. */
  nextCid(): number;
  /**
   * Every frame of the room. `true` from a listener: this `error` was its own,
   * the page says nothing about it.
   */
  onFrame(then: (frame: ServerFrame) => boolean | undefined): void;
  /** Who one is, now and whenever it changes. */
  onNamed(then: (user: Sender | undefined) => void): void;
  /** Whether one has a name; a guest is brought to the name field and told `reason`. */
  allowed(reason: string): boolean;
  /** Brings somebody who has a name, or none, to the form for one. */
  askName(): void;
  /** Says hello anew, with the token the browser keeps now. */
  renew(): void;
  /** The rules that hold for this page. */
  readonly rules: Pick<Rules, "onChange">;
  /** Says something at the composer; `undefined` takes it back. */
  problem(problem: Problem | undefined): void;
}

/** A sheet as its part makes it. */
export interface Sheet {
  /** `[data-sheet=NAME]` on button and sheet; a-z and hyphens. */
  readonly name: string;
  /** On the button and as the sheet's title. */
  readonly label: string;
  readonly icon: IconName;
  readonly body: HTMLElement;
  opened?(): void;
  closed?(): void;
}

/** What a part does to its own sheet. */
export interface SheetControl {
  open(): void;
  close(): void;
  /** Whether the button is there at all; it is unless this says `false`. */
  offer(on: boolean): void;
  /** A small count on the button; 0 for none. */
  badge(count: number): void;
}

/** Makes a sheet; `control` works from the first moment on. */
export type SheetPart = (seat: Seat, control: SheetControl) => Sheet;
/** Makes a layer that fills the picture; it takes no clicks unless it asks for them. */
export type LayerPart = (seat: Seat) => HTMLElement;

/** Sheets, in the order of their buttons: one line each. */
const SHEETS: readonly SheetPart[] = [
  createShelf,
  createWallet,
  createBoardSheet,
  createAskSheet,
  createDanmakuSheet,
  createShareSheet,
  createProfileSheet,
];

/** Layers on the picture, lowest first, under the danmaku: one line each. */
const LAYERS: readonly LayerPart[] = [createBoardLayer, createOfferCards];

export interface Sheets {
  /** The row of buttons. */
  row: HTMLElement;
  /** The open sheet stands here. */
  place: HTMLElement;
  layers: readonly HTMLElement[];
  /** Opens the sheet of this name, if it is offered. */
  open(name: string): void;
  close(): void;
}

/** `opening`: another one opens, so what else is open closes. */
export function createSheets(seat: Seat, opening: () => void, own = SHEETS): Sheets {
  const row = h("nav", { class: "sheet-row", "aria-label": words.sheets, hidden: true });
  const place = h("div", { class: "sheet-place" });
  let closeOpen: (() => void) | undefined;
  const openers = new Map<string, () => void>();

  for (const make of own) {
    const control = { open, close, offer, badge };
    const count = h("span", { class: "sheet-badge", hidden: true });
    const panel = h("section", { class: "sheet", hidden: true });
    const button = h("button", { type: "button", class: "sheet-open", "aria-expanded": "false" });
    const sheet = make(seat, control);
    const id = `sheet-${sheet.name}`;
    const title = h("h2", { id: `${id}-title` }, sheet.label);
    const away = h("button", { type: "button", class: "tool", "aria-label": words.close });
    const attributes = { id, "data-sheet": sheet.name, "data-test": "sheet" };
    for (const [name, value] of Object.entries(attributes)) panel.setAttribute(name, value);
    panel.setAttribute("aria-labelledby", title.id);
    away.append(icon("close"));
    away.addEventListener("click", close);
    panel.append(h("header", { class: "sheet-head" }, title, away), sheet.body);
    panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      close();
    });
    button.dataset.test = "sheet-open";
    button.dataset.sheet = sheet.name;
    button.setAttribute("aria-controls", id);
    button.append(icon(sheet.icon), h("span", null, sheet.label), count);
    button.addEventListener("click", () => (panel.hidden ? open() : close()));
    row.append(button);
    place.append(panel);
    offer(!button.hidden);
    openers.set(sheet.name, () => !button.hidden && open());

    function open(): void {
      if (!panel.hidden) return;
      opening();
      closeOpen?.();
      closeOpen = close;
      panel.hidden = false;
      button.setAttribute("aria-expanded", "true");
      sheet.opened?.();
      if (!panel.contains(document.activeElement)) away.focus();
    }
    function close(): void {
      if (panel.hidden) return;
      const held = panel.contains(document.activeElement);
      closeOpen = undefined;
      panel.hidden = true;
      button.setAttribute("aria-expanded", "false");
      sheet.closed?.();
      // Only from a sheet that had it: somebody who writes meanwhile goes on writing.
      if (held) button.focus();
    }
    function offer(on: boolean): void {
      button.hidden = !on;
      if (!on) close();
      row.hidden = [...row.children].every((each) => (each as HTMLElement).hidden);
    }
    function badge(number: number): void {
      count.textContent = number > 99 ? "99+" : String(number);
      count.hidden = number === 0;
    }
  }
  const layers = LAYERS.map((make) => make(seat));
  for (const layer of layers) layer.classList.add("layer");
  return { row, place, layers, open: (name) => openers.get(name)?.(), close: () => closeOpen?.() };
}
