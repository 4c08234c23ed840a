import { h } from "../../shared/dom";
import { exactTime } from "../../shared/format";
import { count } from "../../shared/words/figures";
import { path } from "./api";
import { createBeat } from "./beat";
import { createInput } from "./input";
import { createInside } from "./inside";
import type { Around, Part } from "./part";
import { words as say } from "./room-words";
import type { App, RoomRow, Rooms } from "./types";

/** How often what is shown is read again, in ms. */
const EVERY = 3_000;

/** The rooms of an app: make one, look inside one. */
export function createRooms(around: Around): Part {
  const { api, notify, changed } = around;
  let app: App | undefined;
  /** Ends of the pages read so far, the first page's is "". */
  let pages = [""];
  let front = false;

  const list = h("ul", { class: "room-list", "data-test": "room-list" });
  const total = h("p", { class: "hint" });
  const more = h("button", { type: "button", class: "quiet" }, say.more);
  const inside = createInside(around, back);
  const beat = createBeat(EVERY, () => (inside.element.hidden ? load() : inside.load()));

  const name = createInput(say.name, "room-name", "", { required: true });
  const id = createInput(say.id, "room-id", say.idHint, { maxlength: 48 });
  const owner = createInput(say.owner, "room-owner", say.ownerHint);
  const introduction = createInput(say.introduction, "room-introduction");
  const make = h(
    "button",
    { type: "submit", class: "primary", "data-test": "room-create" },
    say.create,
  );
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!app) return;
    const at = path("apps", app.id, "rooms");
    const wanted = {
      name: name.field.value,
      id: id.field.value,
      owner: owner.field.value,
      introduction: introduction.field.value,
    };
    make.disabled = true;
    const done = await api.attempt(() => api.call<{ id: string }>("POST", at, wanted));
    make.disabled = false;
    if (!done) return;
    for (const { field } of [name, id, owner, introduction]) field.value = "";
    notify({ kind: "news", text: say.isOpen(done.id) });
    await Promise.all([load(), changed()]);
  };

  more.addEventListener("click", () => void load(more.dataset.after));

  async function load(next?: string): Promise<void> {
    if (!app) return;
    const mine = app.id;
    if (next !== undefined) pages = [...pages, next];
    const read = (after: string) =>
      api.get<Rooms>(`${path("apps", mine, "rooms")}?after=${encodeURIComponent(after)}`);
    const found = await api.look(() => Promise.all(pages.map(read)));
    const last = found?.[found.length - 1];
    if (!found || !last || app?.id !== mine) return;
    const rows = found.flatMap(({ rooms }) => rooms);
    draw(rows);
    total.textContent = last.total === 0 ? say.none : say.total(last.total);
    more.hidden = !last.more;
    more.dataset.after = rows[rows.length - 1]?.id ?? "";
  }

  function draw(rows: readonly RoomRow[]): void {
    const focused = (document.activeElement as HTMLElement | null)?.dataset.room;
    list.replaceChildren(...rows.map(row));
    if (focused === undefined) return;
    for (const button of list.querySelectorAll<HTMLElement>("[data-room]")) {
      if (button.dataset.room === focused) button.focus();
    }
  }

  function row(room: RoomRow): HTMLElement {
    const said = room.last_message;
    return h(
      "li",
      {},
      h(
        "button",
        {
          type: "button",
          class: "room-row",
          "data-room": room.id,
          "data-test": `room-${room.id}`,
          on: { click: () => look(room.id) },
        },
        h("strong", {}, room.name),
        h("code", {}, room.id),
        h("span", { class: "note" }, said === null ? say.noMessage : say.last(exactTime(said))),
        h("b", {}, count(room.online), h("span", { class: "unit" }, ` ${say.online}`)),
      ),
    );
  }

  function look(room: string): void {
    if (!app) return;
    outside.hidden = true;
    inside.open(app, room);
  }

  function back(): void {
    const from = inside.room();
    inside.close();
    outside.hidden = false;
    void load().then(() => {
      const button = [...list.querySelectorAll<HTMLElement>("[data-room]")].find(
        (one) => one.dataset.room === from,
      );
      (button ?? name.field).focus();
    });
  }

  const outside = h(
    "div",
    { class: "columns" },
    h("section", { class: "panel" }, h("h2", {}, say.title), list, more, total),
    h(
      "form",
      { class: "panel", on: { submit } },
      h("h2", {}, say.new),
      name.element,
      id.element,
      owner.element,
      introduction.element,
      make,
    ),
  );
  return {
    element: h("div", { class: "part" }, outside, inside.element),
    open(next) {
      if (app?.id !== next.id) {
        pages = [""];
        list.replaceChildren();
        total.textContent = "";
        inside.close();
        outside.hidden = false;
        app = next;
        if (front) void load();
      }
      app = next;
    },
    show(on) {
      front = on;
      beat(on);
    },
  };
}
