import { h } from "../../shared/dom";
import { HOOK_GROUPS, type HookGroup } from "./events";
import { words } from "./hook-words";
import { createInput } from "./input";
import type { Hooks } from "./types";

/** What a host sets; a token is sent only if it is to change. */
export interface Wanted {
  readonly url: string | null;
  readonly commands: readonly string[];
  readonly refuse_on_failure: boolean;
  readonly retry: boolean;
  readonly token?: string | null;
}

/** The fields of the webhooks. `save` is told what is wanted. */
export function createHookForm(events: {
  save: (wanted: Wanted) => Promise<boolean>;
  test: () => Promise<void>;
  /** What a test call came to; stands under the buttons. */
  result: HTMLElement;
}): { element: HTMLElement; set: (hooks: Hooks) => void; isTouched: () => boolean } {
  let touched = false;
  let others: readonly string[] = [];
  const url = createInput(words.address, "hook-url", words.addressHint, {
    inputmode: "url",
    placeholder: "https://example.org/webhook",
  });
  const boxes = new Map<string, HTMLInputElement>();
  const token = createInput(words.token, "hook-token", "", { type: "password" });
  const tokenHint = h("p", { class: "hint", "data-test": "hook-token-state" });
  const noToken = h("input", {
    type: "checkbox",
    id: "hook-no-token",
    "data-test": "hook-no-token",
  });
  const dropToken = h(
    "div",
    { class: "check" },
    noToken,
    h("label", { for: "hook-no-token" }, words.unsign),
  );
  const retry = toggle("hook-retry", ...words.retry);
  const allow = radio("hook-allow", ...words.allow);
  const refuse = radio("hook-refuse", ...words.refuse);
  const test = h("button", { type: "button", "data-test": "hook-test" }, words.test);
  const save = h(
    "button",
    { type: "submit", class: "primary", "data-test": "hook-save" },
    words.save,
  );

  const submit = async (event: Event) => {
    event.preventDefault();
    const secret = token.field.value.trim();
    const chosen = [...boxes].filter(([, box]) => box.checked).map(([command]) => command);
    const address = url.field.value.trim();
    save.disabled = true;
    const done = await events.save({
      url: address === "" ? null : address,
      commands: [...chosen, ...others],
      refuse_on_failure: refuse.box.checked,
      retry: retry.box.checked,
      ...(noToken.checked ? { token: null } : secret === "" ? {} : { token: secret }),
    });
    save.disabled = false;
    if (done) touched = false;
  };
  test.addEventListener("click", async () => {
    test.disabled = true;
    await events.test();
    test.disabled = false;
  });

  const element = h(
    "form",
    { class: "panel", on: { submit } },
    h("h2", {}, words.title),
    url.element,
    ...HOOK_GROUPS.map((group) => eventSet(group, boxes)),
    h("fieldset", {}, h("legend", {}, words.policy), allow.element, refuse.element),
    retry.element,
    token.element,
    tokenHint,
    dropToken,
    h("div", { class: "buttons" }, save, test),
    events.result,
  );
  element.addEventListener("input", () => {
    touched = true;
  });
  return {
    element,
    isTouched: () => touched,
    set(hooks) {
      touched = false;
      url.field.value = hooks.url ?? "";
      for (const [command, box] of boxes) box.checked = hooks.commands.includes(command);
      others = hooks.commands.filter((command) => !boxes.has(command));
      refuse.box.checked = hooks.refuse_on_failure;
      allow.box.checked = !hooks.refuse_on_failure;
      retry.box.checked = hooks.retry;
      token.field.value = "";
      noToken.checked = false;
      dropToken.hidden = !hooks.has_token;
      tokenHint.textContent = hooks.has_token ? words.signed : words.unsigned;
    },
  };
}

function eventSet(group: HookGroup, boxes: Map<string, HTMLInputElement>): HTMLElement {
  const rows = group.events.map(({ command, label, does }) => {
    const row = toggle(command, label, does);
    boxes.set(command, row.box);
    return row.element;
  });
  return h(
    "fieldset",
    {},
    h("legend", {}, group.title),
    h("p", { class: "hint" }, group.does),
    h("div", { class: "checks" }, ...rows),
  );
}

type Row = { element: HTMLElement; box: HTMLInputElement };

function toggle(id: string, label: string, does: string): Row {
  const box = h("input", {
    type: "checkbox",
    id,
    "data-test": id,
    "aria-describedby": `${id}-does`,
  });
  return { box, element: check(box, id, label, does) };
}

function radio(id: string, label: string, does: string): Row {
  const box = h("input", {
    type: "radio",
    name: "hook-policy",
    id,
    "data-test": id,
    "aria-describedby": `${id}-does`,
  });
  return { box, element: check(box, id, label, does) };
}

function check(box: HTMLInputElement, id: string, label: string, does: string): HTMLElement {
  const said = h(
    "span",
    {},
    h("label", { for: id }, label),
    h("small", { id: `${id}-does` }, does),
  );
  return h("div", { class: "check" }, box, said);
}
