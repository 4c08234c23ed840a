// The live sale, the board and the questions, as data: how a payload gets into each of their texts.
import { until } from "../e2e/program.mjs";
import { ADDRESSES } from "./payloads.mjs";

/** The first `n` characters of a text. */
const cut = (text, n) => [...text].slice(0, n).join("");
const sleep = (ms) => new Promise((next) => setTimeout(next, ms));

/** Where all of it is drawn. */
const SHOP = { viewer: "[data-test=sheet-open][data-sheet=shop]", console: "[data-test=nav-sale]" };
const ASKED = { viewer: "[data-test=sheet-open][data-sheet=ask]", console: "[data-test=nav-questions]" };
const PRICE = { amount: 990, currency: "EUR" };

const order = (w, body) => w.api("POST", "/sale", body);
const product = (w, more) => order(w, { order: "product", product: { number: 7, title: "cup", price: PRICE, stock: 3, ...more } });
let next = 0;
/** An id nothing had before. */
const fresh = (kind) => `${kind}${next += 1}`;

/** Drops a voucher, whose code may be the shop's own, and has Mallory claim it. */
async function drop(w, { title, keyword, code }) {
  const id = fresh("v");
  const voucher = { id, title, keyword, worth: { kind: "percent", percent: 10 }, stock: 1, per_person: 1 };
  await order(w, { order: "voucher", voucher });
  if (code !== undefined) await w.api("PUT", `/sale/vouchers/${id}/codes`, { codes: [code] });
  await order(w, { order: "drop", id, seconds: 60 });
  w.viewer.send({ t: "sale", cid: w.cid += 1, ask: { ask: "claim", offer: `voucher:${id}` } });
  await sleep(20);
  await order(w, { order: "end", offer: `voucher:${id}` });
  // A hundred may be prepared; one that was claimed stays.
  await order(w, { order: "remove_voucher", id });
}

/** Opens a lottery, has Mallory enter it, and draws it. */
async function lottery(w, title, keyword) {
  const id = fresh("l");
  await order(w, { order: "lottery", id, title, keyword, winners: 1 });
  w.viewer.send({ t: "sale", cid: w.cid += 1, ask: { ask: "claim", offer: `lottery:${id}` } });
  await sleep(20);
  await order(w, { order: "draw", id });
}

async function packet(w, by, title) {
  const id = fresh("p");
  await w.api("POST", "/packets", { id, by, title, keyword: cut(title, 24), amounts: [88], currency: "CNY", seconds: 60 });
  await sleep(20);
  await order(w, { order: "end", offer: `packet:${id}` });
}

/** Mallory asks, and the host answers in public. */
async function ask(w, text, answer) {
  const cid = w.cid += 1;
  w.viewer.send({ t: "inquire", cid, ask: { ask: "new", text, product: 7 } });
  const heard = await until("the question", () =>
    w.viewer.frames.find((f) => f.re === cid && (f.t === "inquiry" || f.t === "error")));
  const id = heard.list?.at(-1)?.id;
  if (id !== undefined) w.host({ do: "inquiry", order: { to: "answer", id, text: answer, public: true } });
}

const name = (w, nick) => w.viewer.send({ t: "name", nick: cut(nick, 24) });
const board = (w, more) => w.desk.send({ t: "board", ...more });
const onBoard = (w, more) => w.host({ do: "board", ...more });

/** The boards of both, opened once. */
async function openBoards(w) {
  for (const end of [w.desk, w.viewer]) end.send({ t: "board", ask: "open", room: "main", brief: true });
  await until("the board", () => w.desk.frames.some((f) => f.t === "board" && f.say === "opened"));
  onBoard(w, { order: "air", on: true });
}

/** Of each of these fields so many payloads: a write of theirs is several requests. */
const FEW = 8;

/** Fields as in fields.mjs; `at` is what is opened on a page first. */
export const SALE = [
  { name: "a product's title", before: (w) => product(w, {}), at: SHOP, write: (w, p) => product(w, { title: cut(p, 80) }),
    seen: { viewer: "[data-test=shelf-product]", console: "[data-test=sale-products] li" } },
  { name: "a product's link and picture", at: SHOP, of: ADDRESSES, local: true,
    write: async (w, p) => { await product(w, { link: p }); await product(w, { picture: p }); } },
  { name: "a voucher's title and keyword", at: SHOP, write: (w, p) => drop(w, { title: cut(p, 80), keyword: cut(p, 24) }),
    seen: { console: "[data-test=sale-offers] li" } },
  { name: "a voucher's code",
    write: (w, p) => drop(w, { title: "code", code: cut(p.replace(/[^!-~]/g, ""), 64) || "x" }) },
  { name: "a lottery's title and keyword", at: SHOP, write: (w, p) => lottery(w, cut(p, 80), cut(p, 24)) },
  { name: "a winner's name", native: true, at: SHOP, write: async (w, p) => { name(w, p); await lottery(w, "a cup", "cup"); },
    seen: { viewer: "[data-offer^='lottery:']" } },
  { name: "a red packet", at: SHOP, write: (w, p) => packet(w, cut(p, 24), cut(p, 80)) },
  { name: "an order notice", write: (w, p) => w.api("POST", "/sale/orders", { order: fresh("o"), buyer: cut(p, 24).trim() || "x", title: p }) },
  { name: "an order notice in the shop's words", must: true, write: (w, p) => w.api("POST", "/sale/orders", { order: fresh("o"), text: cut(p, 300) }) },
  { name: "a settled comment and gift", must: true, write: async (w, p) => {
    await w.api("POST", "/paid", { order: fresh("s"), nick: "Ann", text: cut(p, 300), ...PRICE });
    await w.api("POST", "/gifts", { order: fresh("s"), nick: cut(p, 24), gift: "rose" });
  } },
  { name: "a question and its answer", native: true, at: ASKED, write: (w, p) => ask(w, cut(p, 300), cut(p, 300)),
    seen: { viewer: "[data-test=asked]", console: "[data-test=question]" } },
  { name: "words on the board", native: true, before: openBoards, write: (w, p) => {
    const n = w.cid += 1;
    board(w, { ask: "begin", n, brush: { page: 1, tool: "text", colour: 0, width: 400, text: cut(p, 200) }, ink: "gfo/BgH" });
    board(w, { ask: "end", n, ink: "" });
  } },
  { name: "the picture under the ink", native: true, of: ADDRESSES,
    write: (w, p) => onBoard(w, { order: "ground", page: 1, ground: { print: "lines", picture: p } }) },
  { name: "a pupil with the pen", native: true, write: (w, p) => onBoard(w, { order: "pen", user: fresh("pupil"), nick: cut(p, 24), on: true }),
    seen: { board: "[data-test=board-pens] li" } },
  { name: "a raised hand", native: true, write: (w, p) => {
    w.viewer.send({ t: "board", ask: "hand", up: false });
    name(w, p);
    w.viewer.send({ t: "board", ask: "hand", up: true });
  }, seen: { board: "[data-test=board-hands] li" } },
].map((field) => ({ ...field, sample: FEW }));
