/** The viewer page: puts the parts together. */
import "../shared/tokens.css";
import "../shared/emotes.css";
import "./page.css";
import "./stage.css";
import "./chat.css";
import "./composer.css";
import "./gifts.css";
import "./sheets.css";
import { h } from "../shared/dom";
import { followSystem } from "../shared/scheme";
import type { Sender } from "../shared/wire";
import { markDocument } from "../shared/words/language";
import { words } from "../shared/words/viewer";
import { Announcer } from "./announcer";
import { createComposer } from "./composer";
import { createGiftPanel } from "./gifts";
import { createHead } from "./head";
import { createHearts } from "./hearts";
import { createList } from "./list";
import { createPlacards } from "./placards";
import { Room } from "./room";
import { createSheets, type Seat } from "./sheets";
import { createStage } from "./stage";
import { hides } from "./video/switches";
import { wishes } from "./video/wishes";

followSystem();
markDocument();
const frame = h("main", { class: "viewer" });
const stage = createStage(frame, () => sheets.open("danmaku"));
const head = createHead(() => room.retry());
const placards = createPlacards();
const list = createList(
  (line) => room.sayAgain(line),
  (event) => hides(wishes.now, event),
);
wishes.onChange(() => list.sift());
const announcer = new Announcer();
const hearts = createHearts(() => allowed(words.names.forLikes) && room.like());
const gifts = createGiftPanel(
  () => {
    sheets.close();
    return allowed(words.names.forGifts);
  },
  (gift, count) => {
    composer.problem(undefined);
    room.say({ kind: "gift", gift, count });
  },
);
const composer = createComposer(
  { say: (text) => room.say({ kind: "comment", text }), takeName: (nick) => room.takeName(nick) },
  gifts.button,
  hearts.element,
);

const room = new Room(roomOf(location.pathname), {
  link: head.link,
  welcome: (welcome) => {
    composer.limits(welcome.limits);
    gifts.catalogue(welcome.gifts);
  },
  named: (user) => {
    composer.named(user);
    if (!user) gifts.close();
    for (const then of naming) then(user);
  },
  room: (info) => {
    stage.room(info);
    list.joined();
  },
  online: head.online,
  placards: placards.show,
  likes: hearts.total,
  changes: (changes, fresh) => {
    list.apply(changes);
    for (const { do: what, line } of changes) if (what === "drop") announcer.drop(line);
    if (!fresh) return;
    for (const { line, said } of changes) {
      if (!said || hides(wishes.now, said)) continue;
      stage.gift(said);
      announcer.say(line);
    }
  },
  problem: composer.problem,
});

/** Told who one is. */
const naming: ((user: Sender | undefined) => void)[] = [];
const seat: Seat = {
  get user() {
    return room.user;
  },
  send: (frame) => room.send(frame),
  nextCid: () => room.nextCid(),
  onFrame: (then) => room.onFrame(then),
  onNamed: (then) => {
    naming.push(then);
    then(room.user);
  },
  allowed,
  askName: () => composer.askName(),
  renew: () => room.renew(),
  rules: room.rules,
  problem: composer.problem,
};
room.rules.onChange(composer.rules);
const sheets = createSheets(seat, gifts.close);
stage.layers(sheets.layers);
stage.sit(seat);

frame.append(
  stage.element,
  h(
    "section",
    { class: "chat", "aria-label": words.chat },
    head.element,
    placards.element,
    list.element,
    announcer.element,
    sheets.place,
    gifts.element,
    sheets.row,
    composer.element,
  ),
);
document.body.append(frame);
fitKeyboard();

/** Guests are shown the one way to take a name instead. */
function allowed(reason: string): boolean {
  if (room.user) return true;
  composer.askName(reason);
  return false;
}

/** `/viewer/ROOM` → `ROOM`; the server chooses when there is none. */
function roomOf(path: string): string | undefined {
  const [, room] = path.split("/").filter(Boolean);
  try {
    return room && decodeURIComponent(room);
  } catch {
    return room;
  }
}

/** Keeps the composer above a phone's keyboard where the page itself does not shrink. */
function fitKeyboard(): void {
  const view = window.visualViewport;
  if (!view) return;
  const fit = () => document.documentElement.style.setProperty("--height", `${view.height}px`);
  view.addEventListener("resize", fit);
  fit();
}
