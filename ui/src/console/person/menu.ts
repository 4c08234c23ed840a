/** The menu of a person beside one of their lines: mute, ban, and for a host trust and admin. */
import { h } from "../../shared/dom";
import type { Sender } from "../../shared/wire";
import { lasting } from "../../shared/words/figures";
import { words as feedWords } from "../words/feed";
import type { Acts, Standing } from "./acts";
import { words } from "./words";

/** How long a mute lasts, in seconds; 0 lifts it. */
const MUTES = [60, 600, 86_400, 0] as const;
/** The same for bans; the last is a year, the longest there is. */
const BANS = [3_600, 86_400, 31_536_000] as const;

export interface PersonMenu {
  readonly element: HTMLElement;
  /** Opens beside a button. One menu exists; opening it again moves it. */
  open: (who: Sender, standing: Standing, beside: HTMLElement) => void;
  isOpen: () => boolean;
}

export function createPersonMenu(acts: Acts): PersonMenu {
  let who: Sender | undefined;
  let standing: Standing = { host: false, account: false, trusted: false, admin: false };
  let back: HTMLElement | undefined;

  const item = (test: string, label: string, act: (who: Sender) => void) => {
    const click = () => {
      close();
      if (who) act(who);
    };
    const props = { type: "button", role: "menuitem", "data-test": test, on: { click } };
    return h("button", props, label);
  };
  const trust = item("trust", words.trust, (who) => acts.trust(who, !standing.trusted));
  const admin = item("admin", words.appoint, (who) => acts.admin(who, !standing.admin));
  const title = h("p", { class: "menu-title", dir: "auto" });
  const group = (label: string, ...items: HTMLElement[]) =>
    h(
      "div",
      { role: "group", "aria-label": label, class: "menu-group" },
      h("p", { class: "menu-title", "aria-hidden": "true" }, label),
      ...items,
    );
  const more = group(words.more, trust, admin);
  const element = h(
    "div",
    { class: "menu person", role: "menu", hidden: true },
    title,
    group(
      words.mute,
      ...MUTES.map((seconds) =>
        item(`mute-${seconds}`, muteWords(seconds), (who) => acts.mute(who, seconds)),
      ),
    ),
    group(
      words.ban,
      ...BANS.map((seconds) =>
        item(`ban-${seconds}`, banWords(seconds), (who) => acts.ban(who, seconds)),
      ),
    ),
    more,
  );
  const items = () =>
    [...element.querySelectorAll("button")].filter((button) => !button.closest("[hidden]"));

  function open(sender: Sender, now: Standing, beside: HTMLElement): void {
    [who, standing, back] = [sender, now, beside];
    title.textContent = sender.nick;
    element.setAttribute("aria-label", sender.nick);
    trust.textContent = now.trusted ? words.distrust : words.trust;
    admin.textContent = now.admin ? words.dismiss : words.appoint;
    admin.hidden = !now.account;
    more.hidden = !now.host;
    element.hidden = false;
    const at = beside.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = element;
    const below = at.bottom + offsetHeight + 4 <= window.innerHeight;
    const top = below ? at.bottom + 2 : at.top - offsetHeight - 2;
    element.style.left = `${Math.max(4, Math.min(at.left, window.innerWidth - offsetWidth - 4))}px`;
    element.style.top = `${Math.max(4, Math.min(top, window.innerHeight - offsetHeight - 4))}px`;
    items()[0]?.focus();
  }

  function close(): void {
    if (element.hidden) return;
    const held = element.contains(document.activeElement);
    element.hidden = true;
    const row = back?.closest<HTMLElement>(".row");
    if (held || document.activeElement === document.body) row?.focus({ preventScroll: true });
  }

  element.addEventListener("keydown", (event) => {
    const all = items();
    const here = all.indexOf(document.activeElement as HTMLButtonElement);
    const step = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
    if (step !== undefined) all[(here + step + all.length) % all.length]?.focus();
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

function muteWords(seconds: number): string {
  if (seconds === 0) return feedWords.unmute;
  return seconds >= 86_400 ? feedWords.restOfShow : lasting(seconds);
}

function banWords(seconds: number): string {
  if (seconds > 86_400) return words.forGood;
  return seconds === 86_400 ? feedWords.restOfShow : lasting(seconds);
}
