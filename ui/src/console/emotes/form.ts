/** Where emotes are put up: files chosen or dropped, or an address. */

import { h } from "../../shared/dom";
import { createInput } from "../developers/input";
import { CODE_LIMIT, codeFor, isCode } from "./code";
import { words } from "./words";

/** Most bytes of a picture; the server's own limit. */
const FILE_LIMIT = 5 * 1024 * 1024;
/** Most files at once. */
const FILES = 100;

export interface FormEvents {
  used: (code: string) => boolean;
  /** Puts a picture up; says whether it is there. */
  put: (code: string, picture: File | string) => Promise<boolean>;
  /** Says what is wrong with a file. */
  refuse: (text: string) => void;
}

export function createForm({ used, put, refuse }: FormEvents): HTMLElement {
  const files = h("input", {
    type: "file",
    multiple: true,
    class: "emote-files",
    id: "emote-files",
    "data-test": "emote-files",
  });
  files.accept = "image/png,image/jpeg,image/gif,image/webp";
  const state = h("p", { class: "hint", role: "status", "data-test": "emote-state" });
  const drop = h(
    "label",
    { class: "emote-drop", for: "emote-files" },
    h("b", {}, words.choose),
    words.drop,
    h("small", {}, words.kinds),
    files,
  );
  const address = createInput(words.address, "emote-url", "", {
    placeholder: "https://…/wave.gif",
    inputmode: "url",
  });
  const code = createInput(words.code, "emote-new-code", "", {
    maxlength: CODE_LIMIT,
    placeholder: "wave",
  });
  const add = h("button", { type: "submit", "data-test": "emote-add" }, words.add);
  const form = h(
    "form",
    { class: "emote-address", novalidate: true },
    address.element,
    code.element,
    add,
  );

  async function take(chosen: readonly File[]): Promise<void> {
    const all = chosen.slice(0, FILES);
    if (chosen.length > FILES) refuse(words.tooMany(FILES));
    let added = 0;
    for (const [index, file] of all.entries()) {
      state.textContent = words.adding(index + 1, all.length);
      if (file.size > FILE_LIMIT) refuse(words.tooLarge(file.name));
      else if (await put(codeFor(file.name, used), file)) added += 1;
    }
    state.textContent = words.added(added, all.length);
  }

  files.addEventListener("change", async () => {
    const chosen = [...(files.files ?? [])];
    files.disabled = true;
    await take(chosen);
    files.value = "";
    files.disabled = false;
  });
  const over = (event: DragEvent, on: boolean) => {
    event.preventDefault();
    drop.classList.toggle("over", on);
  };
  drop.addEventListener("dragover", (event) => over(event, true));
  drop.addEventListener("dragleave", (event) => over(event, false));
  drop.addEventListener("drop", (event) => {
    over(event, false);
    void take([...(event.dataTransfer?.files ?? [])]);
  });
  address.field.addEventListener("input", () => {
    code.field.placeholder = codeFor(address.field.value, used);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const url = address.field.value.trim();
    const name = code.field.value.trim() || code.field.placeholder;
    if (!url) return address.field.focus();
    if (!isCode(name)) {
      refuse(words.badCode);
      return code.field.focus();
    }
    add.disabled = true;
    if (await put(name, url)) {
      address.field.value = code.field.value = "";
      state.textContent = words.addedCode(name);
    }
    add.disabled = false;
  });
  return h("section", { class: "panel emote-form" }, h("h2", {}, words.add), drop, form, state);
}
