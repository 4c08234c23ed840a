import { h } from "../../shared/dom";
import { clockTime, exactTime, grouped } from "../../shared/format";
import { put } from "../put";
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
  if (url === null) return { colour: "grey", word: "No back end" };
  const { asking, telling } = health;
  const open = [asking, telling].find((gate) => gate.is_open);
  if (open) {
    const at = open.tries_at === null ? "trying now" : `next try ${exactTime(open.tries_at)}`;
    return { colour: "red", word: `Not called after too many failures, ${at}` };
  }
  const failed = [asking, telling].some((gate) => gate.last && now - gate.last.at < RECENT);
  if (failed) return { colour: "amber", word: "A call failed within the last minute" };
  if (health.waiting > BEHIND) return { colour: "amber", word: "Behind with the events" };
  return { colour: "green", word: "Ready" };
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
  const element = h("section", { class: "panel health" }, h("h2", {}, "Health"), light, facts);

  function update(url: string | null, health: Health): void {
    const { colour, word: said } = hookLight(url, health, Date.now());
    light.dataset.colour = colour;
    put(word, said);
    const { asking, telling } = health;
    facts.replaceChildren(
      fact("Questions in flight", grouped(asking.in_flight)),
      fact("Questions failed", grouped(asking.failures)),
      fact("Questions not put", grouped(asking.skipped)),
      fact("Events waiting", grouped(health.waiting)),
      fact("Events in flight", grouped(telling.in_flight)),
      fact("Events failed", grouped(telling.failures)),
      fact("Events dropped", grouped(health.dropped)),
      ...last(asking, telling),
    );
  }

  return { element, update };
}

function last(...gates: readonly Gate[]): HTMLElement[] {
  const failures = gates.flatMap((gate) => (gate.last ? [gate.last] : []));
  const newest = failures.sort((a, b) => b.at - a.at)[0];
  if (!newest) return [];
  return [fact("Last failure", `${clockTime(newest.at)}, ${newest.command}: ${newest.note}`)];
}
