// Sees what a page does that text would not: runs a script, grows an element, asks anybody else.
import assert from "node:assert/strict";

/** In the page, before anything else: what is called by a payload is noted. */
function watch() {
  window.__ran = [];
  for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
    window[name] = (...what) => { window.__ran.push(`${name}(${String(what[0]).slice(0, 80)})`); };
  }
  const { write, writeln } = Document.prototype;
  Document.prototype.write = function (...what) { window.__ran.push("document.write"); return write.apply(this, what); };
  Document.prototype.writeln = function (...what) { window.__ran.push("document.writeln"); return writeln.apply(this, what); };
}

/** In the page: elements and attributes that no page of ours makes. */
function odd() {
  const found = [];
  // Style that a view brings along is linked by its whole address.
  const own = `${location.origin}/assets/`;
  const BANNED = `iframe:not(.miniature iframe),object,embed,base,frame,frameset,portal,marquee,math,foreignObject,animate,set,template,isindex,xss,meta[http-equiv=refresh],script:not([src]),link[href^='http']:not([href^='${own}'])`;
  const look = (root) => {
    for (const element of root.querySelectorAll("*")) {
      const name = element.outerHTML.slice(0, 120);
      if (element.matches(BANNED)) found.push(name);
      for (const { name: attribute, value } of element.attributes) {
        if (/^on/i.test(attribute) || attribute === "srcdoc") found.push(name);
        if (["href", "src", "action", "formaction", "data", "poster", "background", "xlink:href", "ping"].includes(attribute)) {
          const url = new URL(value, location.href);
          const fine = url.origin === location.origin || url.protocol === "blob:" || url.protocol === "data:" && element.matches("img");
          if (!fine) found.push(name);
        }
        if (attribute === "style" && /url\(|expression|@import/i.test(value)) found.push(name);
      }
      if (element.shadowRoot) look(element.shadowRoot);
    }
  };
  look(document);
  return found;
}

/** A context whose pages are watched; `bare` takes the content policy away, so that only the code is left. */
export async function watched(chrome, origin, { bare, width = 1280, height = 800 } = {}) {
  const context = await chrome.newContext({ viewport: { width, height }, bypassCSP: bare });
  const problems = [];
  await context.addInitScript(watch);
  await context.route(() => true, (route) => {
    const url = new URL(route.request().url());
    if (url.origin === origin || ["data:", "blob:"].includes(url.protocol)) return route.continue();
    problems.push(`asked for ${url.href.slice(0, 120)}`);
    return route.abort();
  });
  context.on("page", (page) => {
    page.on("dialog", (dialog) => { problems.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
    page.on("pageerror", (error) => problems.push(`error: ${error}`));
    page.on("popup", () => problems.push("a window opened"));
    page.on("download", () => problems.push("a download began"));
    page.on("websocket", (socket) => {
      if (new URL(socket.url()).host !== new URL(origin).host) problems.push(`socket to ${socket.url()}`);
    });
    page.on("framenavigated", (frame) => {
      const { origin: there } = new URL(frame.url());
      if (there !== origin && frame.url() !== "about:blank") problems.push(`went to ${frame.url()}`);
    });
  });
  return { context, problems };
}

/** What a page did so far that it must not. */
export async function misdeeds(page) {
  const [ran, elements] = [await page.evaluate(() => window.__ran), await page.evaluate(odd)];
  return [...ran, ...elements];
}

/** That a page did nothing of the kind. */
export async function clean(name, page, problems) {
  assert.deepEqual([name, await misdeeds(page), problems], [name, [], []]);
}
