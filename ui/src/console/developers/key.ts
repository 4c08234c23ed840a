import { h } from "../../shared/dom";
import { path } from "./api";
import { createConfirm } from "./confirm";
import { createInput, fact } from "./input";
import type { Around, Part } from "./part";
import { createSettings } from "./settings";
import type { App } from "./types";

/** What an app is: its name, key and admins, and its end. */
export function createKey(around: Around, onKey: (app: App, key: string) => void): Part {
  const { api, notify, changed } = around;
  const settings = createSettings(around);
  let app: App | undefined;
  const id = h("b", { "data-test": "sdkappid" });
  const made = h("span");
  const name = createInput("Name", "app-rename", "", { required: true, maxlength: 60 });
  const admins = createInput(
    "Admins",
    "app-admins",
    "1 to 5 UserIDs with commas between them. They may use the REST API, and everything in any room.",
    { required: true },
  );
  const fixed = h(
    "p",
    { class: "hint" },
    "The first app is the configured one: its admins are set by ",
    h("code", {}, "admins"),
    " in the configuration, and it cannot be deleted.",
  );
  const save = h("button", { type: "submit", "data-test": "app-save" }, "Save");
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
    notify({ kind: "news", text: "App saved." });
    await changed();
  };

  async function rotate(): Promise<void> {
    if (!app) return;
    const [mine, at] = [app, path("apps", app.id, "key")];
    const done = await api.attempt(() => api.call<{ secret_key: string }>("POST", at));
    if (done) onKey(mine, done.secret_key);
  }

  const again = createInput("Write its name to delete it", "app-delete-name", "", {
    required: true,
  });
  const remove = h(
    "button",
    { type: "submit", class: "danger", "data-test": "app-delete" },
    "Delete app",
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
    notify({ kind: "news", text: `App ${mine.name} is gone.` });
    await changed();
  };
  const ending = h(
    "form",
    { class: "panel ending", on: { submit: end } },
    h("h2", {}, "End of this app"),
    h(
      "p",
      {},
      "Its rooms, accounts, webhooks and the log of them are deleted, and everybody in its rooms is " +
        "put out. This cannot be undone.",
    ),
    again.element,
    remove,
  );

  const element = h(
    "div",
    { class: "part" },
    h(
      "section",
      { class: "panel" },
      h("h2", {}, "Secret key"),
      h("dl", { class: "facts" }, fact("SDKAppID", id), fact("Made", made)),
      h(
        "p",
        { class: "hint" },
        "Your back end signs UserSigs with it. It was shown when it was made; a new one takes its " +
          "place at once, and logins with UserSigs of the old one are refused from then on. Who is " +
          "logged in stays so until their UserSig runs out.",
      ),
      createConfirm(
        "Make a new key",
        "UserSigs made with the old key stop working.",
        "key-rotate",
        rotate,
      ),
    ),
    h(
      "form",
      { class: "panel", on: { submit } },
      h("h2", {}, "Name and admins"),
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
      made.textContent =
        next.created > 0 ? new Date(next.created).toLocaleString() : "with this server";
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
