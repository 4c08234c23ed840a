import { h } from "../../shared/dom";
import { money } from "../../shared/words/figures";
import { refusal } from "../refusal";
import { type Api, path, Refused } from "./api";
import { createInput } from "./input";
import { words } from "./rule-words";
import type { Mapping, Meaning } from "./types";

/** How long after the last key it is tried, in ms. */
const PAUSE = 300;

/** A meaning in words. Pure. */
export function meaningWords({ becomes, body, likes, order }: Meaning): string {
  switch (becomes) {
    case "comment":
      return words.meaning.comment(body.text ?? "");
    case "paid":
      return words.meaning.paid(body.paid ? money(body.paid) : "", body.text ?? "");
    case "gift":
      return words.meaning.gift(body.gift ?? "", body.count ?? 1);
    case "like":
      return words.meaning.like(likes);
    case "follow":
      return words.meaning.follow;
    default:
      return order ? words.meaning.order : words.meaning.nothing;
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
  const ext = createInput(words.ext, "try-ext");
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
      if (mine === turn) show(refusal(error.message, error.code), false);
    }
  }

  function show(said: string, good: boolean): void {
    result.textContent = said;
    result.dataset.colour = good ? "green" : "red";
  }

  data.addEventListener("input", run);
  ext.field.addEventListener("input", run);
  const element = h(
    "section",
    { class: "panel" },
    h("h2", {}, words.tryIt),
    h("div", { class: "input" }, h("label", { for: "try-data" }, words.data), data),
    ext.element,
    h("p", { class: "hint" }, words.wouldBe),
    result,
  );
  return { element, run };
}
