import { h } from "../shared/dom";
import { words } from "./words/picture";

/** The picture an overlay is made for, px. */
const STAGE = { width: 1_920, height: 1_080 } as const;

/**
 * A live overlay page, scaled down over a checkerboard.
 *
 * The page is this server's own and loads only while it is looked at: `show`
 * puts it there and takes it away.
 */
export function createMiniature(): { element: HTMLElement; show: (overlay?: string) => void } {
  const element = h("div", { class: "miniature" });
  let frame: HTMLIFrameElement | undefined;
  let shown: string | undefined;

  function scale(): void {
    if (frame) frame.style.transform = `scale(${element.clientWidth / STAGE.width})`;
  }

  function show(overlay?: string): void {
    if (overlay === shown) return;
    shown = overlay;
    frame?.remove();
    frame = undefined;
    if (overlay === undefined) return;
    // The builder of elements makes no frames; this address is ours and holds no outside text.
    frame = document.createElement("iframe");
    frame.src = `/overlay/${encodeURIComponent(overlay)}?preview`;
    frame.title = words.overlayNow(overlay);
    frame.width = String(STAGE.width);
    frame.height = String(STAGE.height);
    frame.tabIndex = -1;
    element.append(frame);
    scale();
  }

  new ResizeObserver(scale).observe(element);
  return { element, show };
}
