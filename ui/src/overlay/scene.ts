/**
 * The scene: builds the page, puts each layer into its corner and draws a
 * picture. Layers of one corner stack; corners of one row share its width, so
 * nothing that stands covers anything else that does.
 */

import { flyer } from "../danmaku/flyer";
import type { Painter } from "../danmaku/ink";
import { canvasPainter } from "../danmaku/painter";
import { Danmaku } from "../danmaku/stage";
import { h } from "../shared/dom";
import { holdEmotes } from "../shared/emotes";
import type { Corner, Event, Look, Millis } from "../shared/wire";
import { Cards } from "./cards";
import { applyComfort, supportText } from "./comfort/comfort";
import { soften } from "./comfort/entry";
import { Effects } from "./effects/effects";
import { Feed } from "./feed";
import { Likes } from "./likes";
import { course, dress } from "./look";
import { glide } from "./motion";
import { Online } from "./online";
import { Paid } from "./paid";
import { Pairing } from "./pairing";
import type { Picture } from "./picture";
import { Pinned } from "./pinned";
import { Placards } from "./placards/placards";
import { Wardrobe } from "./wardrobe";
import { speak } from "./words/language";

/** What glides when its surroundings change. */
const STANDING = ".feed-line, .gift-card, .paid-card, .goal, .rank, .rank-row";

export class Scene {
  readonly likes = new Likes();
  readonly pairing = new Pairing();
  readonly effects = new Effects();
  readonly danmaku: Danmaku;
  readonly wardrobe: Wardrobe;
  readonly #air = h("div", { class: "danmaku" });
  readonly #feed = new Feed();
  readonly #cards = new Cards();
  readonly #paid = new Paid();
  readonly #placards = new Placards();
  readonly #online = new Online();
  readonly #pinned = new Pinned();
  readonly #corners: Record<Corner, HTMLElement> = {
    "top-left": corner("top-left"),
    "top-right": corner("top-right"),
    "bottom-left": corner("bottom-left"),
    "bottom-right": corner("bottom-right"),
  };
  readonly #head = h("div", { class: "row top" });
  readonly #ground = h("div", { class: "ground" });
  readonly #layers = h("div", { class: "layers" });
  /** What the last drawing depended on. */
  #view: readonly unknown[] = [];
  #standing: readonly unknown[] = [];
  #flown = "";
  #now: () => Millis = Date.now;
  #last: Picture | undefined;

  /** `painter` draws the comments that fly; a test has its own. */
  constructor(root: HTMLElement, painter: Painter = canvasPainter()) {
    const { "top-left": tl, "top-right": tr } = this.#corners;
    const { "bottom-left": bl, "bottom-right": br } = this.#corners;
    const foot = h("div", { class: "row bottom" }, bl, br);
    this.#head.append(tl, tr);
    const { questions, tickers } = this.#placards.places;
    this.#ground.append(foot, questions, this.#pinned.element, tickers);
    this.#layers.append(
      this.effects.element,
      this.#air,
      h("div", { class: "safe" }, this.#head, this.#ground),
    );
    root.append(this.#layers, this.pairing.element);
    this.danmaku = new Danmaku(this.#air, painter);
    // What was measured with the font that stood in is too wide or too narrow now.
    document.fonts?.addEventListener("loadingdone", () => this.danmaku.renew());
    this.wardrobe = new Wardrobe(root, () => {
      if (this.#last) this.draw(this.#last, true);
    });
  }

  /**
   * Shows exactly `picture`. What left it goes softly, or `abruptly`. `now`
   * reads the server's clock.
   */
  draw(picture: Picture, abruptly: boolean, now: () => Millis = this.#now): void {
    const { look, theme, feed, cards, paid, placards, pinned, likes, online } = picture;
    this.#last = picture;
    this.#now = now;
    this.wardrobe.wear(theme);
    speak(look.language);
    // Nothing is seen before it is dressed.
    const visible = picture.visible && this.wardrobe.edition > 0;
    this.likes.update(likes, look.likes);
    this.#online.update(online, look.online);
    const worn = this.wardrobe.edition;
    const view = [look, worn, visible, innerWidth, innerHeight, devicePixelRatio];
    const stands = [picture.backdrop, feed, cards, paid, placards, pinned];
    const standing = [...view, ...stands, likes > 0, online > 0];
    // Most cues of a busy room only count; measuring the page is the dear part.
    if (!abruptly && same(standing, this.#standing)) return;
    glide(this.#layers, STANDING, () => {
      if (!same(view, this.#view)) this.#dress(look, visible);
      this.#feed.update(feed, look.feed, abruptly, look.paid.on);
      this.#paid.update(paid, look.paid, abruptly, now());
      this.#placards.update(placards, look.placards, abruptly, now);
      this.#cards.update(cards, look.cards, abruptly);
      this.#pinned.update(pinned);
      const below = look.cards.corner === look.feed.corner && look.feed.corner.startsWith("bottom");
      this.#feed.fit(below && cards.length > 0);
    });
    soften(this.#layers);
    supportText(this.#layers, look, picture.backdrop);
    this.#view = view;
    this.#standing = standing;
  }

  /** Puts a layer below all others. */
  under(layer: HTMLElement): void {
    this.#layers.prepend(layer);
  }

  /** Lets a comment fly. */
  fly(event: Event): void {
    if (event.kind === "comment") this.danmaku.offer(flyer(event, event.text, this.#air));
  }

  #dress(look: Look, visible: boolean): void {
    this.#layers.hidden = !visible;
    this.effects.update(look.effects, visible);
    applyComfort(this.#layers, look);
    dress(this.#layers, look);
    holdEmotes(look.comfort.still);
    this.#place(this.#feed.element, look.feed.corner);
    this.#place(this.#cards.element, look.cards.corner);
    this.#place(this.#paid.element, look.paid.corner);
    const { sale, goals, ranks } = this.#placards.places;
    this.#place(sale, look.placards.sale.corner);
    this.#place(goals, look.placards.goal.corner);
    this.#place(ranks, look.placards.rank.corner);
    this.#place(this.likes.element, look.likes.corner);
    this.#place(this.#online.element, look.online.corner);
    // Where room is short the feed gives way first, names on cards second.
    const isTop = look.feed.corner.startsWith("top");
    this.#head.classList.toggle("gives", isTop);
    this.#ground.classList.toggle("gives", !isTop);
    for (const [name, place] of Object.entries(this.#corners)) {
      place.classList.toggle(
        "gives",
        name === look.feed.corner || name === look.cards.corner || name === look.paid.corner,
      );
    }
    this.#feed.letGo();
    // Until the theme is here nobody knows the font; what is said by then waits.
    if (this.wardrobe.edition === 0) return;
    const way = course(look, visible, this.#air);
    const flown = JSON.stringify(way);
    if (flown !== this.#flown) this.danmaku.apply(way);
    this.#flown = flown;
  }

  #place(layer: HTMLElement, where: Corner): void {
    const place = this.#corners[where];
    if (layer.parentElement !== place) place.append(layer);
  }
}

function corner(name: Corner): HTMLElement {
  return h("div", { class: "corner", "data-corner": name });
}

function same(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index]);
}
