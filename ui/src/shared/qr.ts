import { encode } from "uqr";
import { svg } from "./dom";

/** Cells of white the standard wants around a code. */
const QUIET = 4;

/** A QR code as one path, black on white whatever the page's colours: phones read nothing else. */
export function qrCode(text: string, label: string): SVGElement {
  const { data, size } = encode(text, { ecc: "M", border: QUIET });
  const edge = `0 0 ${size} ${size}`;
  const figure = svg("svg", { viewBox: edge, role: "img", "aria-label": label, "data-test": "qr" });
  figure.append(
    svg("rect", { width: size, height: size, fill: "#ffffff" }),
    svg("path", { d: outline(data), fill: "#000000" }),
  );
  figure.setAttribute("shape-rendering", "crispEdges");
  return figure;
}

/** One rectangle for every run of black cells in a row. */
export function outline(cells: readonly (readonly boolean[])[]): string {
  let path = "";
  cells.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue;
      const start = x;
      while (row[x + 1]) x++;
      path += `M${start} ${y}h${x - start + 1}v1h-${x - start + 1}z`;
    }
  });
  return path;
}
