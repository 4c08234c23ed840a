/** Refusals in the viewer's words. */

import { clockTime } from "../shared/format";
import { words } from "../shared/words/viewer";

export interface Problem {
  /** What happened and what to do. */
  words: string;
  /** The stable code, small, for a report; none for the page's own. */
  code?: number;
}

/** Muted for some time: the message says until when. */
const MUTED = 2107;

/** A frame of kind `error` as the viewer reads it. */
export function problem(code: number, message: string): Problem {
  const until = TIME.exec(message);
  if (code === MUTED && until) return { words: words.mutedUntil(localTimes(until[0])), code };
  return { words: words.refused[code] ?? asSentence(localTimes(message)), code };
}

const TIME = /\b(\d\d):(\d\d):(\d\d)Z/;

/** `02:10:00Z` in a message as hour and minute on the reader's clock. */
function localTimes(message: string): string {
  return message.replace(new RegExp(TIME, "g"), (_, hours, minutes, seconds) =>
    clockTime(new Date().setUTCHours(Number(hours), Number(minutes), Number(seconds))),
  );
}

/** A server's "muted until 02:10:00Z" as a sentence. */
export function asSentence(message: string): string {
  const text = message.trim();
  if (!text) return words.noReason;
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?。！？]$/.test(first) ? first : `${first}.`;
}
