/**
 * Dresses the page in a theme: loads its style sheet and fonts, then puts
 * them on in one go. What was worn before stays until the new one is there,
 * so a change on air never shows an undressed picture.
 */
import type { Theme } from "../shared/wire";
import { moveAs } from "./motion";
import { follow } from "./template";

/** Longest the picture waits for a style sheet or its fonts, ms. */
export const WAIT_MS = 4_000;
/** Addresses of themes: nothing else is ever loaded as one. */
const ADDRESS = /^\/themes\/[a-z0-9-]{1,32}\.css\?v=[0-9a-f]{1,64}$/;

export class Wardrobe {
  readonly #root: HTMLElement;
  readonly #change: () => void;
  /** After the page's own style, before what people add to it. */
  readonly #place = document.createComment("theme");
  #wanted: Theme | undefined;
  #worn: HTMLElement | undefined;
  #edition = 0;
  #trying = false;

  /** `change` is called whenever another theme has been put on. */
  constructor(root: HTMLElement, change: () => void) {
    this.#root = root;
    this.#change = change;
    document.head.append(this.#place);
  }

  /** 0 until the first theme is on; grows with every other. */
  get edition(): number {
    return this.#edition;
  }

  /** Puts `theme` on as soon as it is there. */
  wear(theme: Theme): void {
    if (this.#trying) return;
    const same = this.#wanted && JSON.stringify(theme) === JSON.stringify(this.#wanted);
    if (same) return;
    this.#wanted = theme;
    if (!ADDRESS.test(theme.css)) {
      this.#put(theme, undefined);
      return;
    }
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = theme.css;
    // Loaded, but not applied before everything it needs is there.
    link.media = "not all";
    this.#fetch(link, theme);
  }

  /** Puts a style on that is not kept anywhere: the editor's, in a sample. From then on only those. */
  tryOn(theme: Theme, css: string): void {
    this.#trying = true;
    this.#wanted = theme;
    const style = document.createElement("style");
    style.textContent = css;
    this.#put(theme, style);
  }

  #fetch(link: HTMLLinkElement, theme: Theme): void {
    let settled = false;
    const settle = () => {
      if (settled) return;
      settled = true;
      clearTimeout(patience);
      if (this.#wanted === theme) this.#put(theme, link);
      else link.remove();
    };
    const patience = setTimeout(settle, WAIT_MS);
    link.addEventListener("load", settle);
    link.addEventListener("error", settle);
    this.#place.before(link);
  }

  #put(theme: Theme, sheet: HTMLElement | undefined): void {
    if (sheet instanceof HTMLLinkElement) sheet.media = "all";
    else if (sheet) this.#place.before(sheet);
    this.#worn?.remove();
    this.#worn = sheet;
    this.#root.dataset.theme = theme.id;
    this.#root.dataset.motion = theme.motion;
    moveAs(theme.motion);
    follow(theme.template);
    this.#edition += 1;
    this.#change();
    void this.#fonts(theme);
  }

  /** Draws once more when the fonts are here: a canvas does not do so by itself. */
  async #fonts(theme: Theme): Promise<void> {
    const fonts = Array.from(document.fonts ?? []);
    const missing = fonts.filter((font) => font.status !== "loaded");
    if (missing.length === 0) return;
    await Promise.allSettled(missing.map((font) => font.load()));
    if (this.#wanted !== theme) return;
    this.#edition += 1;
    this.#change();
  }
}
