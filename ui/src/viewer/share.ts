/** The sheet that sends others here: the link, its code, and the phone's own way to share. */
import { copyText } from "../shared/clipboard";
import { h } from "../shared/dom";
import { qrCode } from "../shared/qr";
import { words } from "../shared/words/viewer";
import type { Seat, Sheet } from "./sheets";

export function createShareSheet(_: Seat): Sheet {
  const say = words.share;
  // Whatever came behind the path is this reader's own.
  const address = `${location.origin}${location.pathname}`;
  const link = h("input", {
    id: "share-link",
    class: "link-field",
    type: "text",
    readonly: true,
    value: address,
    "data-test": "share-link",
  });
  link.addEventListener("focus", () => link.select());
  const told = h("p", { class: "hint", role: "status" });
  const copy = h(
    "button",
    { type: "button", class: "primary", "data-test": "share-copy" },
    say.copy,
  );
  copy.addEventListener("click", async () => {
    const copied = await copyText(address);
    told.textContent = copied ? say.copied : say.notCopied;
    if (!copied) link.select();
  });
  const more = h("button", { type: "button", class: "quiet", hidden: !navigator.share }, say.send);
  more.addEventListener("click", () => {
    // Turned down, or not possible here: the link is still there.
    navigator.share({ title: document.title, url: address }).catch(() => {});
  });
  const frame = h("div", { class: "code" });
  return {
    name: "share",
    label: say.title,
    icon: "share",
    body: h(
      "div",
      { class: "share" },
      frame,
      h(
        "div",
        { class: "share-link" },
        h("label", { for: "share-link" }, say.link),
        link,
        h("div", { class: "share-ways" }, copy, more),
        told,
        isHere(location.hostname) && h("p", { class: "hint" }, say.local),
      ),
    ),
    opened: () => {
      if (!frame.hasChildNodes()) frame.append(qrCode(address, say.code));
    },
  };
}

/** Whether an address is this machine's own and nobody else's. */
function isHere(host: string): boolean {
  return host === "localhost" || host.startsWith("127.") || host === "[::1]";
}
