/** What the developers' interface answers (server, `dev/`). Times are ms since 1970. */

import type { Event, Paid } from "../../shared/wire";

/** One app. */
export interface App {
  readonly id: number;
  readonly name: string;
  /** The configured one: it stays, and its admins are in the configuration. */
  readonly first: boolean;
  readonly groups: number;
  readonly admins: readonly string[];
  readonly created: number;
  readonly online: number;
}

/** Every app, the configured one first. */
export interface Apps {
  readonly apps: readonly App[];
  readonly limit: number;
}

/** One room of a list. */
export interface RoomRow {
  readonly id: string;
  readonly name: string;
  readonly owner: string | null;
  readonly online: number;
  readonly created: number;
  readonly last_message: number | null;
}

/** A page of rooms. */
export interface Rooms {
  readonly rooms: readonly RoomRow[];
  readonly total: number;
  readonly more: boolean;
}

/** Until when an account may not speak or come in. */
export interface Until {
  readonly account: string;
  readonly until: number;
}

/** A room from inside. */
export interface Room extends Omit<RoomRow, "last_message"> {
  readonly introduction: string;
  readonly notification: string;
  readonly mute_all: boolean;
  readonly fields: Readonly<Record<string, string>>;
  readonly guests: number;
  readonly likes: number;
  readonly members: readonly { account: string; nick: string; since: number }[];
  readonly admins: readonly string[];
  readonly mutes: readonly Until[];
  readonly muted: number;
  readonly bans: readonly Until[];
  readonly more_bans: boolean;
  readonly counters: Readonly<Record<string, number>>;
  readonly attributes: Readonly<Record<string, string>>;
  readonly messages: readonly Event[];
}

/** How webhook calls of one kind fare. */
export interface Gate {
  readonly is_open: boolean;
  readonly tries_at: number | null;
  readonly in_flight: number;
  readonly failures: number;
  readonly skipped: number;
  readonly last: { readonly at: number; readonly command: string; readonly note: string } | null;
}

/** How the webhooks of an app fare. */
export interface Health {
  readonly asking: Gate;
  readonly telling: Gate;
  readonly waiting: number;
  readonly dropped: number;
}

/** The webhooks of an app. The token is never told. */
export interface Hooks {
  readonly url: string | null;
  readonly commands: readonly string[];
  readonly refuse_on_failure: boolean;
  readonly retry: boolean;
  readonly has_token: boolean;
  readonly health: Health;
}

/** What a test call came to. */
export interface HookTest {
  readonly ok: boolean;
  readonly took_ms: number;
  readonly note: string;
}

/** What an app's rooms do by themselves. */
export interface Settings {
  /** Logins of one account on one platform at once. */
  readonly instances: number;
  /** Whether an order to mute inside a custom message of staff mutes. */
  readonly order_mutes: boolean;
  /** For how long an order to remove bans, in s; 0 for not at all. */
  readonly order_ban_s: number;
}

/** One told event. */
export interface Delivery {
  readonly row: number;
  readonly command: string;
  readonly made: number;
  readonly attempts: number;
  readonly state: "due" | "done" | "failed";
  /** When it is next tried, or when it ended. */
  readonly at: number;
  readonly note: string;
  readonly query: string;
  readonly body: string;
}

/** Which part of a custom message means what (docs/compatibility/events.md). */
export interface Rule {
  field: string;
  equals: string;
  becomes: Becomes;
  text?: string;
  gift?: string;
  count?: string;
  amount?: string;
  currency?: string;
}

/** What a custom message becomes. */
export type Becomes = "like" | "gift" | "comment" | "paid" | "follow" | "ignore";

/** Rules in their order. */
export interface Mapping {
  readonly rules: readonly Rule[];
}

/** What a sample message would become. */
export interface Meaning {
  readonly becomes: "comment" | "paid" | "gift" | "like" | "follow" | "custom";
  readonly body: {
    readonly kind: string;
    readonly text?: string;
    readonly gift?: string;
    readonly count?: number;
    readonly paid?: Paid;
  };
  readonly likes: number;
  readonly follows: number;
  readonly order: boolean;
}
