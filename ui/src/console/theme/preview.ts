import { h } from "../../shared/dom";
import type { Look, Theme } from "../../shared/wire";
import { words } from "./words";

/** The picture an overlay is made for, px. */
const STAGE = { width: 1_920, height: 1_080 } as const;

/** What the sample page is told to wear. */
export interface Worn {
  readonly theme: Theme;
  readonly css: string;
  readonly look: Look;
}

/**
 * A sample picture in a theme that is perhaps not kept yet, over a picture of
 * the streamer's kind. The page is our own and loads while it is looked at.
 */
export function createPreview(): {
  element: HTMLElement;
  wear: (worn: Worn) => void;
  show: (on: boolean) => void;
} {
  const box = h("div", { class: "miniature theme-sample" });
  let frame: HTMLIFrameElement | undefined;
  let worn: Worn | undefined;

  const ground = choice(words.ground, "theme-ground", words.grounds, (value) => {
    box.dataset.ground = value;
  });
  const text = choice(words.text, "theme-words", words.texts, send);
  box.dataset.ground = ground.select.value;

  function scale(): void {
    if (frame) frame.style.transform = `scale(${box.clientWidth / STAGE.width})`;
  }

  function send(): void {
    if (!worn || !frame?.contentWindow) return;
    const message = { kind: "surtitle-sample", ...worn, words: text.select.value };
    frame.contentWindow.postMessage(message, location.origin);
  }

  function show(on: boolean): void {
    if (on === (frame !== undefined)) return;
    frame?.remove();
    frame = undefined;
    if (!on) return;
    // The builder of elements makes no frames; this address is ours and holds no outside text.
    frame = document.createElement("iframe");
    frame.src = "/overlay/main?preview&sample";
    frame.title = words.sampleTitle;
    frame.width = String(STAGE.width);
    frame.height = String(STAGE.height);
    frame.tabIndex = -1;
    box.append(frame);
    scale();
  }

  window.addEventListener("message", ({ origin, source, data }: MessageEvent) => {
    const ours = origin === location.origin && source === frame?.contentWindow;
    if (ours && data?.kind === "surtitle-sampler") send();
  });
  new ResizeObserver(scale).observe(box);
  return {
    element: h("div", { class: "theme-preview" }, box, ground.element, text.element),
    wear(next) {
      worn = next;
      send();
    },
    show,
  };
}

function choice(
  label: string,
  id: string,
  values: Readonly<Record<string, string>>,
  change: (value: string) => void,
): { element: HTMLElement; select: HTMLSelectElement } {
  const options = Object.entries(values).map(([value, called]) => h("option", { value }, called));
  const select = h("select", { id, "data-test": id }, ...options);
  select.addEventListener("change", () => change(select.value));
  const caption = h("label", { class: "caption", for: id }, label);
  return { element: h("div", { class: "field" }, caption, select), select };
}
