/** Theme files and font files: from the disk of the host, and to it. */

import { h } from "../../shared/dom";
import type { Api } from "../developers/api";
import type { Font, Listed } from "./types";
import { words } from "./words";

/** How a theme file's name ends. */
const ENDING = ".surtitle-theme.json";

/** Asks for a file; `undefined` if none was chosen. */
export function pick(accept: string): Promise<File | undefined> {
  return new Promise((done) => {
    const input = h("input", { type: "file" });
    input.accept = accept;
    input.addEventListener("change", () => done(input.files?.[0]));
    input.addEventListener("cancel", () => done(undefined));
    input.click();
  });
}

/** Makes a theme of a file; the server checks it. */
export function importTheme(api: Api, file: Blob): Promise<Listed | undefined> {
  return api.attempt(() => api.call<Listed>("POST", "/themes/file", file));
}

/** Keeps a font file; its name is the family unless the host says otherwise. */
export function addFont(api: Api, file: File): Promise<Font | undefined> {
  const bare = file.name.replace(/\.[^.]*$/, "").replace(/[^\p{L}\p{N} -]+/gu, " ");
  const family = bare.trim().slice(0, 60) || words.myFont;
  const at = `/themes/fonts?family=${encodeURIComponent(family)}`;
  return api.attempt(() => api.call<Font>("POST", at, file));
}

/** Hands a theme to the host as one file. */
export async function exportTheme(api: Api, { id }: Listed): Promise<void> {
  const file = await api.attempt(() => api.get<unknown>(`/themes/${encodeURIComponent(id)}/file`));
  if (!file) return;
  const blob = new Blob([JSON.stringify(file, null, 2)], { type: "application/json" });
  const href = URL.createObjectURL(blob);
  h("a", { href, download: `${id}${ENDING}` }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
