// The XMLHttpRequest of a page on another origin than the server's, as far as the SDKs use it.
import { ask } from "./post.mjs";

const SIMPLE = ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];

/** The class for a page; `base()` is where all requests go, whatever host they name. */
export const requests = (base) => class XMLHttpRequest {
  readyState = 0;
  status = 0;
  statusText = "";
  responseText = "";
  responseType = "";
  timeout = 0;
  withCredentials = false;
  upload = { addEventListener() {} };
  #headers = {};
  #heard = new Map();
  #asked;
  #received = {};
  #timer;

  open(method, url) {
    const { pathname, search } = new URL(url);
    this.method = method;
    this.responseURL = url;
    this.url = new URL(pathname + search, base());
    this.#turn(1);
  }

  setRequestHeader(name, value) { this.#headers[name.toLowerCase()] = value; }
  getResponseHeader(name) { return this.#received[name.toLowerCase()] ?? null; }
  getAllResponseHeaders() {
    return Object.entries(this.#received).map(([name, value]) => `${name}: ${value}\r\n`).join("");
  }
  addEventListener(what, listener) { this.#heard.set(what, [...this.#heard.get(what) ?? [], listener]); }
  removeEventListener(what, listener) { this.#heard.set(what, this.#heard.get(what)?.filter((l) => l !== listener)); }
  get response() { return this.responseType === "json" ? JSON.parse(this.responseText || "null") : this.responseText; }

  send(body) {
    if (this.timeout) this.#timer = setTimeout(() => this.#fail("timeout"), this.timeout);
    this.#exchange(body ?? "").then((answer) => {
      this.status = answer.status;
      this.statusText = String(answer.status);
      this.#received = answer.headers;
      this.responseText = answer.text;
      this.#end("load");
    }).catch(() => this.#fail("error"));
  }

  abort() {
    if (this.readyState > 0 && this.readyState < 4) this.#fail("abort");
  }

  /** A page asks first whether it may, unless the request looks like a form's. */
  async #exchange(body) {
    const headers = { ...this.#headers, origin: "https://elsewhere.example" };
    const type = headers["content-type"]?.split(";")[0];
    if (type && !SIMPLE.includes(type)) {
      const wanted = { origin: headers.origin, "access-control-request-method": this.method, "access-control-request-headers": "content-type" };
      const { headers: may } = await ask(this.url, { method: "OPTIONS", headers: wanted, cors: true }).done;
      const allowed = may["access-control-allow-headers"]?.toLowerCase() ?? "";
      if (!allowed.includes("content-type") && allowed !== "*") throw new Error("content-type not allowed");
    }
    this.#asked = ask(this.url, { method: this.method, headers, body, cors: true });
    return this.#asked.done;
  }

  #fail(what) {
    if (this.readyState === 4) return;
    this.#asked?.cut();
    this.status = 0;
    this.#end(what);
  }

  #end(what) {
    if (this.readyState === 4) return;
    clearTimeout(this.#timer);
    this.#turn(4);
    this.#tell(what);
    this.#tell("loadend");
  }

  #turn(state) {
    this.readyState = state;
    this.#tell("readystatechange");
  }

  #tell(what) {
    const event = { type: what, target: this, currentTarget: this };
    this[`on${what}`]?.call(this, event);
    for (const listener of this.#heard.get(what) ?? []) listener.call(this, event);
  }
};
