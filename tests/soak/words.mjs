// What a crowd says: short and long lines of several scripts, the same in every run.

/** A random number in [0, 1) that depends on `seed` only (mulberry32). */
export function dice(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const WORDS = [
  "hello", "what a goal", "nice", "wow", "more", "second", "half", "again", "please", "thank you",
  "你好", "主播好棒", "加油", "こんにちは", "すごい", "안녕하세요", "مرحبا", "جميل جدا", "שלום", "हैलो",
  "สวัสดี", "🎉", "👩‍👩‍👧", "🔥🔥", "e\u0301te\u0301", ":wave:", "12:0",
];
/** Lines everybody writes, so that equal ones meet. */
const COMMON = ["666", "哈哈哈", "gg", "first!"];

export const GIFTS = ["rose", "rose", "rose", "coffee", "coffee", "star", "balloon", "cake", "crown", "rocket", "castle"];

/** One line: one in ten is common, most have a number that no other has. */
export function line(random, n) {
  if (random() < 0.1) return COMMON[Math.floor(random() * COMMON.length)];
  const length = 1 + Math.floor(random() ** 3 * 20);
  const words = Array.from({ length }, () => WORDS[Math.floor(random() * WORDS.length)]);
  return `${words.join(" ")} ${n}`.slice(0, 250);
}
