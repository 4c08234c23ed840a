/**
 * The viewer's side of one room: joins, comes back, speaks, and tells the page
 * what changed. The page draws; it decides nothing about the protocol.
 */
import { setEmotes } from "../shared/emotes";
import { shellToken } from "../shared/shell";
import { Socket, type SocketState, type Welcome } from "../shared/socket";
import type { ClientFrame, Placard, RoomId, RoomInfo, Sender, ServerFrame } from "../shared/wire";
import { words } from "../shared/words/viewer";
import { onTokenElsewhere, storedToken, storeToken } from "./identity";
import { Likes } from "./likes";
import { type Change, type Line, Messages, type Spoken } from "./messages";
import { Rules } from "./rules/rules";
import { type Problem, problem } from "./words";

/** State of the link as a viewer cares for it. */
export type Link = SocketState | "joining" | "joined" | "refused";

/** What the page draws. */
export interface View {
  link(link: Link, detail?: string): void;
  welcome(welcome: Welcome): void;
  /** Who one is; `undefined` for a guest. */
  named(user: Sender | undefined): void;
  room(room: RoomInfo): void;
  online(count: number): void;
  /** `others`: likes of other people since the last call. */
  likes(total: number, others: number): void;
  /** `fresh`: happening now, not history. */
  changes(changes: Change[], fresh: boolean): void;
  /** What the host keeps on the picture. */
  placards(placards: readonly Placard[]): void;
  /** A name or a line was refused. */
  problem(problem: Problem): void;
}

/** Between tries to join a room that cannot be reached now, ms. */
const JOIN_AGAIN = 3_000;

export class Room {
  readonly #view: View;
  readonly #wanted: RoomId | undefined;
  readonly #messages = new Messages();
  readonly #likes: Likes;
  readonly #socket: Socket;
  #room: RoomId = "";
  #user: Sender | undefined;
  #link: Link = "connecting";
  #joinAgain: ReturnType<typeof setTimeout> | undefined;
  /** A nickname that could not go out yet. */
  #wish: string | undefined;
  /** The rules that hold for this page. */
  readonly rules = new Rules();
  /** Parts of the page that hear every frame. */
  readonly #hearing: ((frame: ServerFrame) => boolean | undefined)[] = [];

