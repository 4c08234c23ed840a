/** The view Emotes: the host's small pictures that stand in text as `:code:`. */

import { h } from "../../shared/dom";
import { emotes, withEmotes } from "../../shared/emotes";
import { createApi, path } from "../developers/api";
import type { Control, View } from "../state";
import { createForm } from "./form";
import { createTile } from "./tile";
import { words } from "./words";

/** Most emotes; core's `emote::EMOTES`. */
const LIMIT = 500;

export function createEmotes(control: Control): View {
  const api = createApi(control.notify);
  const list = h("ul", { class: "emote-tiles", "data-test": "emotes" });
  const count = h("span", { class: "hint", "data-test": "emote-count" });
  const none = h("p", { class: "empty" }, words.none);
  const line = h("input", {
    type: "text",
    maxlength: 300,
    "aria-label": words.tryLabel,
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
    count.textContent = words.count(all.length, LIMIT);
    none.hidden = all.length > 0;
    if (line.value === "" && all[0]) line.value = words.sample(`:${all[0].code}:`);
    attempt();
  }

  return {
    element: h(
      "div",
      { class: "view emotes" },
      h("div", { class: "emotes-head" }, h("h1", {}, words.title), count),
      h("p", { class: "hint" }, words.hint),
      form,
      h("section", { class: "panel emote-try" }, h("h2", {}, words.try), line, ...shown),
      h("section", { class: "panel" }, h("h2", {}, words.all), none, list),
    ),
    update() {
      // A set that changed is another map.
      if (known === emotes()) return;
      known = emotes();
      draw();
    },
  };
}
