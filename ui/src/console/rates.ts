/** Events a second over the last minute, one figure a second of the server's clock. */

/** Seconds kept. */
export const RATE_SECONDS = 60;

/** One second and the highest rate seen in it. */
export interface Rate {
  /** Second of the server's clock. */
  readonly second: number;
  /** Events a second, the highest figure that second. */
  readonly rate: number;
}

/** The minute after one more figure; a silent gap counts as zero, a clock that went back starts anew. */
export function withRate(minute: readonly Rate[], now: number, rate: number): readonly Rate[] {
  const second = Math.floor(now / 1000);
  const last = minute[minute.length - 1];
  if (!last || second < last.second) return [{ second, rate }];
  if (second === last.second) {
    if (rate <= last.rate) return minute;
    return [...minute.slice(0, -1), { second, rate }];
  }
  const next = [...minute];
  const gap = Math.min(second - last.second - 1, RATE_SECONDS);
  for (let i = gap; i > 0; i--) next.push({ second: second - i, rate: 0 });
  next.push({ second, rate });
  return next.slice(-RATE_SECONDS);
}

/** Highest rate of the minute. */
export function peak(minute: readonly Rate[]): number {
  return minute.reduce((most, r) => Math.max(most, r.rate), 0);
}
