/** The like button and the hearts that rise from it; never more than ten. */
import { h } from "../shared/dom";
import { compact } from "../shared/format";
import { PALETTE } from "../shared/palette";
import { words } from "../shared/words/viewer";
import { icon } from "./icons";

/** Most hearts on screen. */
const MOST = 10;
/** Most for one piece of news about others' likes. */
const AT_ONCE = 3;

export interface Hearts {
  element: HTMLElement;
  total(total: number, others: number): void;
}

/** `tap` tells whether the tap counts. */
export function createHearts(tap: () => boolean): Hearts {
  const total = h("span", { class: "like-total", "data-test": "like-total" }, "0");
  const button = h(
    "button",
    {
      type: "button",
      class: "tool like",
      "data-test": "like",
      "aria-label": words.likes.like,
      on: { click: press },
    },
    icon("heart"),
    total,
  );
  const sky = h("div", { class: "hearts", "aria-hidden": "true" });
  let next = 0;

  function press(): void {
    if (!tap()) return;
    rise();
    button.firstElementChild?.animate(
      [{ transform: "none" }, { transform: "scale(1.25)" }, { transform: "none" }],
      180,
    );
  }

  function rise(): void {
    if (sky.childElementCount >= MOST || document.hidden) return;
    next += 1;
    const heart = h("span", {
      class: "heart",
      style: {
        "--colour": PALETTE[(next * 5) % PALETTE.length]?.onDark ?? "#fff",
        "--drift": `${((next * 37) % 57) - 28}px`,
        "--turn": `${((next * 53) % 41) - 20}deg`,
      },
    });
    heart.append(icon("heart"));
    heart.addEventListener("animationend", () => heart.remove());
    sky.append(heart);
  }

  return {
    element: h("div", { class: "likes" }, sky, button),
    total: (count, others) => {
      total.textContent = compact(count);
      total.dataset.total = String(count);
      button.setAttribute("aria-label", words.likes.total(count));
      for (let i = 0; i < Math.min(AT_ONCE, others); i += 1) rise();
    },
  };
}
