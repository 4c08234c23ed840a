/** The board on the overlay: over the picture, or on a page of its own. */
import "./surface.css";
import "./layer.css";
import { h } from "../shared/dom";
import type { Ask, Word } from "./model";
import { Reader } from "./reader";

export class BoardLayer {
  readonly element: HTMLElement;
  readonly #reader: Reader;

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

  #update(): void {
    const { onAir } = this.#reader.model;
    if (this.element.hidden !== onAir) return;
    this.element.hidden = !onAir;
    this.#reader.surface.fit();
  }
}
