/// <reference types="vitest/config" />
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

const pages = ["overlay", "console", "viewer", "board"].filter((page) =>
  existsSync(`${page}.html`),
);

/** Serves `/viewer/ROOM` and its like from `viewer.html` in `npm run dev`, as the server does. */
const routes: Plugin = {
  name: "routes",
  configureServer(server) {
    server.middlewares.use((request, _response, next) => {
      const page = /^\/(overlay|console|viewer|board)(?:[/?]|$)/.exec(request.url ?? "")?.[1];
      if (page) request.url = `/${page}.html`;
      next();
    });
  },
};

/** Packages of fonts, all OFL-1.1. */
const FONTS = ["@fontsource-variable", "@fontsource"].flatMap((scope) =>
  readdirSync(`node_modules/${scope}`).map((name) => ({
    name,
    path: `node_modules/${scope}/${name}`,
  })),
);

/** Puts the fonts of the shipped themes, with their licences, where the server looks for them. */
const fonts: Plugin = {
  name: "fonts",
  generateBundle() {
    const put = (file: string, path: string) =>
      this.emitFile({
        type: "asset",
        fileName: `themes/fonts/${file}`,
        source: readFileSync(path),
      });
    for (const theme of readdirSync("src/themes", { withFileTypes: true })) {
      if (!theme.isDirectory()) continue;
      const described = JSON.parse(readFileSync(`src/themes/${theme.name}/theme.json`, "utf8"));
      for (const file of described.fonts.flatMap((font: { files: object }) =>
        Object.keys(font.files),
      )) {
        const found = FONTS.find(({ path }) => existsSync(`${path}/files/${file}`));
        if (!found) throw new Error(`theme ${theme.name}: no package has ${file}`);
        put(file, `${found.path}/files/${file}`);
        put(`${found.name}-LICENSE.txt`, `${found.path}/LICENSE`);
      }
    }
  },
};

export default defineConfig({
  appType: "mpa",
  base: "/",
  plugins: [routes, fonts],
  build: {
    // The oldest engines a page must run in: OBS 30 (Chromium 103) and Safari 15. Scripts run
    // from 15.0, styles from 15.4, the first with cascade layers.
    target: ["chrome103", "safari15"],
    // The server's content policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: Object.fromEntries(pages.map((page) => [page, `${page}.html`])) },
  },
  server: {
    // A test reads what docs/theming.md promises.
    fs: { allow: [".."] },
    proxy: { "/ws": { target: "ws://127.0.0.1:8787", ws: true } },
  },
  test: { css: true, environment: "happy-dom", include: ["src/**/*.test.ts"], restoreMocks: true },
});
