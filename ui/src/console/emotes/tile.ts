/** One emote in the list: its picture, its code to change, its way out. */

import { h } from "../../shared/dom";
import { emoteImage } from "../../shared/emotes";
import type { Emote } from "../../shared/wire";
import { createConfirm } from "../developers/confirm";
import { CODE_LIMIT, isCode } from "./code";
import { words } from "./words";

/** What a tile asks for; each says whether it happened. */
export interface TileEvents {
  rename: (code: string, to: string) => Promise<boolean>;
  remove: (code: string) => Promise<boolean>;
}

export function createTile(emote: Emote, { rename, remove }: TileEvents): HTMLElement {
  const { code, frames } = emote;
  const field = h("input", {
    type: "text",
    value: code,
    maxlength: CODE_LIMIT,
    spellcheck: "false",
    autocomplete: "off",
    autocapitalize: "off",
    "aria-label": words.codeOf(code),
    "data-test": "emote-code",
  });
  field.addEventListener("input", () => {
    field.setAttribute("aria-invalid", String(!isCode(field.value)));
  });
  const back = () => {
    field.value = code;
    field.removeAttribute("aria-invalid");
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") field.blur();
    else if (event.key === "Escape") back();
  });
  field.addEventListener("change", async () => {
    const to = field.value.trim();
    if (to !== code && !(isCode(to) && (await rename(code, to)))) back();
  });
  const moves = frames ? words.frames(frames.count) : words.still;
  return h(
    "li",
    { class: "emote-tile", "data-test": "emote", "data-code": code },
    h("div", { class: "emote-shown" }, emoteImage(emote)),
    h("div", { class: "emote-named" }, ":", field, ":"),
    h("small", {}, words.size(emote.width, emote.height, moves)),
    createConfirm(words.remove, words.removeSure(code), "emote-delete", () => remove(code)),
  );
}
