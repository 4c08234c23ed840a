import { h } from "../shared/dom";
import { isShell } from "../shared/shell";
import { createComputerPanel } from "./computer/panel";
import { createDesktopPanel } from "./desktop";
import { createDisplays } from "./displays";
import { createLanguageChoice } from "./language";
import { createObsPanel } from "./obs/panel";
import { createPairForm } from "./pairing";
import { createRemote } from "./remote";
import type { Control, View } from "./state";
import { createStream } from "./stream";
import { createViewers } from "./viewers";
import { words as frame } from "./words/frame";
import { words } from "./words/line";

/** Everything that joins Surtitle to OBS, to viewers and to another server. */
export function createConnect(
  control: Control,
  role: "host" | "helper",
  onSignOut: (() => void) | undefined,
): View {
  const viewers = createViewers();
  const obs = role === "host" ? createObsPanel(control) : undefined;
  const displays = role === "host" ? createDisplays(control) : undefined;
  const desktop = isShell() ? createDesktopPanel() : undefined;
  const computer = isShell() ? createComputerPanel() : undefined;
  const remote = role === "host" ? createRemote(control) : undefined;
  const stream = role === "host" ? createStream(control) : undefined;
  const leave = h("button", { type: "button", class: "quiet", "data-test": "sign-out" });
  leave.append(words.signOut);
  if (onSignOut) leave.addEventListener("click", onSignOut);
  const self = h(
    "section",
    { class: "panel" },
    h("h2", {}, words.self),
    h("p", {}, words.role[role]),
    h(
      "div",
      { class: "inline-form" },
      h("label", { for: "console-language" }, frame.language),
      createLanguageChoice("console-language"),
    ),
    onSignOut !== undefined && leave,
  );
  const element = h(
    "div",
    { class: "view connect" },
    h("h1", {}, frame.views.connect),
    h(
      "div",
      { class: "connect-columns" },
      displays && h("div", {}, obs?.element, displays.element, createPairForm(control)),
      h(
        "div",
        {},
        desktop?.element,
        computer?.element,
        viewers.element,
        stream?.element,
        remote?.element,
        self,
      ),
    ),
  );
  return {
    element,
    show(on) {
      obs?.show(on);
      desktop?.show(on);
    },
    update(state) {
      obs?.update(state);
      displays?.update(state);
      viewers.update(state);
      computer?.update(state);
      stream?.update(state);
      remote?.update(state);
    },
  };
}
