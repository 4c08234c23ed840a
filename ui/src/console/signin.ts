import { h } from "../shared/dom";
import { createLanguageChoice } from "./language";
import { put } from "./put";
import { words } from "./words/line";

/** The page before it is a console: asks for a token, or waits for the server. */
export interface SignIn {
  readonly element: HTMLElement;
  /** Asks; `problem` says why the last token did not do. */
  ask: (problem?: string) => void;
  /** Waits with the token it has; `problem` says what is wrong. */
  wait: (problem?: string) => void;
}

/** `onToken` gets what was typed; it is shown nowhere. */
export function createSignIn(onToken: (token: string) => void): SignIn {
  const field = h("input", {
    id: "token",
    type: "password",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    required: true,
    "aria-describedby": "token-hint",
    "data-test": "signin-token",
  });
  const problem = h("p", { class: "problem", role: "alert", "data-test": "signin-problem" });
  const submit = (event: Event) => {
    event.preventDefault();
    const token = field.value.trim();
    if (token !== "") onToken(token);
  };
  const form = h(
    "form",
    { on: { submit } },
    h("label", { for: "token" }, words.token),
    field,
    h(
      "p",
      { id: "token-hint", class: "hint" },
      words.hint.before,
      h("code", {}, "surtitle token host"),
      words.hint.after,
    ),
    h("button", { type: "submit", class: "primary", "data-test": "signin" }, words.signIn),
  );
  const other = h("button", { type: "button", class: "quiet" }, words.another);
  other.addEventListener("click", () => ask());
  const waiting = h("div", {}, h("p", { role: "status" }, words.connecting), other);

  function ask(text?: string): void {
    form.hidden = false;
    waiting.hidden = true;
    field.value = "";
    put(problem, text ?? "");
    field.focus();
  }

  function wait(text?: string): void {
    form.hidden = true;
    waiting.hidden = false;
    put(problem, text ?? "");
  }

  ask();
  const card = h("div", { class: "signin-card" }, h("h1", {}, words.heading), problem, form);
  card.append(waiting, createLanguageChoice("signin-language"));
  return { element: h("main", { class: "signin" }, card), ask, wait };
}
