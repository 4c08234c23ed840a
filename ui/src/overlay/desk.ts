/** The overlay page in its desktop window: its controls, its handle, its opacity. */
import { reportHits, type Standing, watchStanding } from "../shared/shell";
import { Handle } from "./handle";
import { Hits } from "./hit";

/** Ties the page to the window around it; only where there is one. */
export function joinDesk(root: HTMLElement): void {
  const handle = new Handle();
  root.append(handle.element);
  const stand = (standing: Standing) => {
    handle.update(standing);
    root.toggleAttribute("data-taken", standing.taken);
    // Not the root itself: the handle of a faint picture must be found.
    const layers = root.querySelector<HTMLElement>(".layers");
    const { opacity } = standing;
    if (opacity < 100) layers?.style.setProperty("opacity", String(opacity / 100));
    else layers?.style.removeProperty("opacity");
  };
  watchStanding(stand);
  new Hits(root, async (rects) => stand(await reportHits(rects)));
}
