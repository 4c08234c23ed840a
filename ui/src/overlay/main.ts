/**
 * The overlay page, `/overlay/NAME`: a transparent picture for OBS and for the
 * desktop window. `?preview` is the console's miniature, which uses the
 * console's token; `?preview&sample` needs no server at all.
 */
import "./overlay.css";
import { BoardLayer } from "../board/layer";
import type { Live } from "../danmaku/stage";
import { isShell } from "../shared/shell";
import type { Position } from "../shared/wire";
import { markDocument } from "../shared/words/language";
import { watchAttention } from "./attention";
import { joinDesk } from "./desk";
import type { Playing } from "./effects/effects";
import { Link } from "./link";
import { Overlay } from "./overlay";
import { Proof } from "./proof";
import { Scene } from "./scene";
import { Tokens } from "./tokens";
import { Voice } from "./voice";

declare global {
  interface Window {
    /** A look inside for tests and the console's miniature; read only. */
    __overlay?: {
      readonly danmaku: { live(): Live[]; waiting(): number };
      readonly effects: { playing(): Playing | null; waiting(): number };
      readonly voice: () => {
        chosen: boolean;
        sounds: number;
        speaking: string | null;
        waiting: number;
      };
      readonly position: Position | undefined;
    };
  }
}

const name = /\/overlay\/([a-z0-9-]{1,32})\/?$/.exec(location.pathname)?.[1] ?? "main";
const query = new URLSearchParams(location.search);
const preview = query.has("preview");

markDocument();
const root = document.createElement("main");
root.className = "overlay";
root.dataset.overlay = name;
document.body.append(root);

const scene = new Scene(root);
const proof: Proof = new Proof((frame) => void link?.send(frame));
root.append(proof.element);
// A miniature in the console is seen beside the page it mirrors and heard nowhere.
const voice = preview ? undefined : new Voice((frame) => void link?.send(frame));
const board = new BoardLayer((ask) => link?.send(ask) ?? false);
scene.under(board.element);
const overlay = new Overlay(scene, undefined, proof, voice, board);
const tokens = new Tokens(name, preview);
const sampled = preview && query.has("sample");
const link: Link | undefined = sampled ? undefined : new Link(name, tokens, overlay, !preview);
if (sampled) void import("./sampler").then(({ startSampler }) => startSampler(overlay, scene));

if (isShell() && !preview) joinDesk(root);
watchAttention((seen) => {
  scene.danmaku.wake(seen);
  scene.effects.wake(seen);
  voice?.wake(seen);
});
window.addEventListener("resize", () => overlay.redraw());
// Another page of this browser was paired, or the console got its token.
window.addEventListener("storage", ({ key, newValue }) => {
  if (key === tokens.key && newValue) link?.restart();
});

window.__overlay = {
  danmaku: {
    live: () => scene.danmaku.live(),
    waiting: () => scene.danmaku.waiting(),
  },
  effects: {
    playing: () => scene.effects.playing(),
    waiting: () => scene.effects.waiting(),
  },
  voice: () => ({
    chosen: voice?.chosen ?? false,
    sounds: voice?.sounds.voices ?? 0,
    ...(voice?.speech.state() ?? { speaking: null, waiting: 0 }),
  }),
  get position() {
    return link?.position;
  },
};
