// Builds the bench page and serves it on loopback.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { dirname, extname, join, normalize, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "../../ui/node_modules/vite/dist/node/index.js";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(here, "../out/bench-overlay");
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript" };

/** The address of the page and how to end the server. */
export async function site() {
  await build({
    configFile: false,
    root: here,
    logLevel: "error",
    build: { outDir: out, emptyOutDir: true, target: "es2022", rollupOptions: { input: join(here, "bench.html") } },
  });
  const server = createServer(async (request, response) => {
    const file = join(out, normalize(new URL(request.url, "http://x").pathname));
    try {
      const body = await readFile(file);
      response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { url: `http://127.0.0.1:${server.address().port}/bench.html`, close: () => server.close() };
}
