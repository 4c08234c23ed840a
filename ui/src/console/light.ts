/** The on-air light: one colour and the words that say the same. */

import type { SocketState } from "../shared/socket";
import type { SessionInfo } from "../shared/wire";

/** Green: messages flow. Amber: it mends itself. Red: somebody must act. Grey: starting. */
export type Colour = "grey" | "green" | "amber" | "red";

/** What the light shows. */
export interface Light {
  readonly colour: Colour;
  /** One or two words. */
  readonly word: string;
  /** Which room or server. */
  readonly where: string;
  /** Why, when somebody said. */
  readonly detail: string | undefined;
}

/** The light for the page's own line and the session behind it. */
export function light(
  socket: SocketState,
  detail: string | undefined,
  session: SessionInfo | undefined,
): Light {
  if (socket === "stopped") return { colour: "red", word: "Refused", where: "Surtitle", detail };
  if (socket === "waiting") return { colour: "amber", word: "Retrying", where: "Surtitle", detail };
  if (socket === "connecting" || !session) {
    return { colour: "grey", word: "Connecting", where: "Surtitle", detail };
  }
  const where = session.remote ?? `room ${session.room}`;
  const reason = session.detail;
  switch (session.state) {
    case "live":
      return { colour: "green", word: "Live", where, detail: reason };
    case "retrying":
      return { colour: "amber", word: "Retrying", where, detail: reason };
    case "refused":
      return { colour: "red", word: "Refused", where, detail: reason };
    default:
      return { colour: "grey", word: "Connecting", where, detail: reason };
  }
}
