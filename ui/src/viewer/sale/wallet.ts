/** The sheet of what a viewer has claimed, with codes and receipts. */
import { h } from "../../shared/dom";
import { clockTime } from "../../shared/format";
import type { ClaimInfo } from "../../shared/wire";
import type { Seat, Sheet, SheetControl } from "../sheets";
import "./sale.css";
import { Shop } from "./shop";
import { words, worth } from "./words";

/** How long a copied code says so, ms. */
const SAYS = 2_000;

export function createWallet(seat: Seat, control: SheetControl): Sheet {
  const list = h("ul", { class: "wallet", "data-test": "wallet" });
  const none = h("p", { class: "shelf-none" }, words.empty);
  let drawn = "";
  Shop.of(seat).onChange(({ claims }) => {
    const now = JSON.stringify(claims);
    if (now === drawn) return;
    drawn = now;
    control.offer(claims.length > 0);
    control.badge(claims.filter(({ redeemed }) => !redeemed).length);
    none.hidden = claims.length > 0;
    list.replaceChildren(...[...claims].reverse().map(row));
  });
  const body = h("div", null, none, list);
  return { name: "wallet", label: words.wallet, icon: "ticket", body };
}

function row(claim: ClaimInfo): HTMLElement {
  const { title, code, seq, hash, at, redeemed, won, thing } = claim;
  // Of a red packet the server says what this share is worth.
  const value = thing === undefined || thing.kind === "packet" ? claim.value : worth(thing);
  const state = won ? words.won : redeemed ? words.used : undefined;
  return h(
    "li",
    { class: "wallet-claim", "data-test": "wallet-claim", "data-used": redeemed },
    h(
      "div",
      { class: "wallet-words" },
      h("b", { dir: "auto" }, value),
      h("span", { dir: "auto" }, title),
      h("span", { class: "wallet-meta" }, clockTime(at), state && h("b", null, state)),
    ),
    code !== undefined && copyable(code),
    h(
      "details",
      { class: "wallet-receipt" },
      h("summary", null, words.receipt(String(seq))),
      h("p", null, words.receiptHint),
      h("code", { "data-test": "receipt" }, `${seq}:${hash}`),
    ),
  );
}

function copyable(code: string): HTMLElement {
  const state = h("span", { role: "status" }, words.copy);
  const button = h(
    "button",
    { type: "button", class: "wallet-code" },
    h("code", { "data-test": "code" }, code),
    state,
  );
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code);
    } catch {
      // Without permission the code is there to be marked by hand.
      return;
    }
    state.textContent = words.copied;
    setTimeout(() => {
      state.textContent = words.copy;
    }, SAYS);
  });
  return button;
}
