import { h } from "../../shared/dom";
import { money } from "../../shared/format";
import { type Api, path, Refused } from "./api";
import { createInput } from "./input";
import type { Mapping, Meaning } from "./types";

/** How long after the last key it is tried, in ms. */
const PAUSE = 300;

/** A meaning in words. Pure. */
export function meaningWords({ becomes, body, likes, order }: Meaning): string {
  switch (becomes) {
    case "comment":
      return `A comment: ${body.text ?? ""}`;
    case "paid":
      return `A paid comment, if an admin or the back end sends it: ${body.paid ? money(body.paid) : ""} ${body.text ?? ""}`;
    case "gift":
      return `A gift: ${body.gift ?? ""} ×${body.count ?? 1}`;
    case "like":
      return likes === 1 ? "1 like" : `${likes} likes`;
    case "follow":
      return "A follow";
    default:
      return order
        ? "An order to mute or remove members"
        : "Nothing on the picture; SDKs get it as it is";
  }
}

/** A box that shows what a sample message would become, under rules not saved yet too. */
export function createTry(
  api: Api,
  what: () => { app: number; mapping: Mapping },
): { element: HTMLElement; run: () => void } {
  const data = h("textarea", {
    id: "try-data",
    rows: 3,
    spellcheck: "false",
    autocapitalize: "off",
    "data-test": "try-data",
  });
  data.value = '{"cmd":"like","n":3}';
  const ext = createInput("Ext (extension)", "try-ext");
  const result = h("p", { class: "try-result", role: "status", "data-test": "try-result" });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;

  function run(): void {
    clearTimeout(timer);
    timer = setTimeout(attempt, PAUSE);
  }

  async function attempt(): Promise<void> {
    turn += 1;
    const mine = turn;
    const { app, mapping } = what();
    const sample = { data: data.value, extension: ext.field.value, mapping };
    try {
      const meaning = await api.call<Meaning>("POST", path("apps", app, "mapping", "try"), sample);
      if (mine === turn) show(meaningWords(meaning), true);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (mine === turn) show(error.message, false);
    }
  }

  function show(words: string, good: boolean): void {
    result.textContent = words;
    result.dataset.colour = good ? "green" : "red";
  }

  data.addEventListener("input", run);
  ext.field.addEventListener("input", run);
  const element = h(
    "section",
    { class: "panel" },
    h("h2", {}, "Try it"),
    h("div", { class: "input" }, h("label", { for: "try-data" }, "Data of a custom message"), data),
    ext.element,
    h("p", { class: "hint" }, "On the picture it would be:"),
    result,
  );
  return { element, run };
}
