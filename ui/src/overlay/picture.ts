/**
 * The picture: everything that stands on the overlay, as plain data. A
 * `stage` replaces it, a cue changes it, time takes from it. Comments in the
 * air are not part of it: they end by themselves. Pure.
 */
import type {
  Backdrop,
  Card,
  Cue,
  Event,
  Look,
  Millis,
  PaidCard,
  Placard,
  Stage,
  Theme,
} from "../shared/wire";

/** Most comments remembered for the feed, whatever the look shows of them. */
export const FEED_LIMIT = 30;
/** A card outlives its time by this much, so that a combo in transit still finds it, ms. */
const CARD_GRACE_MS = 250;

export interface Picture {
  readonly look: Look;
  readonly theme: Theme;
  readonly visible: boolean;
  /** Oldest first, each id once. */
  readonly feed: readonly Event[];
  /** Oldest first, each id once. */
  readonly cards: readonly Card[];
  /** Paid comments that stand, oldest first, each id once. */
  readonly paid: readonly PaidCard[];
  /** In the order they were placed, each id once. */
  readonly placards: readonly Placard[];
  readonly pinned: Event | null;
  readonly likes: number;
  readonly online: number;
  /** The picture behind, where it is known. */
  readonly backdrop: Backdrop | null;
}

/** Exactly what the server says should be there. */
export function fromStage(stage: Stage): Picture {
  return {
    look: stage.look,
    theme: stage.theme,
    visible: stage.visible,
    feed: stage.feed.slice(-FEED_LIMIT),
    cards: stage.cards,
    paid: stage.paid,
    placards: stage.placards,
    pinned: stage.pinned ?? null,
    likes: stage.likes,
    online: stage.online,
    backdrop: stage.backdrop ?? null,
  };
}

/** The picture after one cue. Cues of a newer server that mean nothing here change nothing. */
export function after(picture: Picture, cue: Cue): Picture {
  switch (cue.cue) {
    case "comment":
      return { ...picture, feed: put(picture.feed, cue.event).slice(-FEED_LIMIT) };
    case "gift":
      return { ...picture, cards: put(picture.cards, cue.card) };
    case "card_end":
      return {
        ...picture,
        cards: picture.cards.filter((card) => card.id !== cue.id),
        paid: picture.paid.filter((card) => card.id !== cue.id),
      };
    case "paid":
      return { ...picture, paid: put(picture.paid, cue.card) };
    case "placard":
      return { ...picture, placards: put(picture.placards, cue.placard) };
    case "placard_end":
      return { ...picture, placards: picture.placards.filter(({ id }) => id !== cue.id) };
    case "likes":
      return { ...picture, likes: cue.total };
    case "online":
      return { ...picture, online: cue.count };
    case "pin":
      return { ...picture, pinned: cue.event };
    case "unpin":
      return { ...picture, pinned: null };
    case "remove":
      return without(picture, (item) => cue.ids.includes(item.id));
    case "remove_user":
      return without(picture, (item) => item.from?.id === cue.user, cue.user);
    case "clear":
      return { ...picture, feed: [], cards: [], paid: [], pinned: null };
    case "look":
      return { ...picture, look: cue.look };
    case "theme":
      return { ...picture, theme: cue.theme };
    case "backdrop":
      return { ...picture, backdrop: cue.grid ?? null };
    case "visible":
      return { ...picture, visible: cue.on };
    default:
      return picture;
  }
}

/** The picture at `now` on the server's clock: what has had its time is gone. */
export function at(picture: Picture, now: Millis): Picture {
  const stay = picture.look.feed.seconds * 1000;
  const feed = picture.feed.filter((event) => stay === 0 || event.at + stay > now);
  const cards = picture.cards.filter((card) => card.until + CARD_GRACE_MS > now);
  const paid = picture.paid.filter((card) => card.until + CARD_GRACE_MS > now);
  const left = feed.length + cards.length + paid.length;
  const same = left === picture.feed.length + picture.cards.length + picture.paid.length;
  return same ? picture : { ...picture, feed, cards, paid };
}

/** When time takes something next; `null` if nothing is bound to go. */
export function nextChange(picture: Picture): Millis | null {
  const stay = picture.look.feed.seconds * 1000;
  const ends = [...picture.cards, ...picture.paid].map(({ until }) => until + CARD_GRACE_MS);
  if (stay > 0) ends.push(...picture.feed.map((event) => event.at + stay));
  return ends.length > 0 ? Math.min(...ends) : null;
}

/** The item in its old place if its id is known, else at the end. */
function put<T extends { readonly id: string }>(items: readonly T[], item: T): readonly T[] {
  const known = items.some(({ id }) => id === item.id);
  return known ? items.map((old) => (old.id === item.id ? item : old)) : [...items, item];
}

function without(picture: Picture, named: (item: Event | Card) => boolean, user?: string): Picture {
  const { pinned } = picture;
  return {
    ...picture,
    feed: picture.feed.filter((event) => !named(event)).flatMap((event) => namesLeft(event, user)),
    cards: picture.cards.filter((card) => !named(card)),
    paid: picture.paid.filter(({ event }) => !named(event)),
    placards: picture.placards.flatMap((placard) => placardLeft(placard, named, user)),
    pinned: pinned && !named(pinned) ? pinned : null,
  };
}

/** A tip without `user` among its names; nothing if nobody is left in it. */
function namesLeft(event: Event, user: string | undefined): readonly Event[] {
  if (event.kind !== "tip" || user === undefined) return [event];
  const users = event.users.filter(({ id }) => id !== user);
  return users.length + event.more > 0 ? [{ ...event, users }] : [];
}

/** A placard without what is taken off; nothing if that was the question itself. */
function placardLeft(
  placard: Placard,
  named: (item: Event | Card) => boolean,
  user: string | undefined,
): readonly Placard[] {
  if (placard.kind === "rank" && user !== undefined) {
    return [{ ...placard, rows: placard.rows.filter(({ who }) => who.id !== user) }];
  }
  if (placard.kind !== "question") return [placard];
  const { event, from } = placard;
  if (from && from.id === user) return [];
  const asked = event === undefined ? undefined : ({ id: event, from } as Event);
  return asked && named(asked) ? [] : [placard];
}
