import { h } from "../../shared/dom";
import { moment } from "../../shared/words/figures";
import { path } from "./api";
import { createConfirm } from "./confirm";
import { createInput, fact } from "./input";
import type { Around, Part } from "./part";
import { createSettings } from "./settings";
import type { App } from "./types";
import { words } from "./words";

const say = words.key;

/** What an app is: its name, key and admins, and its end. */
export function createKey(around: Around, onKey: (app: App, key: string) => void): Part {
  const { api, notify, changed } = around;
  const settings = createSettings(around);
  let app: App | undefined;
  const id = h("b", { "data-test": "sdkappid" });
  const made = h("span");
  const name = createInput(words.name, "app-rename", "", { required: true, maxlength: 60 });
  const admins = createInput(say.admins, "app-admins", say.adminsHint, { required: true });
  const fixed = h("p", { class: "hint" }, ...say.fixed(h("code", {}, "admins")));
  const save = h("button", { type: "submit", "data-test": "app-save" }, words.save);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!app) return;
    const list = admins.field.value.split(",").map((one) => one.trim());
    const change = {
      name: name.field.value.trim(),
      ...(app.first ? {} : { admins: list.filter((one) => one !== "") }),
    };
    const at = path("apps", app.id);
    save.disabled = true;
    const done = await api.attempt(() => api.call<App>("PATCH", at, change));
    save.disabled = false;
    if (!done) return;
    notify({ kind: "news", text: say.saved });
    await changed();
  };

  async function rotate(): Promise<void> {
    if (!app) return;
    const [mine, at] = [app, path("apps", app.id, "key")];
    const done = await api.attempt(() => api.call<{ secret_key: string }>("POST", at));
    if (done) onKey(mine, done.secret_key);
  }

  const again = createInput(say.writeName, "app-delete-name", "", {
    required: true,
  });
  const remove = h(
    "button",
    { type: "submit", class: "danger", "data-test": "app-delete" },
    say.delete,
  );
  const end = async (event: Event) => {
    event.preventDefault();
    if (!app) return;
    const [mine, at] = [app, path("apps", app.id)];
    remove.disabled = true;
    const confirmation = { name: again.field.value };
    const done = await api.attempt(() => api.call("DELETE", at, confirmation));
    remove.disabled = false;
    if (!done) return;
    notify({ kind: "news", text: say.gone(mine.name) });
    await changed();
  };
  const ending = h(
    "form",
    { class: "panel ending", on: { submit: end } },
    h("h2", {}, say.end),
    h("p", {}, say.endHint),
    again.element,
    remove,
  );

  const element = h(
    "div",
    { class: "part" },
    h(
      "section",
      { class: "panel" },
      h("h2", {}, say.title),
      h("dl", { class: "facts" }, fact("SDKAppID", id), fact(say.made, made)),
      h("p", { class: "hint" }, say.hint),
      createConfirm(say.again, say.againSure, "key-rotate", rotate),
    ),
    h(
      "form",
      { class: "panel", on: { submit } },
      h("h2", {}, say.nameAndAdmins),
      name.element,
      admins.element,
      fixed,
      save,
    ),
    settings.element,
    ending,
  );
  return {
    element,
    open(next) {
      const other = app?.id !== next.id;
      app = next;
      id.textContent = String(next.id);
      made.textContent = next.created > 0 ? moment(next.created) : say.withServer;
      const typing = element.contains(document.activeElement) && !other;
      if (!typing) {
        name.field.value = next.name;
        admins.field.value = next.admins.join(", ");
      }
      if (other) {
        again.field.value = "";
        void settings.open(next);
      }
      admins.field.disabled = next.first;
      fixed.hidden = !next.first;
      ending.hidden = next.first;
    },
  };
}
