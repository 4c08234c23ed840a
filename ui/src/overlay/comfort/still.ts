/** Whether nothing that can stand still may move: the look's switch, or the system's wish. */
let switched = false;

/** The look's switch. */
export function setStill(on: boolean): void {
  switched = on;
}

/** Flying comments are not asked: they move by their nature and have a switch of their own. */
export function isStill(): boolean {
  return switched || window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
