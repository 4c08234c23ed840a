import { h } from "../shared/dom";
import type { Sender } from "../shared/wire";
import { lasting } from "../shared/words/figures";
import { words } from "./words/feed";

/** How long, with the words for it; 0 lifts a mute. */
export const MUTES: readonly (readonly [number, string])[] = [
  [60, lasting(60)],
  [600, lasting(600)],
  [86_400, words.restOfShow],
  [0, words.unmute],
];

/** A menu beside the button that opened it. One exists; opening it again moves it. */
export function createMuteMenu(onPick: (who: Sender, seconds: number) => void): {
  element: HTMLElement;
  open: (who: Sender, beside: HTMLElement) => void;
  isOpen: () => boolean;
} {
  const title = h("p", { class: "menu-title" });
  const items = MUTES.map(([seconds, label]) =>
    h(
      "button",
      {
        type: "button",
        role: "menuitem",
        "data-test": `mute-${seconds}`,
        on: { click: () => pick(seconds) },
      },
      label,
    ),
  );
  const element = h("div", { class: "menu", role: "menu" }, title, ...items);
  element.hidden = true;
  let who: Sender | undefined;
  let back: HTMLElement | undefined;

  function open(sender: Sender, beside: HTMLElement): void {
    who = sender;
    back = beside;
    title.textContent = words.muteWho(sender.nick);
    element.setAttribute("aria-label", title.textContent);
    element.hidden = false;
    const at = beside.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = element;
    const below = at.bottom + offsetHeight + 4 <= window.innerHeight;
    element.style.left = `${Math.max(4, Math.min(at.left, window.innerWidth - offsetWidth - 4))}px`;
    element.style.top = `${Math.max(4, below ? at.bottom + 2 : at.top - offsetHeight - 2)}px`;
    items[0]?.focus();
  }

  function close(): void {
    if (element.hidden) return;
    element.hidden = true;
    const row = back?.closest<HTMLElement>(".row");
    if (element.contains(document.activeElement) || document.activeElement === document.body) {
      row?.focus({ preventScroll: true });
    }
  }

  function pick(seconds: number): void {
    close();
    if (who) onPick(who, seconds);
  }

  element.addEventListener("keydown", (event) => {
    const here = items.indexOf(document.activeElement as HTMLButtonElement);
    const step = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
    if (step !== undefined) items[(here + step + items.length) % items.length]?.focus();
    else if (event.key === "Escape") close();
    else if (event.key !== "Enter" && event.key !== " " && event.key !== "Tab") return;
    event.stopPropagation();
    if (step !== undefined) event.preventDefault();
  });
  element.addEventListener("focusout", (event) => {
    if (!element.contains(event.relatedTarget as Node | null)) close();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!element.contains(event.target as Node)) close();
  });

  return { element, open, isOpen: () => !element.hidden };
}
