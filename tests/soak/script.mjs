// What the program tells an overlay in hours of a full room, made by a clock of our own.
//
// `welcome` and `stage` are recorded from the real program; the cues after them are
// made here at the pace it lets through, from the same words a real crowd writes.
import WebSocket from "ws";
import { until } from "../e2e/program.mjs";
import { GIFTS, dice, line } from "./words.mjs";

/** Of every minute the crowd talks for so long, s; then it is quiet until the picture is empty. */
const MINUTE_S = 60;
const CROWD_S = 40;
/** How long a card stays after it grew, ms, and how often it grows. */
const CARD_MS = 5_000;
const GROWS = 4;

/** The frames a display gets first. */
export async function record(program) {
  const socket = new WebSocket(`${program.url.replace("http", "ws")}/ws`);
  const frames = [];
  socket.onmessage = ({ data }) => frames.push(JSON.parse(data));
  await new Promise((ready, fail) => { socket.onopen = ready; socket.onerror = fail; });
  socket.send(JSON.stringify({ t: "hello", v: 1, token: program.secrets.display }));
  socket.send(JSON.stringify({ t: "watch", overlay: "main" }));
  const find = (t) => frames.find((frame) => frame.t === t);
  await until("stage", () => find("stage"));
  socket.close();
  return { welcome: find("welcome"), stage: find("stage").stage };
}

export class Script {
  seq = 0;
  shown = 0;
  #random = dice(2);
  #likes = 0;
  #card;
  #last;

  /** `now` is the virtual clock, Unix ms. */
  constructor({ welcome, stage }, now) {
    this.welcome = welcome;
    this.look = stage.look;
    this.#stage = stage;
    this.now = now;
  }

  #stage;

  get #position() {
    return { epoch: 1, seq: this.seq };
  }

  get stage() {
    return { t: "stage", stage: { ...this.#stage, look: this.look, now: this.now, position: this.#position, likes: this.#likes } };
  }

  /** The cues of the part of a second that begins at `now`; `n` counts these parts, `parts` a second. */
  part(n, parts) {
    const cues = [];
    if (Math.floor(n / parts) % MINUTE_S >= CROWD_S) return this.#quiet(n % parts === 0);
    const lines = Math.floor(((n + 1) * this.look.pace) / parts) - Math.floor((n * this.look.pace) / parts);
    for (let k = 0; k < lines; k += 1) cues.push({ cue: "comment", event: this.#comment() });
    this.#likes += 10;
    cues.push({ cue: "likes", total: this.#likes, add: 10 });
    if (n % parts === 0) cues.push(...this.#second(n / parts));
    return this.#cues(cues);
  }

  /** Nobody talks; the pinned line leaves with the crowd. */
  #quiet(whole) {
    return this.#cues(whole ? [{ cue: "online", count: 900 }, { cue: "unpin" }] : []);
  }

  #cues(cues) {
    this.seq += cues.length;
    return { t: "cues", position: this.#position, cues };
  }

  #second(second) {
    const cues = [{ cue: "online", count: 900 + (second % 200) }, { cue: "gift", card: this.#gift(second) }];
    if (second % 30 === 10) cues.push({ cue: "pin", event: this.#last });
    if (second % 30 === 20) cues.push({ cue: "unpin" });
    if (second % 30 === 25) cues.push({ cue: "remove", ids: [this.#last.id] });
    if (second % 600 === 300) cues.push({ cue: "remove_user", user: this.#last.from.id });
    if (second % 3_600 === 1_800) cues.push({ cue: "clear" });
    if (second % 900 === 450) {
      const size = 30 + ((second / 450) % 4);
      this.look = { ...this.look, danmaku: { ...this.look.danmaku, size } };
      cues.push({ cue: "look", look: this.look });
    }
    return cues;
  }

  #sender() {
    const n = Math.floor(this.#random() * 500);
    return { id: `u-${n}`, nick: `Member ${n}`, role: "viewer" };
  }

  #comment() {
    this.shown += 1;
    const id = `1-${this.shown}`;
    const text = line(this.#random, this.shown);
    this.#last = { id, at: this.now, source: "room", from: this.#sender(), cid: this.shown, priority: "normal", kind: "comment", text };
    return this.#last;
  }

  /** A card every few seconds; in between it grows. */
  #gift(second) {
    if (second % GROWS === 0 || !this.#card) {
      const id = GIFTS[Math.floor(this.#random() * GIFTS.length)];
      const gift = this.welcome.gifts.find((known) => known.id === id);
      const tier = 1 + Math.min(4, Math.floor(GIFTS.indexOf(id) / 2));
      this.#card = { id: `1-g${second}`, from: this.#sender(), gift, count: 0, tier, until: 0 };
    }
    this.#card = { ...this.#card, count: this.#card.count + 1, until: this.now + CARD_MS };
    return this.#card;
  }
}
