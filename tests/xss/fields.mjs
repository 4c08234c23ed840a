// Every field somebody can write into, as data: how a payload gets into it. What the server refuses is
// as good as what it shows as text; `must` names those that are shown for certain.
import { execFileSync } from "node:child_process";
import { binary } from "../e2e/program.mjs";
import { ADDRESSES, PAYLOADS } from "./payloads.mjs";

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

const placard = (kind, payload) => ({
  do: "place",
  placard: {
    id: `x-${kind}`, kind, title: payload, text: payload, value: payload, price: payload, picture: payload, asker: payload,
    question: payload, lines: [payload], options: [{ text: payload, votes: 1 }, { text: "b", votes: 0 }],
    unit: "likes", target: 10, stock: 5, left: 3, number: 1, open: true, count: 5,
  },
});

export const FIELDS = [
  { name: "a viewer's comment", native: true, must: true, write: (w, p) => w.viewer.send({ t: "send", cid: w.cid += 1, body: { kind: "comment", text: p } }) },
  { name: "a viewer's custom message", native: true, write: (w, p) => w.viewer.send({ t: "send", cid: w.cid += 1, body: { kind: "custom", data: p } }) },
  { name: "a viewer's name", native: true, write: (w, p) => w.viewer.send({ t: "name", nick: [...p].slice(0, 24).join("") }) },
  { name: "what an account says", must: true, write: (w, p) => w.says("administrator", "TIMTextElem", { Text: p }) },
  { name: "what a host says", native: true, write: (w, p) => w.host({ do: "say", text: p }) },
  { name: "an account's name", of: PAYLOADS, write: (w, p) => person(w, p, "") },
  { name: "an account's picture", of: ADDRESSES, write: (w, p) => person(w, "Ann", p) },
  { name: "an app's custom message", write: (w, p) => w.says("administrator", "TIMCustomElem", { Data: p, Desc: p, Ext: p }, { CloudCustomData: p }) },
  { name: "a gift of the live kit", of: ADDRESSES, write: (w, p) => w.says("administrator", "TIMCustomElem", { Data: kit(p), Desc: p, Ext: p }) },
  { name: "a room's name and texts", write: (w, p) => w.rest("group_open_http_svc/modify_group_base_info", { GroupId: "main", Name: p.slice(0, 30), Introduction: p.slice(0, 100), Notification: p.slice(0, 100), FaceUrl: p.slice(0, 100) }) },
  { name: "a room's attributes", of: [ADDRESSES], write: (w, all) => w.rest("group_open_http_svc/set_group_attr", { GroupId: "main", GroupAttr: all.slice(0, 16).map((p, n) => ({ key: `${n}${p}`.replace(/[^ -~]/g, "").slice(0, 30), value: p })) }) },
  { name: "a room's counters", of: ADDRESSES, write: (w, p) => w.rest("group_open_http_svc/update_group_counter", { GroupId: "main", GroupCounter: [{ Key: p.slice(0, 20), Value: 1 }], Mode: "Set" }) },
  { name: "another room", of: ADDRESSES, write: (w, p) => w.api("POST", `/apps/${w.program.secrets.sdkappid}/rooms`, { name: p.slice(0, 30), id: p.slice(0, 40) }) },
  { name: "an app's name", of: ADDRESSES, write: (w, p) => w.api("POST", "/apps", { name: p.slice(0, 40) }) },
  { name: "a webhook's address", of: ADDRESSES, write: (w, p) => w.api("PUT", `/apps/${w.program.secrets.sdkappid}/hooks`, { url: p, commands: [], refuse_on_failure: false, retry: false }) },
  { name: "a rule's words", of: ADDRESSES, write: (w, p) => w.api("PUT", `/apps/${w.program.secrets.sdkappid}/mapping`, { rules: [{ field: "data", equals: p.slice(0, 200), becomes: "comment", text: "data" }] }) },
  { name: "words that are filtered", of: ADDRESSES, write: (w, p) => w.api("POST", `/apps/${w.program.secrets.sdkappid}/filter/try`, { text: p }) },
  { name: "an emote's code and address", of: ADDRESSES, write: (w, p) => w.api("PUT", `/emotes/${encodeURIComponent(p)}`, { url: p }) },
  { name: "a look's font and theme", native: true, of: ADDRESSES, write: (w, p) => w.host({ do: "look", overlay: "main", look: { ...w.look, font: p.slice(0, 120), theme: p.slice(0, 60), pace: 60 } }) },
  { name: "a theme's name and values", of: ADDRESSES, write: (w, p) => w.api("POST", "/themes", { name: p.slice(0, 40), base: "glass", motion: "glide", values: { "--accent": p } }) },
  { name: "an overlay's name", native: true, of: ADDRESSES, write: (w, p) => w.viewer.send({ t: "pair", overlay: p }) },
  { name: "a remote room's address", of: ADDRESSES.slice(0, 4), write: (w, p) => w.host({ do: "join_remote", address: p }) },
  ...["voucher", "product", "question", "poll", "goal", "ticker", "rank"].map((kind) => (
    { name: `a ${kind} on the picture`, native: true, of: ADDRESSES, write: (w, p) => w.host(placard(kind, p)) }
  )),
];
