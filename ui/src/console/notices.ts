/**
 * Short messages in the corner: what happened, what to do, a way back.
 *
 * At most {@link NOTICE_LIMIT} at once, the oldest leave first; the same words
 * again replace the ones that stand there.
 */

import { copyText } from "../shared/clipboard";
import { h } from "../shared/dom";
import { icon } from "./icons";
import { refusal } from "./refusal";
import { words } from "./words/frame";

/** Notices shown at once. */
export const NOTICE_LIMIT = 4;
/** How long good news and a way back stay, ms. Errors stay until closed. */
const STAY = { news: 3_000, undo: 8_000 } as const;

/** One message. */
export interface Notice {
  readonly text: string;
  readonly kind: "news" | "error";
  /** The server's stable code, small and copyable. */
  readonly code?: number | undefined;
  /** A way back. */
  readonly undo?: (() => void) | undefined;
}

/** The stack in the corner. */
export interface Notices {
  readonly element: HTMLElement;
  show: (notice: Notice) => void;
}

export function createNotices(): Notices {
  const element = h("div", { class: "notices" });

  function show(given: Notice): void {
    const notice = { ...given, text: refusal(given.text, given.code) };
    for (const old of element.querySelectorAll<HTMLElement>(".notice")) {
      if (old.dataset.text === notice.text) old.remove();
    }
    const box = card(notice);
    element.append(box);
    while (element.childElementCount > NOTICE_LIMIT) element.firstElementChild?.remove();
    if (notice.kind === "news") {
      setTimeout(() => box.remove(), notice.undo ? STAY.undo : STAY.news);
    }
  }

  return { element, show };
}

function card({ text, kind, code, undo }: Notice): HTMLElement {
  const box = h("div", {
    class: `notice ${kind}`,
    role: kind === "error" ? "alert" : "status",
    "data-test": `notice-${kind}`,
    "data-text": text,
  });
  box.append(h("p", {}, text));
  if (code !== undefined) box.append(codeButton(code));
  if (undo) {
    const click = () => {
      box.remove();
      undo();
    };
    box.append(h("button", { type: "button", class: "quiet", on: { click } }, words.undo));
  }
  const close = h("button", { type: "button", class: "bare", "aria-label": words.closeMessage });
  close.append(icon("close"));
  close.addEventListener("click", () => box.remove());
  box.append(close);
  return box;
}

function codeButton(code: number): HTMLElement {
  const button = h(
    "button",
    { type: "button", class: "code", title: words.copyCode, "data-test": "error-code" },
    words.code(code),
  );
  button.addEventListener("click", async () => {
    if (await copyText(String(code))) button.textContent = words.codeCopied;
  });
  return button;
}
