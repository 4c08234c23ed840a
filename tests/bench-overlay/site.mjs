// Builds what is measured into one script, and serves a page with it on loopback.
import { createServer } from "node:http";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "../../ui/node_modules/vite/dist/node/index.js";

const here = dirname(fileURLToPath(import.meta.url));
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>bench-overlay</title>
<style>html, body { margin: 0; overflow: hidden; background: transparent; }</style><body><script src="/bench.js"></script>`;

/** The script, the address of the page, and how to end the server. */
export async function site() {
  const [{ output }] = await build({
    configFile: false,
    root: here,
    logLevel: "error",
    build: {
      write: false,
      target: "es2022",
      lib: { entry: join(here, "page.ts"), formats: ["iife"], name: "benchOverlay" },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  const script = output[0].code;
  const server = createServer((request, response) => {
    const isScript = request.url === "/bench.js";
    response.writeHead(200, { "content-type": `${isScript ? "text/javascript" : "text/html"}; charset=utf-8` });
    response.end(isScript ? script : PAGE);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { script, url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}
