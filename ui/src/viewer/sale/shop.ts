/**
 * The viewer's side of the sale: keeps what is known, asks, and asks again
 * after the line was lost, each claim under the number it had.
 */
import type { OfferId, OfferInfo } from "../../shared/wire";
import type { Seat } from "../sheets";
import { after, drawnSince, EMPTY, type Sale } from "./state";
import { words } from "./words";

/** One for all views of a page. */
const SHOPS = new WeakMap<Seat, Shop>();

export class Shop {
  readonly #seat: Seat;
  readonly #drawn: ((sale: Sale) => void)[] = [];
  /** Claims that wait for an answer, by their number. */
  readonly #waiting = new Map<number, OfferId>();
  #sale: Sale = EMPTY;
  #me: string | undefined;

  /** The shop of a page. */
  static of(seat: Seat): Shop {
    const shop = SHOPS.get(seat) ?? new Shop(seat);
    SHOPS.set(seat, shop);
    return shop;
  }

  private constructor(seat: Seat) {
    this.#seat = seat;
    seat.onFrame((frame) => {
      if (frame.t === "joined") this.#catchUp();
      if (frame.t === "error" && frame.re !== undefined && this.#waiting.has(frame.re)) {
        const offer = this.#waiting.get(frame.re) ?? "";
        this.#waiting.delete(frame.re);
        this.#sale = { ...this.#sale, refused: new Map(this.#sale.refused).set(offer, frame.code) };
        this.#draw();
        return true;
      }
      if (frame.t !== "sale") return false;
      const { news } = frame;
      if (news.news === "claimed" || news.news === "refused") this.#waiting.delete(news.cid);
      const before = this.#sale;
      this.#sale = after(before, news, Date.now());
      // Who won is told to nobody apart.
      if (news.news === "shelf" && drawnSince(before, this.#sale)) this.#askWallet();
      this.#draw();
      return false;
    });
    seat.onNamed((user) => {
      if (user?.id === this.#me) return;
      this.#me = user?.id;
      this.#waiting.clear();
      this.#sale = { ...this.#sale, claims: [], refused: new Map() };
      this.#askWallet();
      this.#draw();
    });
  }

  /** The server's time, as far as this page knows it. */
  get now(): number {
    return Date.now() + this.#sale.ahead;
  }

  /** Whether a claim of this offer waits for its answer. */
  waits(offer: OfferId): boolean {
    return [...this.#waiting.values()].includes(offer);
  }

  /** Draws now and whenever something changes. */
  onChange(draw: (sale: Sale) => void): void {
    this.#drawn.push(draw);
    draw(this.#sale);
  }

  /** One of an offer, please. A guest is asked for a name first. */
  claim(offer: OfferInfo): void {
    if (!this.#seat.allowed(words.takeName) || this.waits(offer.id)) return;
    const cid = this.#seat.nextCid();
    this.#waiting.set(cid, offer.id);
    this.#put(cid, offer.id);
    this.#draw();
  }

  #put(cid: number, offer: OfferId): void {
    // Without a line it goes out when there is one again.
    this.#seat.send({ t: "sale", cid, ask: { ask: "claim", offer } });
  }

  #askWallet(): void {
    if (this.#me === undefined) return;
    this.#seat.send({ t: "sale", cid: this.#seat.nextCid(), ask: { ask: "wallet" } });
  }

  /** In the room again: after the page itself has heard that it is. */
  #catchUp(): void {
    queueMicrotask(() => {
      this.#askWallet();
      for (const [cid, offer] of this.#waiting) this.#put(cid, offer);
    });
  }

  #draw(): void {
    for (const draw of this.#drawn) draw(this.#sale);
  }
}
