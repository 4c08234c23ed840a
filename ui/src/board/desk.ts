/** The teacher's desk: the page in front, and the tools around it. */
import { h } from "../shared/dom";
import type { SocketState } from "../shared/socket";
import type { ClientFrame, Role, Sender, ServerFrame } from "../shared/wire";
import { Hand, type Held } from "./hand";
import { Reader } from "./reader";

export interface Desk {
  readonly element: HTMLElement;
  open(role: Role, user: Sender | undefined, room: string | undefined): void;
  hear(frame: ServerFrame): void;
  line(state: SocketState, detail?: string): void;
}

export function createDesk(send: (frame: ClientFrame) => boolean): Desk {
  let role: Role = "guest";
  let user: Sender | undefined;
  const held: Held = { tool: "pen", colour: 0xff2d3f, width: 70 };
  const reader = new Reader(send, { changed: () => {} });
  const may = () => {
    const { permit } = reader.model;
    if (role === "host" || (role === "helper" && permit.helpers)) return true;
    return user !== undefined && (permit.everyone || permit.pens.some((p) => p.user === user?.id));
  };
  const hand = new Hand(reader, send, {
    held: () => (may() ? held : null),
    text: () => {},
    offline: () => {},
  });
  const air = h(
    "button",
    {
      type: "button",
      "data-test": "board-air",
      on: {
        click: () => {
          const on = !reader.model.onAir;
          send({ t: "do", id: 1, command: { do: "board", order: "air", on } });
        },
      },
    },
    "On the picture",
  );
  return {
    element: h("div", { class: "board-desk" }, air, reader.surface.element),
    open(newRole, newUser, room) {
      role = newRole;
      user = newUser;
      reader.open(room);
    },
    hear(frame) {
      if (frame.t === "board") reader.hear(frame);
      if (frame.t === "error" && frame.re !== undefined) hand.refused(frame.re);
    },
    line(state) {
      if (state !== "open") hand.lost();
    },
  };
}
