import { h } from "../shared/dom";
import type { PairingInfo } from "../shared/wire";
import { span } from "../shared/words/figures";
import { put } from "./put";
import type { Control, State } from "./state";
import { words as connect } from "./words/connect";

const words = connect.pairing;

/** `482 913`: easier to compare with the code on the page. */
export function spaced(code: string): string {
  return code.replace(/^(\d{3})(\d{3})$/, "$1 $2");
}

/** Pages that wait for the host, one line each; used in the banner of every view. */
export function createPairingBanner(control: Control): {
  element: HTMLElement;
  update: (state: State) => void;
} {
  const element = h("div", { class: "banner", role: "status", "data-test": "pairing-banner" });
  const lines = new Map<string, { element: HTMLElement; left: HTMLElement }>();
  const dismissed = new Set<string>();

  function line({ code, overlay }: PairingInfo) {
    const left = h("span", { class: "note" });
    const confirm = h("button", {
      type: "button",
      class: "primary",
      "data-test": "pairing-confirm",
    });
    confirm.append(words.confirm);
    confirm.dataset.code = code;
    confirm.addEventListener("click", () => {
      void control.run({ do: "confirm_pair", code }, words.paired(overlay));
    });
    const dismiss = h("button", { type: "button", class: "quiet" }, words.dismiss);
    const made = {
      left,
      element: h(
        "p",
        { "data-test": "pairing" },
        h("span", {}, words.wants.before, h("strong", {}, overlay), words.wants.after),
        h("b", { class: "pair-digits" }, spaced(code)),
        left,
        confirm,
        dismiss,
      ),
    };
    dismiss.addEventListener("click", () => {
      dismissed.add(code);
      made.element.remove();
      element.hidden = element.childElementCount === 0;
    });
    return made;
  }

  function update({ desk: { stats }, role }: State): void {
    const pairings = role === "host" ? (stats?.pairings ?? []) : [];
    const codes = new Set(pairings.map((pairing) => pairing.code));
    for (const [code, made] of lines) {
      if (codes.has(code)) continue;
      made.element.remove();
      lines.delete(code);
      dismissed.delete(code);
    }
    for (const pairing of pairings) {
      if (dismissed.has(pairing.code)) continue;
      const made = lines.get(pairing.code) ?? line(pairing);
      if (!lines.has(pairing.code)) element.append(made.element);
      lines.set(pairing.code, made);
      put(made.left, words.left(span(pairing.until - (stats?.now ?? pairing.until))));
    }
    element.hidden = element.childElementCount === 0;
  }

  element.hidden = true;
  return { element, update };
}

/** A field for the code a page shows. */
export function createPairForm(control: Control): HTMLElement {
  const field = h("input", {
    type: "text",
    id: "pair-code",
    inputmode: "numeric",
    autocomplete: "off",
    placeholder: "000 000",
    maxlength: 7,
    required: true,
    "data-test": "pair-code",
  });
  const submit = async (event: Event) => {
    event.preventDefault();
    const code = field.value.replace(/\D/g, "");
    if (code.length !== 6) {
      control.notify({ kind: "error", text: words.sixDigits });
      return;
    }
    if (await control.run({ do: "confirm_pair", code }, words.pagePaired)) field.value = "";
  };
  return h(
    "section",
    { class: "panel" },
    h("h2", {}, words.title),
    h(
      "form",
      { class: "inline-form", on: { submit } },
      h("label", { for: "pair-code" }, words.code),
      field,
      h("button", { type: "submit", class: "primary", "data-test": "pair-confirm" }, words.confirm),
    ),
    h("p", { class: "hint" }, words.stays),
  );
}
