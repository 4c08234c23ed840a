import { h } from "../shared/dom";
import type { Look } from "../shared/wire";
import { DEFAULT_LOOK } from "../shared/wire/default-look";
import { createApi } from "./developers/api";
import { Draft, SETTLE_MS } from "./draft";
import { createField, type Field, type FieldEvents, switchField } from "./field";
import { createListen } from "./listen";
import { createMiniature } from "./miniature";
import { mainFirst } from "./overlays";
import { GROUPS, valueAt } from "./settings";
import type { Control, State, View } from "./state";
import { loadThemes } from "./theme/list";
import { Throttle } from "./throttle";
import { words } from "./words/look";
import { words as picture } from "./words/picture";

/** Looks are sent at most this often while a slider moves, ms. */
const SEND_EVERY = 60;

/** Settings of one overlay, applied while they are moved, with the overlay beside them. */
export function createLook(control: Control): View {
  const choice = h("select", { "aria-label": words.overlay, "data-test": "look-overlay" });
  const miniature = createMiniature();
  const api = createApi(control.notify);
  // The look is taken when it is sent, so that it holds what others set meanwhile.
  const send = new Throttle<{ overlay: string; draft: Draft }>(SEND_EVERY, (next) => {
    void control.run({
      do: "look",
      overlay: next.overlay,
      look: next.draft.look(performance.now()),
    });
  });
  let state: State | undefined;
  let overlay: string | undefined;
  let draft: Draft | undefined;
  let front = false;
  let settling: ReturnType<typeof setTimeout> | undefined;

  const events: FieldEvents = {
    change(path, value) {
      if (!draft || overlay === undefined) return;
      draft.set(path, value, performance.now());
      send.push({ overlay, draft });
      later();
    },
    hold(path, held) {
      draft?.hold(held ? path : undefined, performance.now());
      if (!held) later();
    },
  };
  const listen = createListen(() => draft?.look(performance.now()));
  const fields: Field[] = [];
  const groups = GROUPS.map(({ title, on, settings }) => {
    const heading = h("h2", {}, title);
    const inner = settings.map((setting) => createField(setting, events));
    fields.push(...inner);
    const rows = listen.rows(on, inner);
    if (on === undefined) return group(heading, rows);
    const layer = switchField(on, title, events);
    fields.push(layer);
    return group(layer.element, rows, "layer");
  });

  /** Shows what the server made of a value once it counts again. */
  function later(): void {
    clearTimeout(settling);
    settling = setTimeout(draw, SETTLE_MS + 20);
  }

  function choose(name: string | undefined): void {
    if (name !== overlay) {
      send.flush();
      overlay = name;
      draft = undefined;
    }
    const info = state?.desk.stats?.displays.find((display) => display.name === overlay);
    if (info && draft) draft.receive(info.look);
    else if (info) draft = new Draft(info.look);
    draw();
  }

  function draw(): void {
    const look = draft?.look(performance.now());
    if (look) {
      for (const field of fields) {
        const value = valueAt(look, field.path);
        if (value !== undefined) field.set(value);
      }
    }
    miniature.show(front ? overlay : undefined);
  }

  choice.addEventListener("change", () => choose(choice.value));
  const reset = h("button", { type: "button", class: "quiet", "data-test": "look-reset" });
  reset.append(words.reset);
  reset.addEventListener("click", () => {
    if (!draft || overlay === undefined) return;
    const target = overlay;
    const before = draft.look(performance.now());
    const edited = draft;
    const apply = (look: Look) => {
      edited.setAll(look, performance.now());
      send.push({ overlay: target, draft: edited });
      draw();
      later();
    };
    apply(DEFAULT_LOOK);
    const text = words.wasReset(target);
    control.notify({ kind: "news", text, undo: () => apply(before) });
  });

  const element = h(
    "div",
    { class: "view look" },
    h("div", { class: "look-head" }, h("h1", {}, words.title), choice, reset),
    h("div", { class: "look-fields" }, ...groups),
    h(
      "aside",
      { class: "look-picture", "aria-label": picture.onPicture },
      miniature.element,
      h("p", { class: "hint" }, words.atOnce),
    ),
  );
  return {
    element,
    update(next) {
      state = next;
      const names = mainFirst(next.desk.stats?.displays ?? []).map(({ name }) => name);
      if ([...choice.options].map((option) => option.value).join(" ") !== names.join(" ")) {
        choice.replaceChildren(...names.map((name) => h("option", { value: name }, name)));
      }
      const name = overlay !== undefined && names.includes(overlay) ? overlay : names[0];
      if (name !== undefined) choice.value = name;
      choose(name);
    },
    show(on) {
      front = on;
      if (on) void loadThemes(api);
      else {
        send.flush();
        listen.stop();
      }
      draw();
    },
  };
}

function group(head: HTMLElement, rows: readonly HTMLElement[], kind = ""): HTMLElement {
  return h("section", { class: `panel group ${kind}` }, head, ...rows);
}
