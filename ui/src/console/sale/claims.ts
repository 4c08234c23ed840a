/** The last claims, the whole list as a file, and where the ledger stands. */
import { h } from "../../shared/dom";
import { exactTime } from "../../shared/format";
import { shellToken } from "../../shared/shell";
import type { ClaimInfo, SaleDesk } from "../../shared/wire";
import { put } from "../put";
import type { Control } from "../state";
import { kept } from "../token";
import { action } from "./form";
import { words } from "./words";
import { claimWords } from "./worth";

export function createClaims(control: Control, host: boolean) {
  const body = h("tbody", { "data-test": "sale-claims" });
  const none = h("p", { class: "hint" }, words.noClaims);
  const head = (label: string) => h("th", { scope: "col" }, label);
  const table = h(
    "table",
    { class: "sale-claims" },
    h("thead", {}, h("tr", {}, ...[words.entry, words.time, words.who, words.how].map(head))),
    body,
  );
  const ledger = h("p", { class: "hint", "data-test": "sale-ledger" });
  const csv = action(
    words.exportCsv,
    "sale-csv",
    () => void download(control, "claims.csv", "text/csv"),
  );
  const json = action(
    words.exportLedger,
    "sale-json",
    () => void download(control, "ledger", "application/json"),
  );
  const fault = h("p", { class: "problem", role: "alert" });
  let drawn = 0;

  function row(claim: ClaimInfo, offers: SaleDesk["offers"]): HTMLElement {
    const cell = (text: string) => h("td", { dir: "auto" }, text);
    return h(
      "tr",
      { "data-used": claim.redeemed },
      cell(String(claim.seq)),
      cell(exactTime(claim.at)),
      h(
        "td",
        {},
        h("bdi", {}, claim.nick ?? ""),
        h("span", { class: "note", dir: "auto" }, `${claimWords(claim, offers)} · ${claim.title}`),
      ),
      cell(claim.redeemed ? words.used : words.hows[claim.how]),
    );
  }

  return {
    element: h(
      "section",
      { class: "panel" },
      h("h2", {}, words.claims),
      fault,
      none,
      h(
        "div",
        { class: "sale-scroll", tabindex: 0, role: "region", "aria-label": words.claims },
        table,
      ),
      ledger,
      host && h("div", { class: "buttons" }, csv, json),
    ),
    update(desk: SaleDesk): void {
      put(fault, desk.fault === undefined ? "" : words.fault(desk.fault));
      put(ledger, words.ledger(desk.entries, desk.hash.slice(0, 16)));
      none.hidden = desk.claims.length > 0;
      table.hidden = desk.claims.length === 0;
      if (desk.entries === drawn) return;
      drawn = desk.entries;
      body.replaceChildren(...desk.claims.map((claim) => row(claim, desk.offers)));
    },
  };
}

/** Fetches a file of the sale with the console's token, and keeps it. */
export async function download(control: Control, file: string, type: string): Promise<void> {
  const token = shellToken() ?? kept() ?? "";
  try {
    const response = await fetch(`/api/sale/${file}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    const blob = new Blob([await response.arrayBuffer()], { type });
    const address = URL.createObjectURL(blob);
    const name = file.replace("/", "-");
    h("a", { href: address, download: name.includes(".") ? name : `${name}.json` }).click();
    URL.revokeObjectURL(address);
  } catch {
    control.notify({ kind: "error", text: words.lost });
  }
}
