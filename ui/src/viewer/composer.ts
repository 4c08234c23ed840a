/** Where one writes, or, as a guest, takes a name. */
import { h } from "../shared/dom";
import type { Sender } from "../shared/wire";
import { words } from "../shared/words/viewer";
import { storeDraft, storedDraft } from "./draft";
import { icon } from "./icons";
import { createNames } from "./names";
import type { Say } from "./rules/rules";
import { words as ruleWords } from "./rules/words";
import { composing, length } from "./typing";
import type { Problem } from "./words";

export interface Composer {
  element: HTMLElement;
  named(user: Sender | undefined): void;
  limits(limits: { text: number; nick: number }): void;
  problem(problem: Problem | undefined): void;
  /** What may be said now. */
  rules(say: Say): void;
  /** Brings a guest to the name field and says what for; a viewer changes theirs. */
  askName(reason?: string): void;
}

export interface ComposerEvents {
  say: (text: string) => void;
  takeName: (nick: string) => void;
}

/** From here on the characters left are shown. */
const COUNT_FROM = 40;

/** `left` and `right` stand beside the field: gifts and likes. */
export function createComposer(events: ComposerEvents, left: Node, right: Node): Composer {
  let most = 300;
  let user: Sender | undefined;
  let say: Say = { may: true, words: "", wait: 0, next: Number.POSITIVE_INFINITY };

  const names = createNames({ take: events.takeName, keep: () => ask(false), problem });
  const text = h("textarea", {
    rows: 1,
    enterkeyhint: "send",
    autocomplete: "off",
    "aria-label": words.composer.label,
    placeholder: words.composer.placeholder,
    "data-test": "composer",
  });
  text.value = storedDraft();
  const send = h(
    "button",
    {
      type: "submit",
      class: "send",
      "aria-label": words.composer.send,
      disabled: true,
      "data-test": "send",
    },
    icon("send"),
  );
  const writing = h(
    "form",
    { class: "writing", novalidate: true },
    h("div", { class: "field" }, text, send),
  );
  const who = h("bdi", { class: "who" });
  const remaining = h("span", { class: "remaining", "aria-live": "polite" });
  const change = h(
    "button",
    { type: "button", class: "text-button", on: { click: () => ask(true) } },
    words.composer.change,
  );
  const as = h("p", { class: "as" }, words.composer.as, " ", who, " · ", change, remaining);
  const rule = h("p", { class: "rule", role: "status", "data-test": "rule" });
  const wait = h("span", { class: "wait", "aria-hidden": "true", "data-test": "wait" });
  send.append(wait);
  const trouble = h("p", { class: "problem", role: "alert", "data-test": "problem" });

  text.addEventListener("input", () => {
    if (/[\r\n]/.test(text.value)) text.value = text.value.replace(/[\r\n]+/g, " ");
    problem(undefined);
    storeDraft(text.value);
    measure();
  });
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || composing(event)) return;
    event.preventDefault();
    submit();
  });
  writing.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });

  function submit(): void {
    const line = text.value.trim();
    if (!line || length(line) > most || !say.may || say.wait > 0) return;
    text.value = "";
    storeDraft("");
    measure();
    problem(undefined);
    events.say(line);
    text.focus();
  }

  function measure(): void {
    const rest = most - length(text.value.trim());
    send.disabled = rest < 0 || rest === most || !say.may || say.wait > 0;
    remaining.textContent =
      rest > COUNT_FROM ? "" : rest < 0 ? words.composer.over(-rest) : words.composer.left(rest);
    remaining.classList.toggle("over", rest < 0);
    text.style.height = "auto";
    if (text.value) text.style.height = `${text.scrollHeight}px`;
  }

  /** Asks for a name, or goes back to writing. */
  function ask(on: boolean): void {
    show(on);
    if (on) names.focus();
    else text.focus();
  }

  function show(asking: boolean): void {
    if (asking) names.ask(user);
    names.element.hidden = !asking;
    writing.hidden = as.hidden = asking;
    if (!asking) measure();
  }

  function named(now: Sender | undefined): void {
    // The same name again, after a reconnect, must not close a form in use.
    if (now && user?.id === now.id && user.nick === now.nick) return;
    // Nor must the first word of the server clear a name half typed.
    if (!now && !user) return;
    const asked = names.element.contains(document.activeElement);
    user = now;
    who.textContent = now?.nick ?? "";
    show(now === undefined);
    // "Take a name to …" is answered.
    if (now) problem(undefined);
    if (asked && now) text.focus();
  }

  function problem(what: Problem | undefined): void {
    names.answered();
    trouble.replaceChildren(what?.words ?? "");
    trouble.classList.toggle("hint", what !== undefined && what.code === undefined);
    if (what?.code) trouble.append(" ", h("small", null, `${what.code}`));
  }

  function rules(now: Say): void {
    say = now;
    if (rule.textContent !== now.words) rule.textContent = now.words;
    rule.classList.toggle("closed", !now.may);
    // Not disabled: who is writing keeps the line and the place.
    text.readOnly = !now.may;
    wait.textContent = now.wait > 0 ? String(now.wait) : "";
    send.setAttribute("aria-label", now.wait > 0 ? ruleWords.wait(now.wait) : words.composer.send);
    if (!writing.hidden) measure();
  }

  show(true);
  return {
    element: h(
      "footer",
      { class: "composer" },
      trouble,
      rule,
      as,
      names.element,
      h("div", { class: "tools" }, left, writing, right),
    ),
    named,
    limits: (limits) => {
      most = limits.text;
      names.limit(limits.nick);
      if (!writing.hidden) measure();
    },
    problem,
    rules,
    askName: (reason) => {
      if (reason !== undefined) problem({ words: reason });
      if (user) ask(true);
      else names.focus();
    },
  };
}
