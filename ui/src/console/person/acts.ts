/** What a host or helper does to a person: the commands, what is said of them, and the way back. */
import type { OrderInfo, RoomOrder, Sender, UserId } from "../../shared/wire";
import type { Desk } from "../desk";
import type { Control } from "../state";
import { words } from "./words";

export interface Acts {
  mute: (who: Sender, seconds: number) => void;
  ban: (who: Sender, seconds: number) => void;
  trust: (who: Sender, on: boolean) => void;
  admin: (who: Sender, on: boolean) => void;
}

/** How a person stands to whoever has the console. */
export interface Standing {
  /** The console is a host's: who is trusted and an admin is theirs to say. */
  readonly host: boolean;
  /** An account of the app: no other can be an admin. */
  readonly account: boolean;
  readonly trusted: boolean;
  readonly admin: boolean;
}

/** Ids the server gives to its own people begin so. */
const OWN = "u-";

export function standing(desk: Pick<Desk, "order" | "air">, host: boolean, user: UserId): Standing {
  const among = (list: OrderInfo["admins"] | undefined) =>
    list?.some((known) => known.user === user) ?? false;
  return {
    host,
    account: !user.startsWith(OWN),
    trusted: among(desk.air?.trusted),
    admin: among(desk.order?.admins),
  };
}

export function createActs(control: Control): Acts {
  const set = (order: RoomOrder, news: string) => control.run({ do: "order", order }, news);
  const ban = async (who: Sender, seconds: number) => {
    const order: RoomOrder = { set: "ban", user: who.id, seconds };
    if (seconds === 0) return void set(order, words.letIn(who.nick));
    if (!(await control.run({ do: "order", order }))) return;
    const undo = () => void ban(who, 0);
    control.notify({ kind: "news", text: banned(who.nick, seconds), undo });
  };
  return {
    mute: control.mute,
    ban: (who, seconds) => void ban(who, seconds),
    trust: ({ id, nick }, on) =>
      void set(
        { set: "trust", user: id, on, nick },
        on ? words.trusted(nick) : words.distrusted(nick),
      ),
    admin: ({ id, nick }, on) =>
      void set({ set: "admin", user: id, on }, on ? words.appointed(nick) : words.dismissed(nick)),
  };
}

function banned(nick: string, seconds: number): string {
  if (seconds > 86_400) return words.bannedForGood(nick);
  return seconds === 86_400 ? words.bannedForShow(nick) : words.banned(nick, seconds);
}
