// Every field somebody can write into, as data: how a payload gets into it. What the server refuses is
// as good as what it shows as text; `must` names those that are shown for certain.
import { execFileSync } from "node:child_process";
import { binary } from "../e2e/program.mjs";
import { png } from "../e2e/pictures.mjs";
import { ADDRESSES, PAYLOADS, STYLES } from "./payloads.mjs";
import { SALE } from "./sale.mjs";

/** Asks our server as a host's back end and as the host, and speaks as a viewer. */
export class Writer {
  #random = 1;

  constructor(program, viewer) {
    this.program = program;
    this.viewer = viewer;
    const args = ["usersig", "administrator", "--data", program.data];
    this.sig = execFileSync(binary, args, { encoding: "utf8" }).trim();
  }

  /** A command of the REST API; its answer, good or not. */
  async rest(command, body) {
    const query = new URLSearchParams({
      sdkappid: this.program.secrets.sdkappid, identifier: "administrator", usersig: this.sig,
      random: String(this.#random += 1), contenttype: "json",
    });
    const answer = await fetch(`${this.program.url}/v4/${command}?${query}`, { method: "POST", body: JSON.stringify(body) });
    return answer.json();
  }

  /** The developers' interface and the console's. */
  async api(method, path, body) {
    const headers = { authorization: `Bearer ${this.program.secrets.host}`, "content-type": "application/json" };
    const answer = await fetch(`${this.program.url}/api${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    return answer.json();
  }

  /** A command of the host's. */
  host(command) {
    this.desk.send({ t: "do", id: this.#random += 1, command });
  }

  /** What an account of an app says. */
  says(account, MsgType, MsgContent, more = {}) {
    return this.rest("group_open_http_svc/send_group_msg", {
      GroupId: "main", From_Account: account, Random: this.#random += 1, MsgBody: [{ MsgType, MsgContent }], ...more,
    });
  }
}

const kit = (payload) => JSON.stringify({
  version: "1.0", businessID: "TUIGift", platform: "web",
  data: { giftId: "rose", imageUrl: payload, lottieUrl: payload, message: payload, giftCount: 1,
    extInfo: { userId: payload, userName: payload, userAvatar: payload } },
});

let account = 0;
/** An account with this in its profile that then says something. */
async function person(writer, Nick, FaceUrl) {
  const UserID = `p${account += 1}`;
  await writer.rest("im_open_login_svc/account_import", { UserID, Nick, FaceUrl });
  return writer.says(UserID, "TIMTextElem", { Text: `hello from ${UserID}` });
}

/** The first `n` characters of a text. */
const cut = (text, n) => [...text].slice(0, n).join("");
const sleep = (ms) => new Promise((next) => setTimeout(next, ms));

/** What each kind of placard holds, with a payload in every text of it. */
const PLACARDS = {
  voucher: (p) => ({ title: cut(p, 80), value: cut(p, 24), stock: 5, left: 3 }),
  product: (p) => ({ title: cut(p, 80), price: cut(p, 24), number: 1 }),
  question: (p) => ({ text: cut(p, 300), from: { id: "mallory", nick: cut(p, 24), avatar: p, role: "guest" } }),
  poll: (p) => ({ question: cut(p, 80), options: [{ text: cut(p, 200), votes: 1 }, { text: cut(p, 200) }], open: true }),
  goal: (p) => ({ title: cut(p, 80), unit: "likes", target: 10, value: 3 }),
  ticker: (p) => ({ lines: [cut(p, 200)] }),
  rank: (p) => ({ title: cut(p, 80), places: 3, rows: [{ who: { id: "mallory", nick: cut(p, 24), avatar: p, role: "guest" }, coins: 9 }] }),
};

/** Puts a placard up, or another in its place. */
function place(writer, kind, placard) {
  writer.host({ do: "place", placard: { id: `x-${kind}`, kind, ...placard } });
}

/** Every kind of placard with this in it. */
export async function placeAll(writer, payload) {
  for (const [kind, made] of Object.entries(PLACARDS)) {
    place(writer, kind, made(payload));
    await sleep(60);
  }
}

/** Leaves the picture to what comes: one of those that share a place stands at a time. */
async function takeAll(writer) {
  for (const kind of Object.keys(PLACARDS)) {
    writer.host({ do: "take", id: `x-${kind}` });
    await sleep(60);
  }
}

const RULE = { field: "/cmd", equals: "sc", becomes: "paid", text: "/msg", amount: "=90000", currency: "=EUR" };
let paid = 0;
/** A paid comment. Two stand on the picture; clearing makes room for the next two. */
function pay(writer, text) {
  if ((paid += 1) % 2 === 1) writer.host({ do: "clear" });
  return writer.says("administrator", "TIMCustomElem", { Data: JSON.stringify({ cmd: "sc", msg: text }) });
}

const THEME = { name: "Evil", base: "glass", motion: "glide" };
/** A theme of the host's, worn by the overlay from the first field of themes on. */
async function wear(writer) {
  if (writer.theme) return;
  ({ id: writer.theme } = await writer.api("POST", "/themes", THEME));
  writer.host({ do: "look", overlay: "main", look: { ...writer.look, pace: 60, theme: writer.theme } });
}
const dress = (writer, more) => writer.api("PUT", `/themes/${writer.theme}`, { ...THEME, ...more });

/** Puts the same picture up under a code, which may be refused. */
async function emote(writer, code) {
  const url = `${writer.program.url}/api/emotes/${encodeURIComponent(code)}`;
  const headers = { authorization: `Bearer ${writer.program.secrets.host}`, "content-type": "image/png" };
  return (await fetch(url, { method: "PUT", headers, body: png(8, 8) })).json();
}

const comment = (w, text) => w.viewer.send({ t: "send", cid: w.cid += 1, body: { kind: "comment", text } });

/** `before` is done once, `at` is pressed on these pages, `seen` is then on them. */
export const FIELDS = [
  { name: "a paid comment", native: true, must: true,
    before: (w) => w.api("PUT", `/apps/${w.program.secrets.sdkappid}/mapping`, { rules: [RULE] }),
    write: pay, seen: { overlay: ".paid-card", viewer: "[data-test=paid]" } },
  { name: "a viewer's comment", native: true, must: true, write: comment },
  { name: "a viewer's custom message", native: true, write: (w, p) => w.viewer.send({ t: "send", cid: w.cid += 1, body: { kind: "custom", data: p } }) },
  { name: "a viewer's name", native: true, write: (w, p) => w.viewer.send({ t: "name", nick: [...p].slice(0, 24).join("") }) },
  { name: "what an account says", must: true, write: (w, p) => w.says("administrator", "TIMTextElem", { Text: p }) },
  { name: "what a host says", native: true, write: (w, p) => w.host({ do: "say", text: p }) },
  { name: "an account's name", of: PAYLOADS, write: (w, p) => person(w, p, "") },
  { name: "an account's picture", of: ADDRESSES, local: true, write: (w, p) => person(w, "Ann", p) },
  { name: "an app's custom message", write: (w, p) => w.says("administrator", "TIMCustomElem", { Data: p, Desc: p, Ext: p }, { CloudCustomData: p }) },
  { name: "a gift of the live kit", of: ADDRESSES, local: true, write: (w, p) => w.says("administrator", "TIMCustomElem", { Data: kit(p), Desc: p, Ext: p }) },
  { name: "a room's name and texts", write: (w, p) => w.rest("group_open_http_svc/modify_group_base_info", { GroupId: "main", Name: p.slice(0, 30), Introduction: p.slice(0, 100), Notification: p.slice(0, 100), FaceUrl: p.slice(0, 100) }) },
  { name: "a room's attributes", of: [PAYLOADS.slice(0, 16), PAYLOADS.slice(40, 56), ADDRESSES.slice(0, 16)], write: (w, some) => w.rest("group_open_http_svc/set_group_attr", { GroupId: "main", GroupAttr: some.map((p, n) => ({ key: `${n}${p}`.replace(/[^!-~]/g, "").slice(0, 30), value: p })) }) },
  { name: "a room's counters", of: ADDRESSES, write: (w, p) => w.rest("group_open_http_svc/update_group_counter", { GroupId: "main", GroupCounter: [{ Key: p.slice(0, 20), Value: 1 }], Mode: "Set" }) },
  { name: "another room", of: ADDRESSES, write: (w, p) => w.api("POST", `/apps/${w.program.secrets.sdkappid}/rooms`, { name: p.slice(0, 30), id: p.slice(0, 40) }) },
  { name: "an app's name", of: ADDRESSES, write: (w, p) => w.api("POST", "/apps", { name: p.slice(0, 40) }) },
  { name: "a webhook's address", of: ADDRESSES, write: (w, p) => w.api("PUT", `/apps/${w.program.secrets.sdkappid}/hooks`, { url: p, commands: [], refuse_on_failure: false, retry: false }) },
  { name: "a rule's words", of: ADDRESSES, write: (w, p) => w.api("PUT", `/apps/${w.program.secrets.sdkappid}/mapping`, { rules: [{ field: "/cmd", equals: p.slice(0, 200), becomes: "comment", text: `=${p.slice(0, 200)}` }] }) },
  { name: "words that are filtered", of: ADDRESSES, write: (w, p) => w.api("POST", `/apps/${w.program.secrets.sdkappid}/filter/try`, { text: p }) },
  { name: "an emote's address", of: ADDRESSES, local: true, write: (w, p) => w.api("PUT", "/emotes/away", { url: p }) },
  { name: "an emote's code", write: emote },
  { name: "an emote named like a built-in", of: ["__proto__", "constructor", "toString", "hasOwnProperty"], write: emote },
  { name: "an emote's new code", before: (w) => emote(w, "ok"), write: (w, p) => w.api("PATCH", "/emotes/ok", { code: p }) },
  { name: "text round emotes", native: true, must: true, before: (w) => emote(w, "ok"), write: (w, p) => comment(w, `:ok:${cut(p, 250)}:ok::__proto__:`), seen: { viewer: ".emote" } },
  { name: "a look's font and theme", native: true, of: ADDRESSES, write: (w, p) => w.host({ do: "look", overlay: "main", look: { ...w.look, font: p.slice(0, 120), theme: p.slice(0, 60), pace: 60 } }) },
  { name: "a theme's name", before: wear, write: (w, p) => dress(w, { name: cut(p, 40).trim() }) },
  { name: "a theme's values", of: ADDRESSES, write: (w, p) => dress(w, { values: { accent: p, plate: p } }) },
  { name: "a theme's CSS", of: [...STYLES, ...ADDRESSES], local: true, write: (w, p) => dress(w, { css: p }) },
  { name: "a theme's parts", of: ADDRESSES, write: (w, p) => dress(w, { template: { gift: [p] } }) },
  { name: "a theme's fonts", of: ADDRESSES, write: (w, p) => dress(w, { fonts: [{ family: p, key: p }] }) },
  { name: "a theme's file", of: ADDRESSES, write: (w, p) => w.api("POST", "/themes/file", { surtitle_theme: 1, ...THEME, name: p, css: p }) },
  { name: "an overlay's name", native: true, of: ADDRESSES, write: (w, p) => w.viewer.send({ t: "pair", overlay: p }) },
  { name: "a remote room's address", of: ADDRESSES.slice(0, 4), write: (w, p) => w.host({ do: "join_remote", address: p }) },
  ...Object.entries(PLACARDS).map(([kind, made]) => ({
    name: `a ${kind} on the picture`, native: true, before: takeAll, write: (w, p) => place(w, kind, made(p)),
    seen: { overlay: `.placard[data-kind=${kind}]`, viewer: `[data-test=placard][data-kind=${kind}]`, console: `[data-test=placards] [data-id=x-${kind}]` },
  })),
  { name: "a product's picture", native: true, before: takeAll, of: ADDRESSES, local: true,
    write: (w, p) => place(w, "product", { title: "cup", price: "", picture: p }) },
  ...SALE,
];
