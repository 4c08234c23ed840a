import { h } from "../shared/dom";
import { put } from "./put";
import type { Control, State } from "./state";
import { words as room } from "./words/room";

const words = room.stream;

/** Where the picture of the viewer page comes from. */
export function createStream(control: Control): {
  element: HTMLElement;
  update: (state: State) => void;
} {
  const address = h("input", {
    type: "text",
    id: "stream-address",
    placeholder: "https://cdn.example/live.m3u8",
    inputmode: "url",
    autocapitalize: "off",
    spellcheck: "false",
    autocomplete: "off",
    maxlength: 2048,
    "data-test": "stream-address",
  });
  const set = h(
    "button",
    { type: "submit", class: "primary", "data-test": "stream-set" },
    words.play,
  );
  const end = h("button", { type: "button", "data-test": "stream-end" }, words.end);
  const now = h("p", { class: "hint", "data-test": "stream-now" });
  let known: string | undefined;

  const run = (next: string, news: string) =>
    control.run({ do: "stream", stream: { address: next } }, news);
  const submit = async (event: Event) => {
    event.preventDefault();
    const next = plain(address.value);
    set.disabled = true;
    await run(next, next ? words.on : words.off);
    set.disabled = false;
  };
  end.addEventListener("click", () => {
    void run("", words.off);
  });

  function update({ desk: { stream } }: State): void {
    end.hidden = stream.address === "";
    put(now, stream.kind ? words.now(words.kinds[stream.kind]) : words.none);
    // What the host writes meanwhile stays.
    if (stream.address !== known && address !== document.activeElement) {
      address.value = stream.address;
    }
    known = stream.address;
  }

  const element = h(
    "section",
    { class: "panel" },
    h("h2", {}, words.title),
    h(
      "form",
      { class: "stack", on: { submit } },
      h("label", { for: "stream-address" }, words.address),
      address,
      now,
      h("div", { class: "buttons" }, set, " ", end),
    ),
  );
  return { element, update };
}

/** A server's name in letters of other scripts goes out as the network spells it. */
function plain(text: string): string {
  const trimmed = text.trim();
  if (!/^https?:/i.test(trimmed)) return trimmed;
  try {
    return new URL(trimmed).href;
  } catch {
    return trimmed;
  }
}
