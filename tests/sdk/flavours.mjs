// The versions under test: which package, what it runs in, and what it can do. The only place that knows.

/**
 * `proxy`: has the option for the server's address. Without it the environment sends its requests there.
 * `http`: has no socket; it polls.
 * `unnoticed`: a notice to one member alone reaches it and is not told.
 */
const TABLE = {
  "chat 3.6.6": { path: "@tencentcloud/chat", runs: "web", proxy: true },
  "chat 3.1.1": { path: "chat-3.1.1", runs: "web", proxy: true },
  "tim 2.27.6": { path: "tim-js-sdk/tim-js.js", runs: "web", proxy: true },
  "tim 2.18.2": { path: "tim-js-sdk-2.18.2/tim-js.js", runs: "web", proxy: true },
  "tim 2.16.3": { path: "tim-js-sdk-2.16.3/tim-js.js", runs: "web", proxy: true },
  "tim 2.15.0": { path: "tim-js-sdk-2.15.0/tim-js.js", runs: "web" },
  "tim 2.11.0": { path: "tim-js-sdk-2.11.0/tim-js.js", runs: "web" },
  "tim 2.10.2": { path: "tim-js-sdk-2.10.2/tim-js.js", runs: "web", http: true, unnoticed: true },
  "tim 2.7.6": { path: "tim-js-sdk-2.7.6/tim-js.js", runs: "web", http: true },
  "wx 2.27.6": { path: "tim-wx-sdk", runs: "wx", proxy: true },
  "wx 2.27.6 windows": { path: "tim-wx-sdk", runs: "wx", proxy: true, platform: "windows" },
  "wx 2.15.0": { path: "tim-wx-sdk-2.15.0", runs: "wx" },
  "wx 2.7.6": { path: "tim-wx-sdk-2.7.6", runs: "wx", http: true },
  "wx chat 3.6.6": { path: "@tencentcloud/chat", runs: "wx", proxy: true },
};

/** The first version under test with a feature. The numbers of `chat` continue those of `tim`. */
const SINCE = {
  attributes: "2.15.0",
  /** Messages carry `cloudCustomData`; the online count can be asked; all that fails says so. */
  cloud: "2.10.2",
  /** Who joins gets the last messages with the answer. */
  history: "2.16.0",
  /** What needs a login is refused as such. */
  "not logged in": "2.18.0",
  /** Online members, their marks, bans and broadcasts. */
  members: "2.27.6",
  counters: "2.27.6",
  "rest kick": "2.27.6",
  /** An event of attributes names what changed and what went. */
  "changed keys": "2.27.6",
  /** Admins of a room, and a message taken back. */
  roles: "3.6.6",
  /** Tips have nicknames, and a message's id is the same for all who read it. */
  nicks: "2.18.0",
  /** Tips that come while the SDK still asks for the group it joined reach it: its own comes at once. */
  "own tip": "2.15.0",
};

const wanted = process.env.SDK ?? "";
/** All of them, or with SDK=2.15 in the environment those whose name has it: run.mjs gives each a process. */
export const FLAVOURS = wanted in TABLE ? [wanted] : Object.keys(TABLE).filter((name) => name.includes(wanted));

export const build = (flavour) => TABLE[flavour];

/** Its version without the package's name. */
export const version = (flavour) => /\d+\.\d+\.\d+/.exec(flavour)[0];

/** Whether a version has a feature of the table above. */
export function has(flavour, feature) {
  if (!(feature in SINCE)) throw new Error(`no feature ${feature}`);
  return version(flavour).localeCompare(SINCE[feature], "en", { numeric: true }) >= 0;
}
