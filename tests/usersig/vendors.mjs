// The vendor's own signing libraries, unmodified: `sign` as a back end does, `open` as one reads a signature.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { mock } from "node:test";
import { fileURLToPath } from "node:url";
import { inflateSync } from "node:zlib";

const require = createRequire(import.meta.url);
const { Api } = require("tls-sig-api-v2");
const here = dirname(fileURLToPath(import.meta.url));

if (!process.env.SURTITLE_PYTHON) throw new Error("the tests' Python is made by make; run make test-usersig");

function python(request) {
  const program = join(process.env.SURTITLE_PYTHON, "bin/python");
  return JSON.parse(execFileSync(program, [join(here, "vendor.py")], { input: JSON.stringify(request), encoding: "utf8" }));
}

/** Runs with the clock at this second; without one the clock is right. */
function at(time, act) {
  if (time !== undefined) mock.timers.enable({ apis: ["Date"], now: time * 1000 });
  try {
    return act();
  } finally {
    mock.timers.reset();
  }
}

/** What a signature says, read by Node's own base64 and zlib. */
export function opened(usersig) {
  const text = usersig.replaceAll("*", "+").replaceAll("-", "/").replaceAll("_", "=");
  return JSON.parse(inflateSync(Buffer.from(text, "base64")));
}

export const VENDORS = {
  "npm tls-sig-api-v2": {
    sign: ({ app, key, user, life, time, userbuf }) => at(time, () => new Api(app, key).genSig(user, life, userbuf)),
    open: opened,
  },
  "PyPI tls-sig-api-v2": {
    sign: (claims) => python({ do: "sign", ...claims }).usersig,
    open: (usersig) => python({ do: "open", usersig }).claims,
  },
};
