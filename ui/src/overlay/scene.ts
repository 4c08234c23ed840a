/**
 * The scene: builds the page, puts each layer into its corner and draws a
 * picture. Layers of one corner stack; corners of one row share its width, so
 * nothing that stands covers anything else that does.
 */
import { canvasPainter, type Painter } from "../danmaku/sprite";
import { type Comment, Danmaku } from "../danmaku/stage";
import { h } from "../shared/dom";
import { nameColour } from "../shared/palette";
import type { Corner, Event } from "../shared/wire";
import { Cards } from "./cards";
import { Feed } from "./feed";
import { Likes } from "./likes";
import { course, dress } from "./look";
import { glide } from "./motion";
import { Online } from "./online";
import { Pairing } from "./pairing";
import type { Picture } from "./picture";
import { Pinned } from "./pinned";

/** What glides when its surroundings change. */
const STANDING = ".feed-line, .gift-card";

export class Scene {
  readonly likes = new Likes();
  readonly pairing = new Pairing();
  readonly danmaku: Danmaku;
  readonly #canvas = h("canvas", { class: "danmaku" });
  readonly #feed = new Feed();
  readonly #cards = new Cards();
  readonly #online = new Online();
  readonly #pinned = new Pinned();
  readonly #corners: Record<Corner, HTMLElement> = {
    "top-left": corner("top-left"),
    "top-right": corner("top-right"),
    "bottom-left": corner("bottom-left"),
    "bottom-right": corner("bottom-right"),
  };
  readonly #layers = h("div", { class: "layers" });
  /** Course and size of the last drawing, as text. */
  #measures = "";

  /** `painter` draws the comments that fly; a test has its own. */
  constructor(root: HTMLElement, painter: Painter = canvasPainter()) {
    const { "top-left": tl, "top-right": tr } = this.#corners;
    const { "bottom-left": bl, "bottom-right": br } = this.#corners;
    const head = h("div", { class: "row top" }, tl, tr);
    const foot = h("div", { class: "row bottom" }, bl, br);
    const ground = h("div", { class: "ground" }, foot, this.#pinned.element);
    this.#layers.append(this.#canvas, h("div", { class: "safe" }, head, ground));
    root.append(this.#layers, this.pairing.element);
    this.danmaku = new Danmaku(this.#canvas, painter);
  }

  /** Shows exactly `picture`. What left it goes softly, or `abruptly`. */
  draw(picture: Picture, abruptly: boolean): void {
    const { look, visible } = picture;
    this.#layers.hidden = !visible;
    dress(this.#layers, look);
    glide(this.#layers, STANDING, () => {
      this.#place(this.#feed.element, look.feed.corner);
      this.#place(this.#cards.element, look.cards.corner);
      this.#place(this.likes.element, look.likes.corner);
      this.#place(this.#online.element, look.online.corner);
      this.#feed.update(picture.feed, look.feed, abruptly);
      this.#cards.update(picture.cards, look.cards, abruptly);
      this.likes.update(picture.likes, look.likes);
      this.#online.update(picture.online, look.online);
      this.#pinned.update(picture.pinned);
      const way = course(look, visible, this.#canvas);
      const measures = JSON.stringify(way);
      if (measures !== this.#measures) {
        this.danmaku.apply(way);
        this.#feed.letGo();
      }
      this.#measures = measures;
      const above =
        look.cards.corner === look.feed.corner && look.cards.corner.startsWith("bottom");
      this.#feed.fit(above && picture.cards.length > 0);
    });
  }

  /** Lets a comment fly. */
  fly(event: Event): void {
    if (event.kind === "comment") this.danmaku.offer(flyer(event, event.text));
  }

  #place(layer: HTMLElement, where: Corner): void {
    const place = this.#corners[where];
    if (layer.parentElement !== place) place.append(layer);
  }
}

function corner(name: Corner): HTMLElement {
  return h("div", { class: "corner", "data-corner": name });
}

function flyer({ id, from, priority }: Event, text: string): Comment {
  return {
    id,
    user: from?.id ?? null,
    priority,
    text,
    nick: from?.nick ?? null,
    colour: from ? nameColour(from.id).onDark : "#fff",
    plate: from?.role === "host" || from?.role === "helper",
  };
}