  /** `room`: from the page's address; `undefined` for the server's own choice. */
  constructor(room: RoomId | undefined, view: View) {
    this.#wanted = room;
    this.#view = view;
    this.#likes = new Likes((count) => this.#send({ t: "like", count }));
    this.#socket = new Socket({
      hello: () => ({ token: storedToken() ?? shellToken() }),
      onWelcome: (welcome) => this.#welcome(welcome),
      onFrame: (frame) => this.#frame(frame),
      onState: (state, detail) => state !== "open" && this.#enter(state, detail),
      onTokenRefused: () => {
        storeToken(undefined);
        view.problem({ words: words.names.gone });
      },
    });
    onTokenElsewhere(() => this.#socket.restart());
  }

  get user(): Sender | undefined {
    return this.#user;
  }

  /** Has a part of the page hear every frame, before the page itself; `true` takes an `error`. */
  onFrame(then: (frame: ServerFrame) => boolean | undefined): void {
    this.#hearing.push(then);
  }

  /** Sends a part's frame. Returns whether it went out. */
  send(frame: ClientFrame): boolean {
    return this.#send(frame);
  }

  /** A `cid` that no line of this page has. */
  nextCid(): number {
    return this.#messages.nextCid();
  }

  /** Shows the line at once; it goes out now or as soon as there is a line. */
  say(spoken: Spoken): void {
    if (!this.#user) return;
    const { cid, body, changes } = this.#messages.say(this.#user, Date.now(), spoken);
    this.#view.changes(changes, true);
    if (body.kind === "comment") this.rules.sent(cid);
    this.#send({ t: "send", cid, body });
  }

  /** Writes a failed line anew. */
  sayAgain(line: Line): void {
    const { event } = line;
    this.#view.changes(this.#messages.drop(line), false);
    if (event.kind === "comment") this.say({ kind: "comment", text: event.text });
    if (event.kind === "gift") this.say({ kind: "gift", gift: event.gift, count: event.count });
  }

  /** One tap on the heart. Returns whether it counts. */
  like(): boolean {
    if (!this.#user || !this.#likes.tap()) return false;
    this.#view.likes(this.#likes.total, 0);
    return true;
  }

  /**
   * Takes or changes the nickname; answered by `named` or `problem`. Before the
   * room is there the wish waits for it.
   */
  takeName(nick: string): void {
    if (!this.#send({ t: "name", nick })) this.#wish = nick;
  }

  /** Says hello anew, with another token. */
  renew(): void {
    this.#socket.restart();
  }

  /** Tries again after the server said not to. */
  retry(): void {
    this.#socket.restart();
  }

  #welcome(welcome: Welcome): void {
    this.#room = this.#wanted ?? welcome.room;
    this.#identify(welcome.role === "display" ? undefined : welcome.user);
    this.#view.welcome(welcome);
    this.#join();
  }

  #join(): void {
    clearTimeout(this.#joinAgain);
    const resume = this.#messages.position;
    this.#enter("joining");
    this.#socket.send({ t: "join", room: this.#room, ...(resume ? { resume } : {}) });
  }

  #frame(frame: ServerFrame): void {
    this.rules.hear(frame);
    const taken = this.#hearing.filter((hear) => hear(frame) === true).length > 0;
    if (taken && frame.t === "error") return;
    switch (frame.t) {
      case "joined":
        this.#view.room(frame.room);
        this.#view.changes(this.#messages.joined(frame), false);
        this.#likes.reset(frame.likes);
        this.#view.likes(this.#likes.total, 0);
        this.#view.online(frame.online);
        this.#enter("joined");
        this.#catchUp();
        break;
      case "placards":
        this.#view.placards(frame.placards);
        break;
      case "emotes":
        setEmotes(frame.emotes);
        break;
      case "batch":
        this.#batch(frame);
        break;
      case "state":
        if (frame.online !== undefined) this.#view.online(frame.online);
        if (frame.likes !== undefined) {
          const others = this.#likes.told(frame.likes);
          this.#view.likes(this.#likes.total, others);
        }
        break;
      case "named":
        storeToken(frame.token);
        this.#identify(frame.user);
        break;
      case "ack":
        this.#view.changes(this.#messages.ack(frame.cid, frame.id), false);
        break;
      case "remove":
        this.#view.changes(this.#messages.remove(frame.ids), false);
        break;
      case "error":
        this.#refused(frame);
        break;
    }
  }

  #batch({ position, events }: Extract<ServerFrame, { t: "batch" }>): void {
    // What comes before `joined` is in its history.
    if (this.#link !== "joined") return;
    const changes = this.#messages.batch(position, events);
    if (changes) this.#view.changes(changes, true);
    else this.#join();
  }

  #refused({ code, message, retry, re }: Extract<ServerFrame, { t: "error" }>): void {
    const refusal = problem(code, message);
    if (re !== undefined) {
      const changes = this.#messages.refuse(re);
      if (changes) this.#view.changes(changes, false);
      this.#view.problem(refusal);
    } else if (this.#link === "joining") {
      this.#enter("refused", refusal.words);
      if (retry) this.#joinAgain = setTimeout(() => this.#join(), JOIN_AGAIN);
    } else {
      this.#view.problem(refusal);
    }
  }

  /** In the room again: what could not go out before goes now. */
  #catchUp(): void {
    if (this.#wish !== undefined && this.#send({ t: "name", nick: this.#wish })) {
      this.#wish = undefined;
    }
    const { sends, changes } = this.#messages.unanswered(Date.now());
    this.#view.changes(changes, false);
    for (const send of sends) this.#send({ t: "send", ...send });
    this.#likes.flush();
  }

  #send(frame: ClientFrame): boolean {
    return this.#link === "joined" && this.#socket.send(frame);
  }

  #identify(user: Sender | undefined): void {
    this.#user = user;
    this.#messages.me = user?.id;
    this.#view.named(user);
  }

  #enter(link: Link, detail?: string): void {
    this.#link = link;
    if (link !== "joined" && link !== "refused") clearTimeout(this.#joinAgain);
    this.#view.link(link, detail);
  }
}
