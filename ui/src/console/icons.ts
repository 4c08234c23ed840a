import { svg } from "../shared/dom";

/** Our own drawings on a 16×16 grid, stroked with the text's colour. */
const PATHS = {
  live: "M2.5 3h11v8h-6l-3 2.5V11h-2zM5 6h6M5 8.5h4",
  look: "M2 4h7M13 4h1M9 2.5h4v3H9zM2 12h1M7 12h7M3 10.5h4v3H3zM2 8h12",
  themes:
    "M8 2a6 6 0 1 0 0 12c1.2 0 1.4-.9 1-1.8-.5-1 0-2.2 1.4-2.2H12a2 2 0 0 0 2-2c0-3.4-2.7-6-6-6zM5 7.2v.1M7.6 4.8v.1M10.6 6v.1",
  rehearse: "M4.5 2.5v11l8.5-5.5z",
  connect:
    "M6.5 9.5l3-3M7 4.5l1.6-1.6a3.2 3.2 0 0 1 4.5 4.5L11.5 9M9 11.5l-1.6 1.6a3.2 3.2 0 0 1-4.5-4.5L4.5 7",
  moderation: "M8 2l5 2v4c0 3-2 5-5 6-3-1-5-3-5-6V4zM5.5 8h5",
  sale: "M2.5 8.500V3h5.500l5.500 5.500-5.500 5.500zM5.200 5.700v.1",
  developers: "M5.5 4.5L2 8l3.5 3.5M10.5 4.5L14 8l-3.5 3.5M9 3L7 13",
  emotes:
    "M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M6 6.2v.9M10 6.2v.9M5.5 9.5c1.2 1.8 3.8 1.8 5 0",
  board: "M2 3h12v8H2zM8 11v3M5 14h6M4.500 8.500l2-2 1.500 1.200 3-3",
  questions:
    "M8 2.5a5.5 5.5 0 0 0-4.8 8.2L2.5 13.500l2.900-.7A5.500 5.500 0 1 0 8 2.500M6.500 6.500a1.500 1.500 0 1 1 2.200 1.300c-.5.300-.7.600-.7 1.200M8 10.800v.1",
  report: "M2.5 2.500v11h11M5 10.500l2.500-3.500 2.200 2 3.300-5",
  air: "M4.5 2.5v11l8.5-5.5z",
  pin: "M5.5 2h5l-.7 4.2 2.2 2.3H4l2.2-2.3zM8 8.5V14",
  remove: "M3.5 3.5l9 9M12.5 3.5l-9 9",
  mute: "M3 6h2.5L9 3v10L5.5 10H3zM11 6l3 4M14 6l-3 4",
  listen:
    "M3 6h2.500L9 3v10L5.500 10H3zM11 6c1 1.200 1 2.800 0 4M12.800 4.200c2 2.200 2 5.400 0 7.600",
  copy: "M5.5 5.5h7v8h-7zM10.5 5.5v-3h-7v8h2",
  down: "M8 3v9.5M4 8.5l4 4 4-4",
  scheme: "M8 2.5a5.5 5.5 0 1 0 0 11zM8 2.5a5.5 5.5 0 0 1 0 11",
  language:
    "M8 2.500a5.500 5.500 0 1 0 0 11a5.500 5.500 0 1 0 0-11M2.500 8h11M8 2.500c-3.300 3.500-3.300 7.500 0 11M8 2.500c3.300 3.500 3.300 7.500 0 11",
  close: "M4 4l8 8M12 4l-8 8",
} as const;

/** Name of a drawing. */
export type Icon = keyof typeof PATHS;

/** A drawing; hidden from readers, the button beside it has the words. */
export function icon(name: Icon): SVGElement {
  return svg(
    "svg",
    { viewBox: "0 0 16 16", width: 16, height: 16, class: "icon", "aria-hidden": "true" },
    svg("path", { d: PATHS[name] }),
  );
}
