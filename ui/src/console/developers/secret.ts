import { h } from "../../shared/dom";
import { createLinkBox } from "../link-box";
import { words } from "./words";

const say = words.secret;

/** A key that was made a moment ago and is shown this once. */
export function createSecret(): {
  element: HTMLElement;
  /** Shows a key and what it is of. */
  show: (app: string, key: string) => void;
  /** Forgets it. */
  clear: () => void;
} {
  const box = createLinkBox(say.label, { link: "secret-key", copy: "copy-secret-key" });
  const title = h("strong");
  const done = h("button", { type: "button", "data-test": "secret-done" }, say.done);
  const element = h(
    "section",
    { class: "secret", role: "alert", "data-test": "secret" },
    title,
    h("p", {}, say.hint),
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
      title.textContent = say.of(app);
      box.set(key);
      element.hidden = false;
      element.scrollIntoView({ block: "nearest" });
    },
  };
}
