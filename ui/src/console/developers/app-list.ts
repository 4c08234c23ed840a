import { h } from "../../shared/dom";
import { createInput } from "./input";
import type { App, Apps } from "./types";
import { words } from "./words";

/** From this many apps on there is a field to find one. */
const MANY = 8;

/** What the list asks for. */
export interface ListEvents {
  pick: (id: number) => void;
  /** Makes an app; says whether it was made. */
  create: (name: string) => Promise<boolean>;
}

/** Every app, and a form for a new one. */
export function createAppList({ pick, create }: ListEvents): {
  element: HTMLElement;
  update: (apps: Apps, current: number | undefined) => void;
} {
  const list = h("ul", { class: "app-list", "data-test": "app-list" });
  const find = createInput(words.findApp, "app-find", "", { type: "search" });
  const count = h("p", { class: "hint", role: "status" });
  const name = createInput(words.newApp, "app-name", "", {
    required: true,
    maxlength: 60,
    placeholder: words.newAppName,
  });
  const make = h(
    "button",
    { type: "submit", class: "primary", "data-test": "app-create" },
    words.create,
  );
  const submit = async (event: Event) => {
    event.preventDefault();
    make.disabled = true;
    if (await create(name.field.value.trim())) name.field.value = "";
    make.disabled = false;
  };
  let known: Apps = { apps: [], limit: 0 };
  let chosen: number | undefined;
  find.field.addEventListener("input", draw);

  function draw(): void {
    const wanted = find.field.value.trim().toLowerCase();
    const fits = (app: App) => `${app.name} ${app.id}`.toLowerCase().includes(wanted);
    const focused = list.contains(document.activeElement)
      ? (document.activeElement as HTMLElement).dataset.app
      : undefined;
    list.replaceChildren(...known.apps.filter(fits).map((app) => row(app)));
    if (focused !== undefined) {
      list.querySelector<HTMLElement>(`[data-app="${focused}"]`)?.focus();
    }
    find.element.hidden = known.apps.length < MANY;
    count.textContent = words.appCount(known.apps.length, known.limit);
  }

  function row(app: App): HTMLElement {
    const button = h(
      "button",
      {
        type: "button",
        class: "app-row",
        "data-app": app.id,
        "data-test": `app-${app.id}`,
        "aria-current": app.id === chosen ? "true" : undefined,
        on: { click: () => pick(app.id) },
      },
      h("strong", {}, app.name),
      app.first && h("span", { class: "tag" }, words.first),
      h("small", {}, `${app.id} · ${words.rooms(app.groups)} · ${words.online(app.online)}`),
    );
    return h("li", {}, button);
  }

  const element = h(
    "section",
    { class: "panel apps", "aria-label": words.apps },
    h("h2", {}, words.apps),
    find.element,
    list,
    h("form", { class: "stack", on: { submit } }, name.element, make, count),
  );
  return {
    element,
    update(apps, current) {
      known = apps;
      chosen = current;
      draw();
    },
  };
}
