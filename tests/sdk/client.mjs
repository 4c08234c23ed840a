// Unmodified SDKs of the vendor in Node, pointed at our server by their one documented option.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { execFileSync } from "node:child_process";
import { binary, until } from "../e2e/program.mjs";
import { build } from "./flavours.mjs";
import "./loose.mjs";
import { page } from "./web.mjs";
import { MiniProgram } from "./wx.mjs";

const require = createRequire(import.meta.url);
export { FLAVOURS, build, has, version } from "./flavours.mjs";

/** A copy of a package of its own, and its mini program: `create` returns one instance an app and copy. */
function fresh(flavour, server) {
  const { path, runs, proxy, platform = "devtools" } = build(flavour);
  const file = require.resolve(path);
  const redirect = proxy ? undefined : server;
  if (runs === "wx") {
    const wx = new MiniProgram(platform, redirect);
    return [wx.load(file), wx];
  }
  page(redirect);
  delete require.cache[file];
  const module = require(file);
  return [module.default ?? module];
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

  /** `group`: where it joins and speaks. */
  constructor(program, flavour, { sdkappid = program.secrets.sdkappid, group = "main" } = {}) {
    this.flavour = flavour;
    this.program = program;
    this.group = group;
    const server = program.url.replace("http", "ws");
    [this.TIM, this.wx] = fresh(flavour, server);
    const proxyServer = build(flavour).proxy && server;
    this.tim = this.TIM.create({ SDKAppID: sdkappid, ...(proxyServer && { proxyServer }) });
    this.tim.setLogLevel(4);
    for (const name of Object.values(this.TIM.EVENT)) {
      this.tim.on(name, (event) => this.events.push(event));
    }
    this.tim.on(this.TIM.EVENT.MESSAGE_RECEIVED, ({ data }) => this.messages.push(...data));
  }

  /** Logs in and waits until the SDK says that it is ready. */
  async login(user, sig = usersig(this.program, user)) {
    this.user = user;
    const ready = () => this.events.filter(({ name }) => name === this.TIM.EVENT.SDK_READY).length;
    const before = ready();
    const result = await this.tim.login({ userID: user, userSig: sig });
    await until(`${user} is ready`, () => ready() > before);
    return result;
  }

  saw(name) {
    return this.events.find((event) => event.name === name);
  }

  join(groupID = this.group) {
    return this.tim.joinGroup({ groupID, type: this.TIM.TYPES.GRP_AVCHATROOM });
  }

  text(text, options = {}) {
    return this.tim.createTextMessage({
      to: this.group, conversationType: this.TIM.TYPES.CONV_GROUP, payload: { text }, ...options,
    });
  }

  custom(payload, options = {}) {
    return this.tim.createCustomMessage({
      to: this.group, conversationType: this.TIM.TYPES.CONV_GROUP,
      payload: { description: "", extension: "", ...payload }, ...options,
    });
  }

  /** Without a login even making the message fails, later. */
  async say(text, options) {
    return this.tim.sendMessage(await this.text(text, options));
  }

  /**
   * Sends texts all at once; each with its number, in the order of the room. Over one socket that is the order
   * they were sent in; requests by HTTP may pass each other.
   */
  async burst(texts, options) {
    const answers = await Promise.all(texts.map((text) => this.say(text, options)));
    const sent = answers.map(({ data }, i) => [texts[i], data.message.sequence]);
    const ordered = sent.toSorted(([, a], [, b]) => a - b);
    assert.equal(new Set(ordered.map(([, number]) => number)).size, texts.length);
    if (!build(this.flavour).http) assert.deepEqual(sent, ordered);
    return ordered;
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

/** A value of an SDK as JSON has it: its objects may have no prototype. */
export const plain = (value) => JSON.parse(JSON.stringify(value));

/** The code a promise is refused with. */
export async function refusal(promise) {
  try {
    await promise;
  } catch (error) {
    return error.code;
  }
  return 0;
}
