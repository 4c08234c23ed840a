import { h } from "../shared/dom";
import { put } from "./put";

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
    h("label", { for: "token" }, "Host or helper token"),
    field,
    h(
      "p",
      { id: "token-hint", class: "hint" },
      "It is printed by ",
      h("code", {}, "surtitle token host"),
      " on the machine that runs Surtitle. It is kept in this browser and nowhere else.",
    ),
    h("button", { type: "submit", class: "primary", "data-test": "signin" }, "Sign in"),
  );
  const other = h("button", { type: "button", class: "quiet" }, "Use another token");
  other.addEventListener("click", () => ask());
  const waiting = h("div", {}, h("p", { role: "status" }, "Connecting to Surtitle…"), other);

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
  const card = h("div", { class: "signin-card" }, h("h1", {}, "Surtitle console"), problem, form);
  card.append(waiting);
  return { element: h("main", { class: "signin" }, card), ask, wait };
}
