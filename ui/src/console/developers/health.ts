import { h } from "../../shared/dom";
import { exactTime } from "../../shared/format";
import { count, listed, moment } from "../../shared/words/figures";
import { put } from "../put";
import { words } from "./hook-words";
import { fact } from "./input";
import type { Gate, Health } from "./types";

/** Green: answers. Amber: it fails, and is tried. Red: nobody is called. Grey: no address. */
export type Colour = "grey" | "green" | "amber" | "red";

/** How long a failure colours the light, in ms. */
const RECENT = 60_000;
/** More waiting events than that are a back end that does not keep up. */
const BEHIND = 100;

/** The light of a back end, with the words that say the same. Pure. */
export function hookLight(
  url: string | null,
  health: Health,
  now: number,
): { colour: Colour; word: string } {
  if (url === null) return { colour: "grey", word: words.light.none };
  const { asking, telling } = health;
  const open = [asking, telling].find((gate) => gate.is_open);
  if (open) {
    const at =
      open.tries_at === null ? words.light.now : words.light.next(exactTime(open.tries_at));
    return { colour: "red", word: words.light.stopped(at) };
  }
  const failed = [asking, telling].some((gate) => gate.last && now - gate.last.at < RECENT);
  if (failed) return { colour: "amber", word: words.light.failed };
  if (health.waiting > BEHIND) return { colour: "amber", word: words.light.behind };
  return { colour: "green", word: words.light.ready };
}

/** How the webhooks of an app fare. */
export function createHealth(): {
  element: HTMLElement;
  update: (url: string | null, health: Health) => void;
} {
  const word = h("b", { "data-test": "hook-word" });
  const light = h("p", { class: "light", role: "status", "data-test": "hook-light" });
  light.append(h("span", { class: "light-dot" }), word);
  const facts = h("dl", { class: "facts" });
  const element = h("section", { class: "panel health" }, h("h2", {}, words.health), light, facts);

  function update(url: string | null, health: Health): void {
    const { colour, word: said } = hookLight(url, health, Date.now());
    light.dataset.colour = colour;
    put(word, said);
    const { asking, telling } = health;
    facts.replaceChildren(
      fact(words.asking.flight, count(asking.in_flight)),
      fact(words.asking.failed, count(asking.failures)),
      fact(words.asking.skipped, count(asking.skipped)),
      fact(words.telling.waiting, count(health.waiting)),
      fact(words.telling.flight, count(telling.in_flight)),
      fact(words.telling.failed, count(telling.failures)),
      fact(words.telling.dropped, count(health.dropped)),
      ...last(asking, telling),
    );
  }

  return { element, update };
}

function last(...gates: readonly Gate[]): HTMLElement[] {
  const failures = gates.flatMap((gate) => (gate.last ? [gate.last] : []));
  const newest = failures.sort((a, b) => b.at - a.at)[0];
  if (!newest) return [];
  return [fact(words.lastFailure, listed([moment(newest.at), newest.command, newest.note]))];
}
