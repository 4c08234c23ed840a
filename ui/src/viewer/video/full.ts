/**
 * Full screen: the stage alone, with the chat a column on it when asked for.
 * Where a browser gives no element the whole screen, the stage fills the page.
 */

export class Full {
  #on = false;

  /** `frame` is what fills the screen. */
  constructor(
    readonly frame: HTMLElement,
    readonly changed: (on: boolean) => void,
  ) {
    document.addEventListener("fullscreenchange", () => {
      if (!document.fullscreenElement) this.#set(false);
    });
    window.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.#on && !event.defaultPrevented) this.set(false);
    });
  }

  get on(): boolean {
    return this.#on;
  }

  set(on: boolean): void {
    this.#set(on);
    // Refused, e.g. in a frame: the page alone is filled.
    if (on) this.frame.requestFullscreen?.().catch(() => {});
    else if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
  }

  #set(on: boolean): void {
    if (this.#on === on) return;
    this.#on = on;
    this.frame.classList.toggle("full", on);
    this.changed(on);
  }
}
