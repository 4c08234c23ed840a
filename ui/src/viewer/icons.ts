/** The page's icons, 24 px, in the colour of the text around them. */
import { svg } from "../shared/dom";

const PATHS = {
  heart:
    "M12 20.600C6.2 16 3 12.6 3 8.9 3 6.1 5.1 4 7.8 4c1.6 0 3.2.8 4.2 2.200C13 4.8 14.6 4 16.2 4 18.9 4 21 6.1 21 8.900c0 3.7-3.2 7.1-9 11.700z",
  gift: "M4 12.500h7V21H5.500A1.5 1.5 0 0 1 4 19.500zM13 12.500h7v7a1.5 1.5 0 0 1-1.5 1.500H13zM3 8h4.600A3.3 3.3 0 0 1 12 3.6 3.3 3.3 0 0 1 16.4 8H21v3H3zm6.7-.4H11V6.300A1.3 1.3 0 1 0 9.7 7.600zm3.3 0h1.300A1.3 1.3 0 1 0 13 6.300z",
  send: "M3.4 20.4 21.5 12 3.4 3.6 3.3 10l12 2-12 2z",
  people:
    "M9 11.500a3.8 3.8 0 1 0 0-7.6 3.8 3.8 0 0 0 0 7.600zm0 1.700c-3.8 0-7 2-7 4.600V20h14v-2.200c0-2.6-3.2-4.6-7-4.600zm7-1.700a3.3 3.3 0 1 0-1.2-6.4 5.6 5.6 0 0 1-.5 5.900c.5.3 1.1.5 1.7.5zm1 1.900c1.3 1 2.1 2.5 2.1 4.400V20H22v-2c0-2.2-2.1-4-5-4.600z",
  down: "M12 16.6 5.2 9.800l1.6-1.6 5.2 5.2 5.2-5.2 1.6 1.600z",
  close:
    "M6.6 5 12 10.4 17.4 5 19 6.6 13.6 12l5.4 5.4-1.6 1.6-5.4-5.400L6.6 19 5 17.400l5.4-5.400L5 6.600z",
  coin: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm0 3.2 1.7 3.7 4 .4-3 2.7.9 4-3.6-2.100L8.4 17l.9-4-3-2.7 4-.4z",
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration only: the control around it has the words. */
export function icon(name: IconName): SVGSVGElement {
  return svg(
    "svg",
    { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" },
    svg("path", { d: PATHS[name], fill: "currentColor" }),
  );
}
