/**
 * The board's own page, `/board/ROOM`: for the teacher, and for whoever has
 * the pen. `?lesson=N` replays a lesson that was kept.
 */
import "../shared/tokens.css";
import "./surface.css";
import "./board.css";
import { kept } from "../console/token";
import { h } from "../shared/dom";
import { followSystem } from "../shared/scheme";
import { shellToken } from "../shared/shell";
import { Socket } from "../shared/socket";
import type { ClientFrame } from "../shared/wire";
import { words } from "../shared/words/board";
import { markDocument } from "../shared/words/language";
import { storedToken } from "../viewer/identity";
import { createDesk } from "./desk";
import { createReplay } from "./replay";
import { upload } from "./upload";

followSystem();
markDocument();
document.title = `${words.title} · Surtitle`;
const named = /\/board\/([^/]+)\/?$/.exec(location.pathname)?.[1];
const room = named === undefined ? undefined : decodeURIComponent(named);
const staff = () => shellToken() ?? kept();
const lesson = Number(new URLSearchParams(location.search).get("lesson") ?? Number.NaN);
const send = (frame: ClientFrame) => socket.send(frame);
const replay = Number.isInteger(lesson) ? createReplay(send, lesson, room) : undefined;
const desk = replay ? undefined : createDesk({ send, picture: upload(staff) });
const socket: Socket = new Socket({
  hello: () => ({ token: staff() ?? storedToken() }),
  onWelcome: ({ role, user }) => {
    replay?.open();
    desk?.open(role, user, room);
  },
  onFrame: (frame) => {
    replay?.hear(frame);
    desk?.hear(frame);
  },
  onState: (state, detail) => desk?.line(state, detail),
});
document.body.append(h("main", { class: "board-page" }, replay?.element ?? desk?.element));
desk?.front(true);
