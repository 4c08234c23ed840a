// What the packages under test have: their methods and events, asked of themselves.
import { createRequire } from "node:module";
import { build } from "../sdk/flavours.mjs";
import { page } from "../sdk/web.mjs";

const require = createRequire(import.meta.url);
/** Those for the web, from the oldest; those for mini programs have the same. */
const NAMES = [
  "tim 2.7.6", "tim 2.10.2", "tim 2.11.0", "tim 2.15.0", "tim 2.16.3", "tim 2.18.2", "tim 2.27.6", "chat 3.1.1", "chat 3.6.6",
];

/** A list of `{ name, method, event }`, one for each package; an event is its value. */
export async function surfaces() {
  const nowhere = "ws://127.0.0.1:9";
  const { log } = console;
  console.log = () => {}; // they say hello
  try {
    const found = NAMES.map((name) => {
      page(nowhere);
      const module = require(build(name).path);
      const { create, EVENT } = module.default ?? module;
      const tim = create({ SDKAppID: 1400000001, proxyServer: nowhere });
      tim.setLogLevel(4);
      const method = Object.keys(tim).filter((key) => typeof tim[key] === "function");
      return { name, method, event: Object.values(EVENT) };
    });
    await new Promise(setImmediate);
    return found;
  } finally {
    console.log = log;
  }
}
