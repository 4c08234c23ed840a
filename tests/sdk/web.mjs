// What the SDKs take from a browser's page, in Node.
import WebSocket from "ws";
import { another } from "./post.mjs";
import { requests } from "./xhr.mjs";

/** Where everything is sent, for SDKs that have no option for it. */
let server;

// A browser's socket has nobody to tell of an error after its handlers are gone, and goes on when a handler
// throws; this package's throws and stops.
class BrowserSocket extends WebSocket {
  constructor(url, ...args) {
    const { pathname, search } = new URL(url);
    super(server ? new URL(pathname + search, server) : url, ...args);
    this.on("error", () => {});
  }

  emit(...event) {
    try {
      return super.emit(...event);
    } catch (error) {
      queueMicrotask(() => { throw error; });
      return true;
    }
  }
}

/** An `a` element, asked for the parts of an address. */
class Link {
  href = "";
  setAttribute(name, value) {
    const { href, protocol, host, hostname, port, search, hash, pathname } = new URL(value, "http://127.0.0.1/");
    Object.assign(this, { href, protocol, host, hostname, port, search, hash, pathname });
  }
}

/** Puts a page's globals in place; they are one for all SDKs of a process. `redirect`: see above. */
export function page(redirect) {
  server = redirect;
  another();
  if ("document" in globalThis) return;
  const storage = new Map();
  const globals = {
    window: globalThis,
    document: {
      charset: "UTF-8", hidden: false, cookie: "", createElement: () => new Link(),
      addEventListener() {}, removeEventListener() {},
    },
    location: { protocol: "http:", host: "127.0.0.1", href: "http://127.0.0.1/", search: "" },
    localStorage: {
      getItem: (key) => storage.get(key) ?? null,
      setItem: (key, value) => storage.set(key, String(value)),
      removeItem: (key) => storage.delete(key),
    },
    navigator: { userAgent: "node", platform: "node", onLine: true, language: "en" },
    WebSocket: BrowserSocket,
    XMLHttpRequest: requests(() => server?.replace("ws", "http") ?? "http://127.0.0.1:1"),
    addEventListener() {},
    removeEventListener() {},
  };
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
}
