/** Refusals in the viewer's words. */

import { clockTime } from "../shared/format";

export interface Problem {
  /** What happened and what to do. */
  words: string;
  /** The stable code, small, for a report; none for the page's own. */
  code?: number;
}

const WORDS: Readonly<Record<number, string>> = {
  2008: "That was too fast. Wait a moment and send it again.",
  2009: "The server is full. It is tried again by itself.",
  2101: "There is no such room here. Check the link.",
  2102: "Not in the room yet. Wait until it says Connected.",
  2103: "Take a name first, then you can speak.",
  2108: "Write between 1 and 300 characters.",
  2109: "That gift is not there any more. Reload the page.",
  2111: "The room cannot be reached now. It is tried again by itself.",
  2201: "That name does not work. Use 1 to 24 letters, figures or signs.",
  2900: "Something went wrong on the server. Send it again.",
};

/** A frame of kind `error` as the viewer reads it. */
export function problem(code: number, message: string): Problem {
  return { words: WORDS[code] ?? asSentence(localTimes(message)), code };
}

/** `02:10:00Z` in a message as hour and minute on the reader's clock. */
function localTimes(message: string): string {
  return message.replace(/\b(\d\d):(\d\d):(\d\d)Z/g, (_, hours, minutes, seconds) =>
    clockTime(new Date().setUTCHours(Number(hours), Number(minutes), Number(seconds))),
  );
}

/** A server's "muted until 02:10:00Z" as a sentence. */
export function asSentence(message: string): string {
  const text = message.trim();
  if (!text) return "The server said no, without a reason.";
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?。！？]$/.test(first) ? first : `${first}.`;
}
