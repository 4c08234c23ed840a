import { h } from "../../shared/dom";
import { path } from "./api";
import { createCode } from "./code";
import { createInput } from "./input";
import type { Around, Part } from "./part";
import { KINDS, type Kind, snippet } from "./snippet";
import type { App, Rooms } from "./types";

/** What a developer pastes: steps 4 to 8 with this app's number, address and room. */
export function createStart({ api }: Around): Part {
  let app: App | undefined;
  let kind: Kind = "web";
  const code = createCode("snippet", "snippet");
  const hint = h("p", { class: "hint" });
  const select = h("select", { id: "snippet-kind", "data-test": "snippet-kind" });
  select.append(...KINDS.map(([id, label]) => h("option", { value: id }, label)));
  const room = createInput("Room", "snippet-room", "", { list: "snippet-rooms" });
  const rooms = h("datalist", { id: "snippet-rooms" });
  const own = h(
    "p",
    { class: "hint" },
    "A UserSig to try it with: ",
    h("code", {}, "surtitle usersig alice"),
    " on the machine that runs Surtitle. Later your back end makes them with the secret key.",
  );
  const other = h(
    "p",
    { class: "hint" },
    "A UserSig to try it with: your back end makes it with the secret key of this app, by the ",
    "vendor's library for your language (tls-sig-api-v2), for the SDKAppID below.",
  );

  function draw(): void {
    if (!app) return;
    const [admin = "administrator"] = app.admins;
    const group = room.field.value;
    code.set(snippet(kind, { app: app.id, group, origin: location.origin, admin }));
    hint.textContent = KINDS.find(([id]) => id === kind)?.[2] ?? "";
    own.hidden = !app.first;
    other.hidden = app.first;
  }

  select.addEventListener("change", () => {
    kind = select.value as Kind;
    draw();
  });
  room.field.addEventListener("input", draw);

  const element = h(
    "section",
    { class: "panel part" },
    h("h2", {}, "Point your front end here"),
    h(
      "div",
      { class: "pair" },
      h("div", { class: "input" }, h("label", { for: "snippet-kind" }, "SDK"), select),
      room.element,
    ),
    rooms,
    hint,
    code.element,
    own,
    other,
  );
  return {
    element,
    async open(next) {
      const same = app?.id === next.id;
      app = next;
      draw();
      if (same && room.field.value !== "") return;
      room.field.value = "";
      const found = await api.attempt(() => api.get<Rooms>(path("apps", next.id, "rooms")));
      if (app.id !== next.id) return;
      const ids = found?.rooms.map(({ id }) => id) ?? [];
      rooms.replaceChildren(...ids.map((id) => h("option", { value: id })));
      room.field.value = ids[0] ?? "your-room";
      draw();
    },
  };
}
