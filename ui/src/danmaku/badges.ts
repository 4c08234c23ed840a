/** Role badges: a crown for the host, a shield for helpers. Own drawings on a field of 24 × 24. */
import type { Role } from "../shared/wire";

const SHAPES: Partial<Record<Role, { readonly path: string; readonly fill: string }>> = {
  host: { path: "M2 7l5.5 4L12 3l4.500 8L22 7l-2.200 13H4.200z", fill: "#ffd166" },
  helper: {
    path: "M12 2l9 3.500v6c0 5-3.600 8.900-9 10.500-5.400-1.600-9-5.500-9-10.500v-6z",
    fill: "#7bd88f",
  },
};

/** Draws the badge of `role`, `size` px high, with its left upper corner at `x`, `y`. */
export function drawBadge(
  context: CanvasRenderingContext2D,
  role: Role,
  x: number,
  y: number,
  size: number,
  stroke: string,
): void {
  const shape = SHAPES[role];
  if (!shape) return;
  const path = new Path2D(shape.path);
  context.save();
  context.translate(x, y);
  context.scale(size / 24, size / 24);
  context.lineWidth = 3;
  context.lineJoin = "round";
  context.strokeStyle = stroke;
  context.fillStyle = shape.fill;
  context.stroke(path);
  context.fill(path);
  context.restore();
}
