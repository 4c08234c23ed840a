/** What the views are given: everything known now, and what they may ask for. */

import type { SocketState } from "../shared/socket";
import type { HostCommand, Limits, Role, Sender } from "../shared/wire";
import type { Desk } from "./desk";
import type { Action } from "./keys";
import type { Mutes } from "./mutes";
import type { Notice } from "./notices";

/** Everything known now. A new object after every change. */
export interface State {
  readonly desk: Desk;
  readonly role: Role;
  readonly limits: Limits | undefined;
  readonly mutes: Mutes;
  readonly socket: SocketState;
  /** Why the line is not open, for people. */
  readonly detail: string | undefined;
}

/** What a view may ask for. */
export interface Control {
  /** Sends a command; a refusal is shown, and `false` comes back. */
  run: (command: HostCommand, news?: string) => Promise<boolean>;
  /** Mutes somebody, with a way back. */
  mute: (who: Sender, seconds: number) => void;
  /** Shows a message. */
  notify: (notice: Notice) => void;
}

/** One page of the console. */
export interface View {
  readonly element: HTMLElement;
  update: (state: State) => void;
  /** Comes to the front (`true`) or leaves it. */
  show?: (on: boolean) => void;
  /** A key; says whether it was used. */
  key?: (action: Action) => boolean;
}
