/** The view Emotes: the host's small pictures that stand in text as `:code:`. */

import { h } from "../../shared/dom";
import { emotes, withEmotes } from "../../shared/emotes";
import { createApi, path } from "../developers/api";
import type { Control, View } from "../state";
import { createForm } from "./form";
import { createTile } from "./tile";

/** Most emotes; core's `emote::EMOTES`. */
const LIMIT = 500;

export function createEmotes(control: Control): View {
  const api = createApi(control.notify);
  const list = h("ul", { class: "emote-tiles", "data-test": "emotes" });
  const count = h("span", { class: "hint", "data-test": "emote-count" });
  const none = h("p", { class: "empty" }, "No emotes yet. Put up a picture and write its code.");
  const line = h("input", {
    type: "text",
    maxlength: 300,
    "aria-label": "Text to try emotes in",
    "data-test": "emote-try",
  });
  const shown = [
    h("p", { class: "emote-tried on-dark" }),
    h("p", { class: "emote-tried on-light" }),
  ] as const;
  /** By all that is known of their emotes. */
  const tiles = new Map<string, HTMLElement>();
  let known: ReturnType<typeof emotes> | undefined;

  const did = async (what: () => Promise<unknown>) => (await api.attempt(what)) !== undefined;
  const form = createForm({
    used: (code) => emotes().has(code),
    put: (code, picture) => {
      const body = typeof picture === "string" ? { url: picture } : picture;
      return did(() => api.call("PUT", path("emotes", code), body));
    },
    refuse: (text) => control.notify({ kind: "error", text }),
  });
  const events = {
    rename: (code: string, to: string) =>
      did(() => api.call("PATCH", path("emotes", code), { code: to })),
    remove: (code: string) => did(() => api.call("DELETE", path("emotes", code))),
  };

  function attempt(): void {
    for (const tried of shown) tried.replaceChildren(...withEmotes(line.value));
  }
  line.addEventListener("input", attempt);

  /** Draws what changed; a tile that did not is left as it is, with whatever is typed in it. */
  function draw(): void {
    const all = [...emotes().values()].sort((a, b) => a.code.localeCompare(b.code, "en"));
    const kept = new Map(tiles);
    tiles.clear();
    for (const emote of all) {
      const key = JSON.stringify(emote);
      tiles.set(key, kept.get(key) ?? createTile(emote, events));
      kept.delete(key);
    }
    for (const gone of kept.values()) gone.remove();
    for (const [place, tile] of [...tiles.values()].entries()) {
      if (list.children[place] !== tile) list.insertBefore(tile, list.children[place] ?? null);
    }
    count.textContent = `${all.length} of ${LIMIT}`;
    none.hidden = all.length > 0;
    if (line.value === "" && all[0]) line.value = `Well played :${all[0].code}: that was close`;
    attempt();
  }

  return {
    element: h(
      "div",
      { class: "view emotes" },
      h("div", { class: "emotes-head" }, h("h1", {}, "Emotes"), count),
      h(
        "p",
        { class: "hint" },
        "Anybody who writes the code between colons shows the picture: on the overlay, here and in the chat. " +
          "The pictures are drawn anew and kept by Surtitle.",
      ),
      form,
      h("section", { class: "panel emote-try" }, h("h2", {}, "Try"), line, ...shown),
      h("section", { class: "panel" }, h("h2", {}, "All"), none, list),
    ),
    update() {
      // A set that changed is another map.
      if (known === emotes()) return;
      known = emotes();
      draw();
    },
  };
}
