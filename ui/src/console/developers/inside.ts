import { h } from "../../shared/dom";
import { clockTime, exactTime } from "../../shared/format";
import type { Event } from "../../shared/wire";
import { count as formatted, moment } from "../../shared/words/figures";
import { what } from "../wording";
import { path, Refused } from "./api";
import { createConfirm } from "./confirm";
import { fact } from "./input";
import type { Around } from "./part";
import { words as say } from "./room-words";
import type { App, Room, Until } from "./types";

/** A room from inside: who is here, what was said, what hangs on it. */
export function createInside(
  { api, notify, changed }: Around,
  onBack: () => void,
): {
  element: HTMLElement;
  open: (app: App, room: string) => void;
  close: () => void;
  /** Reads it again. */
  load: () => Promise<void>;
  /** Which room is open. */
  room: () => string | undefined;
} {
  let at: { app: App; room: string } | undefined;
  const back = h("button", { type: "button", class: "quiet", "data-test": "room-back" }, say.all);
  back.addEventListener("click", onBack);
  const title = h("h2", { tabindex: -1 });
  const figures = h("p", { class: "room-figures", "data-test": "room-figures" });
  const facts = h("dl", { class: "facts" });
  const lists = h("div", { class: "room-lists" });
  const said = h("ol", { class: "room-said", "data-test": "room-messages" });
  const end = h("div", { class: "room-end" });

  async function load(): Promise<void> {
    if (!at) return;
    const mine = at;
    try {
      const room = await api.get<Room>(path("apps", mine.app.id, "rooms", mine.room));
      if (at === mine) draw(room);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // Without an answer the room may well be there.
      if (at !== mine || error.code === undefined) return;
      // It was dismissed, by somebody else or a moment ago by us.
      notify({ kind: "error", text: error.message, code: error.code });
      onBack();
    }
  }

  async function dismiss(): Promise<void> {
    if (!at) return;
    const { app, room } = at;
    const done = await api.attempt(() => api.call("DELETE", path("apps", app.id, "rooms", room)));
    if (!done) return;
    notify({ kind: "news", text: say.closed(room) });
    await changed();
    onBack();
  }

  function draw(room: Room): void {
    title.textContent = room.name;
    figures.replaceChildren(
      figure(room.online, say.online),
      figure(room.guests, say.guests),
      figure(room.likes, say.likes),
      figure(room.muted, say.muted),
    );
    facts.replaceChildren(
      fact(say.id, h("code", {}, room.id)),
      fact(say.owner, room.owner ?? say.nobody),
      fact(say.made, moment(room.created)),
      ...some(say.introduction, room.introduction),
      ...some(say.notice, room.notification),
      ...some(say.allMuted, room.mute_all ? say.yes : ""),
      ...Object.entries(room.fields).map(([key, value]) => fact(key, value)),
    );
    lists.replaceChildren(
      block(
        say.members,
        room.members.map((one) => [one.nick, one.account, say.since(clockTime(one.since))]),
        say.noMembers,
      ),
      block(
        say.counters,
        Object.entries(room.counters).map(([key, value]) => [key, "", formatted(value)]),
        say.noneYet,
      ),
      block(
        say.attributes,
        Object.entries(room.attributes).map(([key, value]) => [key, value, ""]),
        say.noneYet,
      ),
      block(
        say.admins,
        room.admins.map((account) => [account, "", ""]),
        say.onlyOwner,
      ),
      block(say.mutes, room.mutes.map(until), say.noPeople),
      block(
        say.bans,
        [...room.bans.map(until), ...(room.more_bans ? [["…", say.andMore, ""] as const] : [])],
        say.noPeople,
      ),
    );
    said.replaceChildren(...room.messages.map(line));
    if (room.messages.length === 0) said.append(h("li", { class: "empty" }, say.quiet));
  }

  const element = h(
    "section",
    { class: "panel inside", "aria-label": say.inside, "data-test": "room-inside" },
    back,
    h("div", { class: "room-head" }, title, figures),
    facts,
    h("h3", {}, say.messages),
    said,
    lists,
    end,
  );
  element.hidden = true;
  return {
    element,
    load,
    open(app, room) {
      at = { app, room };
      title.textContent = room;
      for (const place of [figures, facts, said, lists]) place.replaceChildren();
      const question = say.dismissSure;
      end.replaceChildren(createConfirm(say.dismiss, question, "room-dismiss", dismiss));
      element.hidden = false;
      title.focus();
      void load();
    },
    close() {
      at = undefined;
      element.hidden = true;
    },
    room: () => at?.room,
  };
}

function figure(count: number, label: string): HTMLElement {
  return h("span", { class: "figure" }, h("b", {}, formatted(count)), label);
}

function some(name: string, value: string): HTMLElement[] {
  return value === "" ? [] : [fact(name, value)];
}

function until({ account, until: end }: Until): readonly [string, string, string] {
  return [account, "", say.until(moment(end))];
}

type Row = readonly [string, string, string];

function block(name: string, rows: readonly Row[], empty: string): HTMLElement {
  const items = rows.map(([first, second, third]) =>
    h(
      "li",
      {},
      h("strong", {}, first),
      second !== "" && h("span", { class: "note" }, second),
      third !== "" && h("span", { class: "note" }, third),
    ),
  );
  return h(
    "section",
    {},
    h("h3", {}, name),
    items.length > 0 ? h("ul", {}, ...items) : h("p", { class: "empty" }, empty),
  );
}

function line(event: Event): HTMLElement {
  return h(
    "li",
    {},
    h("time", {}, exactTime(event.at)),
    h("strong", {}, event.from?.nick ?? ""),
    h("span", {}, what(event)),
  );
}
