import { h } from "../shared/dom";
import { qrCode } from "../shared/qr";
import { createLinkBox } from "./link-box";
import type { State } from "./state";
import { words as connect } from "./words/connect";

const words = connect.viewers;

/** The link for the audience, and a code for their phones. */
export function createViewers(): { element: HTMLElement; update: (state: State) => void } {
  const link = createLinkBox(words.link, { link: "viewer-link", copy: "copy-viewer" });
  const frame = h("div", { class: "qr" });
  const local = h(
    "p",
    { class: "hint" },
    words.local.before,
    h("code", {}, "--listen 0.0.0.0:8787"),
    words.local.after,
  );
  let drawn: string | undefined;

  function update({ desk: { stats } }: State): void {
    if (!stats) return;
    const address = new URL(stats.viewer_path, location.href);
    link.set(address.href);
    local.hidden = !isLoopback(address.hostname);
    if (drawn === address.href) return;
    drawn = address.href;
    frame.replaceChildren(qrCode(address.href, words.qr));
  }

  const element = h(
    "section",
    { class: "panel viewers" },
    h("h2", {}, words.title),
    frame,
    h("div", { class: "viewers-text" }, link.element, local),
  );
  return { element, update };
}

/** Whether an address is this machine's own and nobody else's. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname.startsWith("127.") ||
    hostname === "[::1]"
  );
}
