import { h } from "../shared/dom";
import type { Control, State } from "./state";
import { words } from "./words/feed";

/** Characters in a comment until the server tells its own bound. */
const TEXT_LIMIT = 300;

/** One line to speak in the room as host. The text stays in the field if it was refused. */
export function createComposer(control: Control): {
  element: HTMLElement;
  update: (state: State) => void;
  focus: () => void;
} {
  const field = h("input", {
    type: "text",
    "aria-label": words.say,
    placeholder: words.say,
    maxlength: TEXT_LIMIT,
    autocomplete: "off",
    enterkeyhint: "send",
    "aria-keyshortcuts": "/",
    "data-test": "say",
  });
  const button = h("button", { type: "submit", "data-test": "say-send" }, words.send);
  const submit = async (event: Event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (text === "") return;
    button.disabled = true;
    if ((await control.run({ do: "say", text })) && field.value.trim() === text) field.value = "";
    button.disabled = false;
  };
  const element = h("form", { class: "composer", on: { submit } }, field, button);
  return {
    element,
    update: ({ limits }) => {
      if (limits) field.maxLength = limits.text;
    },
    focus: () => field.focus(),
  };
}
