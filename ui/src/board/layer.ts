/** The board on the overlay: over the picture, or on a page of its own. */
import "./surface.css";
import "./layer.css";
import { h } from "../shared/dom";
import type { BoardLook } from "../shared/wire";
import type { Ask, Word } from "./model";
import { Reader } from "./reader";

export class BoardLayer {
  readonly element: HTMLElement;
  readonly #reader: Reader;
  #isWanted = true;

  constructor(send: (ask: Ask) => boolean) {
    this.#reader = new Reader(send, { changed: () => this.#update() });
    this.element = h("div", { class: "board-layer" }, this.#reader.surface.element);
    this.element.hidden = true;
  }

  /** Asks for the board on a new line. */
  open(): void {
    this.#reader.open();
  }

  hear(word: Word): void {
    this.#reader.hear(word);
  }

  /** How it is drawn. An older server says nothing of it. */
  wear(look: BoardLook | undefined): void {
    this.#isWanted = look?.on ?? true;
    this.element.dataset.sheet = look?.sheet ?? "clear";
    this.#update();
  }

  #update(): void {
    const hidden = !(this.#isWanted && this.#reader.model.onAir);
    if (this.element.hidden === hidden) return;
    this.element.hidden = hidden;
    this.#reader.surface.fit();
  }
}
