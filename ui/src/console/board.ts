/** The console's page Board: the teacher's desk on a line of its own. */
import { createDesk } from "../board/desk";
import "../board/surface.css";
import "../board/board.css";
import { upload } from "../board/upload";
import { h } from "../shared/dom";
import { shellToken } from "../shared/shell";
import { Socket } from "../shared/socket";
import type { View } from "./state";
import { kept } from "./token";
import { words } from "./words/frame";

/** Opens its line when it is looked at first, and keeps it. */
export function createBoard(): View & { close(): void } {
  const token = () => shellToken() ?? kept();
  let socket: Socket | undefined;
  const desk = createDesk({
    send: (frame) => socket?.send(frame) ?? false,
    picture: upload(token),
  });
  return {
    element: h(
      "div",
      { class: "board-view" },
      h("h1", { class: "unseen" }, words.views.board),
      desk.element,
    ),
    update() {},
    show(on) {
      desk.front(on);
      if (!on || socket) return;
      socket = new Socket({
        hello: () => ({ token: token() }),
        onWelcome: ({ role, user }) => desk.open(role, user, undefined),
        onFrame: (frame) => desk.hear(frame),
        onState: (state, detail) => desk.line(state, detail),
      });
    },
    close() {
      desk.close();
      socket?.close();
    },
  };
}
