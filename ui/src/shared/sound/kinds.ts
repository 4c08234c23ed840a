/** Which sound a cue makes, if any. Pure. */
import type { Cue } from "../wire";
import type { Kind } from "./limiter";

/** Cards of this tier and above have the long sound. */
const GREAT = 4;

/** A kind, whose volume and rest count, and the file that is played for it. */
export interface Sound {
  readonly kind: Kind;
  readonly file: Kind | "fanfare";
}

export function soundOf(cue: Cue): Sound | null {
  if (cue.cue === "gift") {
    return {
      kind: "gift",
      file: cue.card.tier >= GREAT && cue.card.count === 1 ? "fanfare" : "gift",
    };
  }
  if (cue.cue === "comment") return isPaid(cue.event) ? { kind: "paid", file: "paid" } : tipOf(cue);
  // What stands on the picture: a voucher is told of when it is put there.
  const placed = cue as { cue: string; placard?: { kind?: string } };
  const voucher = placed.cue === "placard" && placed.placard?.kind === "voucher";
  return voucher ? { kind: "voucher", file: "voucher" } : null;
}

/** Whether a comment was paid for. */
export function isPaid(event: object): boolean {
  return (event as { paid?: unknown }).paid != null;
}

function tipOf({ event }: Extract<Cue, { cue: "comment" }>): Sound | null {
  if (event.kind !== "tip") return null;
  const tip: string = event.tip;
  return tip === "join" || tip === "follow" ? { kind: tip, file: tip } : null;
}
