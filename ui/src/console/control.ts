/** Commands of the views: sends them, shows refusals, offers ways back. */

import type { HostCommand, Sender } from "../shared/wire";
import { lasting } from "../shared/words/figures";
import { type Link, Refusal } from "./link";
import type { Notice } from "./notices";
import type { Control } from "./state";
import { why } from "./why";
import { words } from "./words/feed";
import { words as lineWords } from "./words/line";

/** What the commands need from the page. */
export interface ControlNeeds {
  link: () => Link | undefined;
  notify: (notice: Notice) => void;
  /** Somebody was muted for `seconds`; 0 lifted it. */
  muted: (who: Sender, seconds: number) => void;
}

export function createControl({ link, notify, muted }: ControlNeeds): Control {
  async function run(command: HostCommand, news?: string): Promise<boolean> {
    try {
      const line = link();
      if (!line) throw new Refusal(lineWords.offline);
      await line.command(command);
      if (news !== undefined) notify({ kind: "news", text: news });
      return true;
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      notify({ kind: "error", text: sentence(refusal.message), code: refusal.code });
      return false;
    }
  }

  async function mute(who: Sender, seconds: number): Promise<void> {
    if (!(await run({ do: "mute", user: who.id, seconds }))) return;
    muted(who, seconds);
    if (seconds === 0) notify({ kind: "news", text: words.unmuted(who.nick) });
    else {
      const undo = () => void mute(who, 0);
      notify({ kind: "news", text: mutedFor(who.nick, seconds), undo });
    }
  }

  return { run, mute: (who, seconds) => void mute(who, seconds), notify };
}

/** A message of the server (`muted until 20:15`) as a sentence of the page. */
export function sentence(message: string): string {
  const told = why(message);
  const text = told.charAt(0).toUpperCase() + told.slice(1);
  return /[.?:。？：]$/.test(text) ? text : `${text}.`;
}

function mutedFor(nick: string, seconds: number): string {
  return seconds >= 86_400 ? words.mutedForShow(nick) : words.muted(nick, lasting(seconds));
}
