/** The board's own page, `/board/ROOM`: for the teacher, and for whoever has the pen. */
import "../shared/tokens.css";
import "./surface.css";
import "./board.css";
import { kept } from "../console/token";
import { h } from "../shared/dom";
import { followSystem } from "../shared/scheme";
import { shellToken } from "../shared/shell";
import { Socket } from "../shared/socket";
import { storedToken } from "../viewer/identity";
import { createDesk } from "./desk";

followSystem();
const room = /\/board\/([^/]+)\/?$/.exec(location.pathname)?.[1];
const desk = createDesk((frame) => socket.send(frame));
const socket: Socket = new Socket({
  hello: () => ({ token: shellToken() ?? kept() ?? storedToken() }),
  onWelcome: ({ role, user }) => desk.open(role, user, room && decodeURIComponent(room)),
  onFrame: (frame) => desk.hear(frame),
  onState: (state, detail) => desk.line(state, detail),
});
document.body.append(h("main", { class: "board-page" }, desk.element));
