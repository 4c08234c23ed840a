import { h } from "../../shared/dom";
import { path } from "./api";
import { createCode } from "./code";
import { createInput } from "./input";
import type { Around, Part } from "./part";
import { KINDS, type Kind, snippet } from "./snippet";
import type { App, Rooms } from "./types";
import { words } from "./words";

const say = words.start;

/** What a developer pastes: steps 4 to 8 with this app's number, address and room. */
export function createStart({ api }: Around): Part {
  let app: App | undefined;
  let kind: Kind = "web";
  const code = createCode(say.snippet, "snippet");
  const hint = h("p", { class: "hint" });
  const select = h("select", { id: "snippet-kind", "data-test": "snippet-kind" });
  select.append(...KINDS.map((id) => h("option", { value: id }, say.kinds[id][0])));
  const room = createInput(say.room, "snippet-room", "", { list: "snippet-rooms" });
  const rooms = h("datalist", { id: "snippet-rooms" });
  const own = h("p", { class: "hint" }, ...say.own(h("code", {}, "surtitle usersig alice")));
  const other = h("p", { class: "hint" }, say.other);

  function draw(): void {
    if (!app) return;
    const [admin = "administrator"] = app.admins;
    const group = room.field.value;
    code.set(snippet(kind, { app: app.id, group, origin: location.origin, admin }));
    hint.textContent = say.kinds[kind][1];
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
    h("h2", {}, say.title),
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
      room.field.value = ids[0] ?? say.yourRoom;
      draw();
    },
  };
}
