/** Whom this console muted, and until when. At most 500 people; the oldest go first. */

import type { UserId } from "../shared/wire";

const LIMIT = 500;

/** When each ends, in ms of the reader's clock. */
export type Mutes = ReadonlyMap<UserId, number>;

/** After somebody was muted for `seconds`; 0 lifts it. */
export function withMute(mutes: Mutes, user: UserId, seconds: number, now: number): Mutes {
  const next = new Map(mutes);
  next.delete(user);
  if (seconds > 0) next.set(user, now + seconds * 1_000);
  return new Map([...next].slice(-LIMIT));
}

/** Until when somebody is muted; `undefined` if they may speak. */
export function mutedUntil(
  mutes: Mutes,
  user: UserId | undefined,
  now: number,
): number | undefined {
  const until = user === undefined ? undefined : mutes.get(user);
  return until !== undefined && until > now ? until : undefined;
}
