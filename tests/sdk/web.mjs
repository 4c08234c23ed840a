// What the SDKs take from a browser's page, in Node.
import WebSocket from "ws";

/** Where everything is sent, for SDKs that have no option for it. */
let server;

// A browser's socket has nobody to tell of an error after its handlers are gone; this package's throws.
class BrowserSocket extends WebSocket {
  constructor(url, ...args) {
    const { pathname, search } = new URL(url);
    super(server ? new URL(pathname + search, server) : url, ...args);
    this.on("error", () => {});
  }
}

/** Puts a page's globals in place; they are one for all SDKs of a process. `redirect`: see above. */
export function page(redirect) {
  server = redirect;
  if ("document" in globalThis) return;
  const storage = new Map();
  const globals = {
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
    // Nothing is sent by it while a socket is there.
    XMLHttpRequest: class { open() {} setRequestHeader() {} send() {} abort() {} },
    addEventListener() {},
    removeEventListener() {},
  };
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
}
