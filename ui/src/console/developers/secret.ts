import { h } from "../../shared/dom";
import { createLinkBox } from "../link-box";

/** A key that was made a moment ago and is shown this once. */
export function createSecret(): {
  element: HTMLElement;
  /** Shows a key and what it is of. */
  show: (app: string, key: string) => void;
  /** Forgets it. */
  clear: () => void;
} {
  const box = createLinkBox("secret key", { link: "secret-key", copy: "copy-secret-key" });
  const title = h("strong");
  const done = h("button", { type: "button", "data-test": "secret-done" }, "I have copied it");
  const element = h(
    "section",
    { class: "secret", role: "alert", "data-test": "secret" },
    title,
    h(
      "p",
      {},
      "It is shown this once and kept where nobody can read it again. Put it into the settings of " +
        "your back end, never into a page or an app: who has it can log in as anybody.",
    ),
    box.element,
    done,
  );
  const clear = () => {
    box.set("");
    element.hidden = true;
  };
  done.addEventListener("click", clear);
  element.hidden = true;
  return {
    element,
    clear,
    show(app, key) {
      title.textContent = `Secret key of ${app}`;
      box.set(key);
      element.hidden = false;
      element.scrollIntoView({ block: "nearest" });
    },
  };
}
