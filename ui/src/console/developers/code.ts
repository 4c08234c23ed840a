import { copyText } from "../../shared/clipboard";
import { h } from "../../shared/dom";
import { icon } from "../icons";
import { words } from "./words";

/** A block of text to read and to copy whole. */
export function createCode(
  label: string,
  test: string,
): { element: HTMLElement; set: (text: string) => void } {
  const code = h("code", { "data-test": test });
  // Focusable, since it scrolls.
  const block = h("pre", { tabindex: 0, role: "region", "aria-label": label }, code);
  const said = h("span", { role: "status" }, words.copy);
  const copy = h("button", {
    type: "button",
    "aria-label": words.copyOf(label),
    "data-test": `copy-${test}`,
  });
  copy.append(icon("copy"), said);
  let back: ReturnType<typeof setTimeout> | undefined;
  copy.addEventListener("click", async () => {
    const copied = await copyText(code.textContent ?? "");
    said.textContent = copied ? words.copied : words.copyByHand;
    clearTimeout(back);
    back = setTimeout(() => {
      said.textContent = words.copy;
    }, 2_000);
  });
  return {
    element: h("div", { class: "code-box" }, block, copy),
    set(text) {
      if (code.textContent !== text) code.textContent = text;
    },
  };
}

/** JSON with its lines broken; anything else as it is. */
export function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
