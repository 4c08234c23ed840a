import { copyText } from "../shared/clipboard";
import { h } from "../shared/dom";
import { icon } from "./icons";
import { words } from "./words/connect";

/** An address to copy: it can be selected by hand too, and says when it was copied. */
export function createLinkBox(
  label: string,
  tests: { link: string; copy: string },
): { element: HTMLElement; set: (address: string) => void } {
  const field = h("input", {
    type: "text",
    readonly: true,
    spellcheck: "false",
    "aria-label": label,
    "data-test": tests.link,
  });
  const said = h("span", { role: "status" }, words.copy);
  const copy = h("button", {
    type: "button",
    "data-test": tests.copy,
    "aria-label": words.copyWhat(label),
  });
  copy.append(icon("copy"), said);
  field.addEventListener("focus", () => field.select());
  let back: ReturnType<typeof setTimeout> | undefined;
  copy.addEventListener("click", async () => {
    const copied = await copyText(field.value);
    said.textContent = copied ? words.copied : words.byHand;
    if (!copied) field.select();
    clearTimeout(back);
    back = setTimeout(() => {
      said.textContent = words.copy;
    }, 2_000);
  });
  return {
    element: h("div", { class: "link-box" }, field, copy),
    set(address) {
      if (field.value !== address) field.value = address;
    },
  };
}
