/** The on-air light: one colour and the words that say the same. */

import type { SocketState } from "../shared/socket";
import type { SessionInfo } from "../shared/wire";
import { why } from "./why";
import { words } from "./words/frame";

/** Green: messages flow. Amber: it mends itself. Red: somebody must act. Grey: starting. */
export type Colour = "grey" | "green" | "amber" | "red";

/** What the light shows. */
export interface Light {
  readonly colour: Colour;
  /** What the page stands on, whatever the language. */
  readonly state: keyof typeof words.states;
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
  if (socket !== "open") {
    return made(LINE[socket], "Surtitle", detail);
  }
  if (!session) return made("connecting", "Surtitle", detail);
  return made(session.state, session.remote ?? words.room(session.room), session.detail);
}

const COLOURS: Readonly<Record<Light["state"], Colour>> = {
  live: "green",
  connecting: "grey",
  retrying: "amber",
  refused: "red",
};

/** What the page's own line says while it is not open. */
const LINE = { stopped: "refused", waiting: "retrying", connecting: "connecting" } as const;

function made(state: Light["state"], where: string, detail: string | undefined): Light {
  return {
    state,
    colour: COLOURS[state],
    word: words.states[state],
    where,
    detail: detail === undefined ? detail : why(detail),
  };
}
