/** The page: signs in, keeps the line, and hands every change to the console. */

import { h } from "../shared/dom";
import { setEmotes } from "../shared/emotes";
import { shellToken } from "../shared/shell";
import type { Limits, Role } from "../shared/wire";
import { createConsole } from "./console";
import { createControl, sentence } from "./control";
import { emptyDesk, reduce } from "./desk";
import { Link } from "./link";
import { withMute } from "./mutes";
import { createNotices } from "./notices";
import { createSignIn } from "./signin";
import type { State } from "./state";
import { forget, keep, kept } from "./token";
import { words } from "./words/line";

const FRESH: State = {
  desk: emptyDesk(),
  role: "guest",
  limits: undefined,
  mutes: new Map(),
  socket: "connecting",
  detail: undefined,
};

/** Starts the page inside `root`. */
export function startApp(root: HTMLElement): void {
  const notices = createNotices();
  const signIn = createSignIn(connect);
  const place = h("div", { class: "place" }, signIn.element);
  let state = FRESH;
  let link: Link | undefined;
  let view: ReturnType<typeof createConsole> | undefined;
  let drawing = false;

  const control = createControl({
    link: () => link,
    notify: notices.show,
    muted: (who, seconds) => change({ mutes: withMute(state.mutes, who.id, seconds, Date.now()) }),
  });

  /** Takes a change and draws once a frame, however many come. */
  function change(next: Partial<State>): void {
    state = { ...state, ...next };
    if (drawing) return;
    drawing = true;
    requestAnimationFrame(() => {
      drawing = false;
      view?.update(state);
    });
  }

  function connect(token: string): void {
    link?.close();
    state = FRESH;
    signIn.wait();
    const line: Link = new Link(token, {
      welcome: (role, limits) => {
        if (link === line) welcome(token, role, limits);
      },
      frame(frame) {
        if (link !== line) return;
        if (frame.t === "emotes") setEmotes(frame.emotes);
        if (frame.t !== "error") change({ desk: reduce(state.desk, frame) });
        else notices.show({ kind: "error", text: sentence(frame.message), code: frame.code });
      },
      state(socket, detail) {
        if (link !== line) return;
        change({ socket, detail });
        if (view) return;
        if (socket === "waiting") signIn.wait(words.noAnswer);
        if (socket === "stopped" && detail !== undefined) signIn.ask(sentence(detail));
      },
      refused: () => leave(words.notAccepted),
    });
    link = line;
  }

  function welcome(token: string, role: Role, limits: Limits): void {
    if (role !== "host" && role !== "helper") {
      leave(words.wrongRole(words.roles[role] ?? role));
      return;
    }
    // In the desktop window too: the miniature's page finds it there.
    keep(token);
    const same = view !== undefined && state.role === role;
    change({ role, limits });
    if (same) return;
    view?.destroy();
    view = createConsole(role, control, {
      retry: () => link?.restart(),
      signOut: shellToken() === undefined ? () => leave() : undefined,
    });
    place.replaceChildren(view.element);
  }

  /** Forgets the token and asks for another. */
  function leave(why?: string): void {
    forget();
    const old = link;
    link = undefined;
    queueMicrotask(() => old?.close());
    view?.destroy();
    view = undefined;
    place.replaceChildren(signIn.element);
    signIn.ask(why);
  }

  root.replaceChildren(place, notices.element);
  const token = shellToken() ?? kept();
  if (token !== undefined) connect(token);
}
