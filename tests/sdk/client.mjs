// Unmodified SDKs of the vendor in Node, pointed at our server by their one documented option.
import { createRequire } from "node:module";
import { execFileSync } from "node:child_process";
import WebSocket from "ws";
import { binary, until } from "../e2e/program.mjs";

const require = createRequire(import.meta.url);
const PACKAGES = {
  "chat 3.6.6": "@tencentcloud/chat",
  "chat 3.1.1": "chat-3.1.1",
  "tim 2.27.6": "tim-js-sdk/tim-js.js",
  "tim 2.18.2": "tim-js-sdk-2.18.2/tim-js.js",
  "tim 2.16.3": "tim-js-sdk-2.16.3/tim-js.js",
  "tim 2.15.0": "tim-js-sdk-2.15.0/tim-js.js",
  "tim 2.11.0": "tim-js-sdk-2.11.0/tim-js.js",
};
/** All of them, or with SDK=2.15 in the environment those whose name has it: run.mjs gives each a process. */
export const FLAVOURS = Object.keys(PACKAGES).filter((name) => name.includes(process.env.SDK ?? ""));

let server;

// Versions before 2.16 have no option for the address: what they ask for goes to the program under test.
// And a browser's socket has nobody to tell of an error after its handlers are gone; this package's throws.
class BrowserSocket extends WebSocket {
  constructor(url, ...args) {
    const { pathname, search } = new URL(url);
    super(new URL(pathname + search, server), ...args);
    this.on("error", () => {});
  }
}

// What the SDKs take from a browser. Nothing is sent by XMLHttpRequest while a socket is there.
const storage = new Map();
const shims = {
  window: globalThis,
  document: { charset: "UTF-8", addEventListener() {}, removeEventListener() {}, hidden: false },
  location: { protocol: "http:", host: "127.0.0.1", href: "http://127.0.0.1/", search: "" },
  localStorage: {
    getItem: (key) => storage.get(key) ?? null,
    setItem: (key, value) => storage.set(key, String(value)),
    removeItem: (key) => storage.delete(key),
  },
  navigator: { userAgent: "node", platform: "node", onLine: true, language: "en" },
  WebSocket: BrowserSocket,
  XMLHttpRequest: class { open() {} setRequestHeader() {} send() {} abort() {} },
  addEventListener() {},
  removeEventListener() {},
};
for (const [name, value] of Object.entries(shims)) {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

/** A copy of a package of its own: `create` returns one instance an app and copy. */
function fresh(flavour) {
  const path = require.resolve(PACKAGES[flavour]);
  delete require.cache[path];
  const module = require(path);
  return module.default ?? module;
}

/** A usersig as the program prints it. */
export function usersig(program, user, args = []) {
  const run = execFileSync(binary, ["usersig", user, "--data", program.data, ...args], { encoding: "utf8" });
  return run.trim();
}

/** One SDK instance and everything it was told. Nothing ends it but its process: its timers outlive its own `destroy`. */
export class Client {
  messages = [];
  events = [];

  constructor(program, flavour, sdkappid = program.secrets.sdkappid) {
    this.flavour = flavour;
    this.program = program;
    server = program.url.replace("http", "ws");
    this.TIM = fresh(flavour);
    this.tim = this.TIM.create({ SDKAppID: sdkappid, proxyServer: server });
    this.tim.setLogLevel(4);
    for (const name of Object.values(this.TIM.EVENT)) {
      this.tim.on(name, (event) => this.events.push(event));
    }
    this.tim.on(this.TIM.EVENT.MESSAGE_RECEIVED, ({ data }) => this.messages.push(...data));
  }

  /** Logs in and waits until the SDK says that it is ready. */
  async login(user, sig = usersig(this.program, user)) {
    this.user = user;
    const result = await this.tim.login({ userID: user, userSig: sig });
    await until(`${user} is ready`, () => this.saw(this.TIM.EVENT.SDK_READY));
    return result;
  }

  saw(name) {
    return this.events.find((event) => event.name === name);
  }

  join(groupID = "main") {
    return this.tim.joinGroup({ groupID, type: this.TIM.TYPES.GRP_AVCHATROOM });
  }

  text(text, options = {}) {
    return this.tim.createTextMessage({
      to: "main", conversationType: this.TIM.TYPES.CONV_GROUP, payload: { text }, ...options,
    });
  }

  custom(payload, options = {}) {
    return this.tim.createCustomMessage({
      to: "main", conversationType: this.TIM.TYPES.CONV_GROUP,
      payload: { description: "", extension: "", ...payload }, ...options,
    });
  }

  say(text, options) {
    return this.tim.sendMessage(this.text(text, options));
  }

  /** The received message with this text. */
  heard(text, ms) {
    return until(`${this.user ?? "guest"} hears "${text}"`, () =>
      this.messages.find((m) => m.type === this.TIM.TYPES.MSG_TEXT && m.payload.text === text), ms);
  }

  /** The received message `what` accepts. */
  received(what, accepts, ms) {
    return until(`${this.user ?? "guest"} gets ${what}`, () => this.messages.find(accepts), ms);
  }

  tip(operation, user) {
    return this.received(`tip ${operation} of ${user}`, (m) => m.type === this.TIM.TYPES.MSG_GRP_TIP
      && m.payload.operationType === operation && m.payload.userIDList.includes(user));
  }
}

/** The code a promise is refused with. */
export async function refusal(promise) {
  try {
    await promise;
  } catch (error) {
    return error.code;
  }
  return 0;
}
