import { h } from "../../shared/dom";
import type { ObsInfo } from "../../shared/wire";
import { put, putAttribute } from "../put";
import { obsLight } from "./light";

/** The OBS light of the top bar: colour, word, and the next step where one is needed. */
export function createObsStatus(): {
  element: HTMLElement;
  update: (info: ObsInfo | undefined) => void;
} {
  const word = h("strong");
  const why = h("span", { class: "light-why" });
  const element = h(
    "div",
    { class: "light obs-light", role: "status", "data-test": "obs-state" },
    h("span", { class: "light-dot", "aria-hidden": "true" }),
    h("span", { class: "light-what" }, "OBS"),
    word,
    " ",
    why,
  );
  return {
    element,
    update(info) {
      const light = obsLight(info);
      putAttribute(element, "data-colour", light.colour);
      putAttribute(element, "data-obs", info?.state ?? "connecting");
      putAttribute(element, "title", [light.where, light.words].filter(Boolean).join(" – "));
      put(word, light.word);
      put(why, light.colour === "green" ? light.where : light.words);
    },
  };
}
