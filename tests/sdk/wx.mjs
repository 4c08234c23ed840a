// A WeChat mini program as far as the SDKs look at it: sockets, storage, network state and life cycle.
import { readFileSync } from "node:fs";
import { compileFunction } from "node:vm";
import WebSocket from "ws";
import { another, ask } from "./post.mjs";

/** Names a mini program does not have though Node or a browser does. */
const ABSENT = [
  "window", "document", "navigator", "location", "localStorage", "sessionStorage", "addEventListener",
  "removeEventListener", "WebSocket", "XMLHttpRequest", "fetch", "URL", "URLSearchParams", "Blob", "File",
  "FileReader", "Worker", "TextDecoder", "TextEncoder", "DecompressionStream", "crypto", "performance", "atob",
  "btoa", "self", "global", "globalThis", "process", "Buffer", "require", "define",
];

/** A socket as `wx.connectSocket` hands it out. */
class SocketTask {
  #socket;
  #heard = { open: [], message: [], error: [], close: [] };

  /** The kinds of messages that came: "text", "binary". */
  kinds = new Set();

  constructor(url) {
    this.url = new URL(url);
    this.#socket = new WebSocket(url);
    this.#socket.binaryType = "arraybuffer";
    this.#socket.onopen = () => this.#tell("open", { header: {} });
    this.#socket.onmessage = ({ data }) => {
      this.kinds.add(typeof data === "string" ? "text" : "binary");
      this.#tell("message", { data });
    };
    this.#socket.onerror = ({ message }) => this.#tell("error", { errMsg: message });
    this.#socket.onclose = ({ code, reason }) => this.#tell("close", { code, reason });
  }

  onOpen(listener) { this.#heard.open.push(listener); }
  onMessage(listener) { this.#heard.message.push(listener); }
  onError(listener) { this.#heard.error.push(listener); }
  onClose(listener) { this.#heard.close.push(listener); }

  send({ data, success, fail }) {
    if (this.#socket.readyState !== WebSocket.OPEN) {
      fail?.({ errMsg: "sendSocketMessage:fail taskID not exist" });
      return;
    }
    this.#socket.send(data);
    success?.({ errMsg: "sendSocketMessage:ok" });
  }

  /** A bare number instead of an object is not a code, so 1000. */
  close(options) {
    this.#socket.close(options?.code ?? 1000, options?.reason ?? "");
  }

  /** The network is gone. */
  cut() {
    this.#socket.terminate();
  }

  /** A listener that throws is reported and stops nothing. */
  #tell(what, event) {
    for (const listener of this.#heard[what]) {
      try {
        listener(event);
      } catch (error) {
        queueMicrotask(() => { throw error; });
      }
    }
  }
}

/** One mini program: a copy of the SDK of its own, in surroundings of its own. */
export class MiniProgram {
  #storage = new Map();
  /** Every socket it ever opened, the newest last. */
  sockets = [];
  #heard = { network: new Set(), show: new Set(), hide: new Set() };
  #network = "wifi";

  /** `redirect`: where every socket goes, for SDKs that have no option for it. */
  constructor(platform, redirect) {
    this.platform = platform;
    this.redirect = redirect;
    another();
  }

  /** The package's exports, loaded where none of a browser's names is known. */
  load(path) {
    const module = { exports: {} };
    const page = "pages/index/index";
    const known = {
      module, exports: module.exports, wx: this.#wx(),
      getApp: () => ({}), getCurrentPages: () => [{ route: page, options: {} }], __wxConfig: { pages: [page] },
    };
    const names = [...Object.keys(known), ...ABSENT];
    compileFunction(readFileSync(path, "utf8"), names, { filename: path })(...Object.values(known));
    return module.exports;
  }

  /** The radio goes from one network to another, or to "none": then no socket lives on. */
  network(type) {
    this.#network = type;
    if (type === "none") for (const task of this.sockets) task.cut();
    for (const listener of this.#heard.network) listener({ isConnected: type !== "none", networkType: type });
  }

  /** The user leaves for another program: its sockets do not live long. */
  hide() {
    for (const listener of this.#heard.hide) listener({});
    for (const task of this.sockets) task.cut();
  }

  show() {
    for (const listener of this.#heard.show) listener({ scene: 1001 });
  }

  #connect({ url, complete }) {
    const { pathname, search } = new URL(url);
    const nowhere = this.#network === "none" && "ws://127.0.0.1:1";
    const task = new SocketTask(new URL(pathname + search, nowhere || this.redirect || url));
    this.sockets.push(task);
    setImmediate(() => complete?.({ errMsg: "connectSocket:ok" }));
    return task;
  }

  /** Only versions without a socket have business here; others report to hosts that are not there. */
  #request({ url, data, header = {}, method = "GET", timeout = 60_000, success, fail, complete }) {
    const { pathname, search } = new URL(url);
    const lost = !this.redirect || this.#network === "none";
    const base = lost ? "http://127.0.0.1:1" : this.redirect.replace("ws", "http");
    const body = typeof data === "string" ? data : JSON.stringify(data ?? {});
    const headers = { "content-type": "application/json", ...header };
    const asked = ask(new URL(pathname + search, base), { method, headers, ...(method !== "GET" && { body }) });
    const timer = setTimeout(asked.cut, timeout);
    asked.done.then(({ status, headers, text }) => {
      let data = text;
      try { data = JSON.parse(text); } catch { /* told as text */ }
      return { data, statusCode: status, header: headers, errMsg: "request:ok" };
    }).then((result) => {
      success?.(result);
      complete?.(result);
    }, ({ message }) => {
      fail?.({ errMsg: `request:fail ${message}` });
      complete?.({ errMsg: `request:fail ${message}` });
    }).finally(() => clearTimeout(timer));
    return { abort: asked.cut };
  }

  #wx() {
    const [storage, heard] = [this.#storage, this.#heard];
    const ear = (what) => [(listener) => heard[what].add(listener), (listener) => heard[what].delete(listener)];
    const [onNetworkStatusChange, offNetworkStatusChange] = ear("network");
    const [onAppShow, offAppShow] = ear("show");
    const [onAppHide, offAppHide] = ear("hide");
    return {
      getSystemInfoSync: () => ({
        platform: this.platform, fontSizeSetting: 16, brand: "devtools", model: "iPhone X", system: "iOS 10.0.1",
        version: "8.0.5", SDKVersion: "2.32.0", language: "en", pixelRatio: 3, screenWidth: 375, screenHeight: 812,
      }),
      getAccountInfoSync: () => ({ miniProgram: { appId: "wx0000000000000000", envVersion: "develop", version: "" } }),
      connectSocket: (options) => this.#connect(options),
      request: (options) => this.#request(options),
      getNetworkType: ({ success, complete } = {}) => setImmediate(() => {
        success?.({ networkType: this.#network, errMsg: "getNetworkType:ok" });
        complete?.({ networkType: this.#network, errMsg: "getNetworkType:ok" });
      }),
      onNetworkStatusChange, offNetworkStatusChange, onAppShow, offAppShow, onAppHide, offAppHide,
      getStorageSync: (key) => storage.get(key) ?? "",
      setStorageSync: (key, value) => { storage.set(key, structuredClone(value)); },
      removeStorageSync: (key) => { storage.delete(key); },
      getStorageInfoSync: () => ({ keys: [...storage.keys()], currentSize: 1, limitSize: 10_240 }),
    };
  }
}
