/** The signed-in console: bar, rail, banner, views, keys. */

import { h } from "../shared/dom";
import type { Role } from "../shared/wire";
import { createBoard } from "./board";
import { createConnect } from "./connect";
import { createDevelopers } from "./developers/developers";
import { createEmotes } from "./emotes/emotes";
import type { Icon } from "./icons";
import { createInquiries, waiting } from "./inquiries/inquiries";
import { type Action, action } from "./keys";
import { createLive } from "./live";
import { createLook } from "./look";
import { createModeration } from "./moderation/moderation";
import { dump } from "./order/air";
import { createPairingBanner } from "./pairing";
import { createRail, type Place } from "./rail";
import { createRehearse } from "./rehearse";
import { createReport } from "./report/report";
import { createSale } from "./sale/sale";
import type { Control, State, View } from "./state";
import { createThemes } from "./theme/editor";
import { createTopBar } from "./topbar";
import { words } from "./words/frame";

/** What the page around it does. */
export interface ConsoleEvents {
  /** Tries again after the server ended the line. */
  retry: () => void;
  /** Forgets the token; absent where the window itself holds it. */
  signOut: (() => void) | undefined;
}

/** The console for a host or a helper. */
export function createConsole(
  role: Extract<Role, "host" | "helper">,
  control: Control,
  { retry, signOut }: ConsoleEvents,
): { element: HTMLElement; update: (state: State) => void; destroy: () => void } {
  const clear = () => void control.run({ do: "clear" }, words.cleared);
  const views = new Map<string, View>([["live", createLive(control)]]);
  const places: Place[] = [{ id: "live", label: words.views.live }];
  const board = createBoard();
  const add = (id: Icon, label: string, view: View) => {
    views.set(id, view);
    places.push({ id, label });
  };
  add("board", words.views.board, board);
  add("sale", words.views.sale, createSale(control, role === "host"));
  if (role === "host") {
    add("look", words.views.look, createLook(control));
    add("themes", words.views.themes, createThemes(control));
    add("emotes", words.views.emotes, createEmotes(control));
    add("rehearse", words.views.rehearse, createRehearse(control));
  }
  add("moderation", words.views.moderation, createModeration(control, role));
  add("questions", words.views.questions, createInquiries(control));
  add("report", words.views.report, createReport(control, role === "host"));
  add("connect", words.views.connect, createConnect(control, role, signOut));
  if (role === "host") add("developers", words.views.developers, createDevelopers(control));

  const bar = createTopBar(clear, retry);
  const rail = createRail(places, open);
  const banner = createPairingBanner(control);
  const stage = h("main", { class: "stage" });
  let state: State | undefined;
  let current = "";

  function open(id: string): void {
    const view = views.get(id);
    if (!view || id === current) return;
    views.get(current)?.show?.(false);
    current = id;
    stage.replaceChildren(view.element);
    // A page begins at its head, however far the one before was read.
    stage.scrollTop = 0;
    rail.select(id);
    if (state) view.update(state);
    view.show?.(true);
  }

  function used(wanted: Action): boolean {
    if (wanted === "clear") clear();
    else if (wanted === "dump") dump(control);
    else if (wanted === "unpin") void control.run({ do: "unpin" });
    else if (wanted.startsWith("view-")) {
      const place = places[Number(wanted.slice(5)) - 1];
      if (!place) return false;
      open(place.id);
    } else if (wanted === "compose") {
      open("live");
      return views.get("live")?.key?.(wanted) ?? false;
    } else return views.get(current)?.key?.(wanted) ?? false;
    return true;
  }

  function pressed(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    const place = standing(event.target);
    const wanted = action(event, place);
    if (!wanted) return;
    if (wanted === "leave" && place.typing && event.target instanceof HTMLElement) {
      event.target.blur();
    } else if (used(wanted)) event.preventDefault();
  }

  document.addEventListener("keydown", pressed);
  open("live");
  return {
    element: h("div", { class: "console" }, bar.element, rail.element, banner.element, stage),
    update(next) {
      state = next;
      bar.update(next);
      banner.update(next);
      rail.badge("questions", waiting(next.desk.inquiries).length);
      rail.badge("connect", role === "host" ? (next.desk.stats?.pairings.length ?? 0) : 0);
      views.get(current)?.update(next);
    },
    destroy() {
      document.removeEventListener("keydown", pressed);
      views.get(current)?.show?.(false);
      board.close();
    },
  };
}

const TEXTLESS = new Set(["button", "checkbox", "radio", "range", "submit", "reset"]);

/** Where a key was pressed: letters in a text field are text, arrows on a slider its own. */
function standing(target: EventTarget | null): { typing: boolean; arrows: boolean } {
  if (target instanceof HTMLInputElement) {
    return { typing: !TEXTLESS.has(target.type), arrows: ["range", "radio"].includes(target.type) };
  }
  const typing = target instanceof HTMLTextAreaElement;
  return { typing, arrows: typing || target instanceof HTMLSelectElement };
}
