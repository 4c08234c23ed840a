import { h } from "../../shared/dom";
import type { ObsSource } from "../../shared/wire";
import { createApi } from "../developers/api";
import { put, putAttribute } from "../put";
import type { Control, State } from "../state";
import { createObsForm } from "./form";
import { obsLight } from "./light";
import { said } from "./said";
import { words } from "./words";

/** What the host set, as the server keeps it. */
export interface ObsSettings {
  on: boolean;
  address: string;
  scene: string | null;
  source: ObsSource | null;
  heal: boolean;
}

/** `GET /api/obs`. */
export interface ObsAnswer {
  readonly settings: ObsSettings;
  readonly has_password: boolean;
}

/** Joins Surtitle to OBS: where it is, what it says, and the one button. */
export function createObsPanel(control: Control): {
  element: HTMLElement;
  update: (state: State) => void;
  show: (on: boolean) => void;
} {
  const api = createApi(control.notify);
  const word = h("strong");
  const where = h("span", { class: "note" });
  const tells = h("p", { class: "obs-words" });
  const status = h(
    "div",
    { class: "light obs-status", "data-test": "obs-panel-state" },
    h("span", { class: "light-dot", "aria-hidden": "true" }),
    word,
    where,
  );
  const put_in = h("button", { type: "button", class: "primary", "data-test": "obs-put" });
  put_in.append(words.put);
  const refresh = h("button", { type: "button", "data-test": "obs-heal" }, words.refresh);
  const buttons = h("div", { class: "obs-buttons" }, put_in, refresh);

  async function save(settings: ObsSettings, password?: string): Promise<ObsAnswer | undefined> {
    const body = { ...settings, ...(password === undefined ? {} : { password }) };
    return api.attempt(() => api.call<ObsAnswer>("PUT", "/obs", body));
  }
  const form = createObsForm({
    save,
    scenes: async () => {
      const answer = await api.look(() => api.get<{ scenes: string[] }>("/obs/scenes"));
      return answer?.scenes;
    },
  });

  async function press(button: HTMLButtonElement, path: string, news: (done: string[]) => string) {
    button.disabled = true;
    const answer = await api.attempt(() => api.call<{ done?: string[] }>("POST", path, {}));
    button.disabled = false;
    if (answer) control.notify({ kind: "news", text: news(answer.done ?? []) });
  }
  put_in.addEventListener("click", () => {
    void press(put_in, "/obs/put", (done) =>
      done.length > 0 ? words.did(done.map(said).join(words.comma)) : words.allWell,
    );
  });
  refresh.addEventListener("click", () => {
    void press(refresh, "/obs/heal", () => words.refreshed);
  });

  const element = h(
    "section",
    { class: "panel obs" },
    h("h2", {}, "OBS"),
    status,
    tells,
    buttons,
    form.element,
  );
  return {
    element,
    update({ desk }) {
      const info = desk.stats?.obs;
      const light = obsLight(info);
      putAttribute(status, "data-colour", light.colour);
      put(word, light.word);
      put(where, light.where);
      put(tells, light.words);
      const off = info === undefined || ["off", "connecting", "not_connected"].includes(info.state);
      buttons.hidden = off;
      refresh.hidden = info?.source === undefined;
      form.connected(!off);
    },
    show(on) {
      if (!on) return;
      void api.look(() => api.get<ObsAnswer>("/obs")).then((answer) => answer && form.set(answer));
    },
  };
}
