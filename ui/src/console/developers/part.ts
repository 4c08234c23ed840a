/** What every part of the page is given and gives. */

import type { Notice } from "../notices";
import type { Api } from "./api";
import type { App } from "./types";

/** What a part may ask for. */
export interface Around {
  readonly api: Api;
  readonly notify: (notice: Notice) => void;
  /** Something about the apps changed: the list is read again. */
  readonly changed: () => Promise<void>;
}

/** One tab of an app. */
export interface Part {
  readonly element: HTMLElement;
  /** Shows this app; called again when it changed. */
  open: (app: App) => void;
  /** Comes to the front, or leaves it. */
  show?: (on: boolean) => void;
}
