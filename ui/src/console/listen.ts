/**
 * Buttons in the groups of sound and speech: what an overlay would be heard
 * making of the settings as they are now, by its own player and its own voices,
 * in this page. Nothing is heard without a press, and one thing at a time.
 */
import { h } from "../shared/dom";
import type { Sound } from "../shared/sound/kinds";
import { Sounds } from "../shared/sound/sounds";
import { utterance, voicesOf } from "../shared/speech/utterance";
import type { Look } from "../shared/wire";
import { language } from "../shared/words/language";
import type { Field } from "./field";
import { icon } from "./icons";
import type { Path } from "./settings";
import { words as air } from "./words/air";

const { listen: words, settings } = air;

/** The levels that have a sound of their own; the long one of big gifts has the gift's level. */
const SOUNDS: Readonly<Record<Path, Sound>> = {
  "sound.gift": { kind: "gift", file: "gift" },
  "sound.paid": { kind: "paid", file: "paid" },
  "sound.follow": { kind: "follow", file: "follow" },
  "sound.voucher": { kind: "voucher", file: "voucher" },
  "sound.join": { kind: "join", file: "join" },
};
const GREAT: Sound = { kind: "gift", file: "fanfare" };

export interface Listen {
  /** The rows of the group with this switch: its controls, and buttons where there is something to hear. */
  rows: (on: Path | undefined, fields: readonly Field[]) => readonly HTMLElement[];
  /** Silence. */
  stop: () => void;
}

export function createListen(look: () => Look | undefined): Listen {
  const sounds = new Sounds();
  const engine = "speechSynthesis" in window ? window.speechSynthesis : undefined;
  const ofSound = said("listen-sound");
  const ofSpeech = said("listen-speech");
  /** Presses so far; a later one, or silence, ends what an earlier one still waits for. */
  let presses = 0;

  function stop(): void {
    presses += 1;
    sounds.stop();
    engine?.cancel();
  }

  async function play(sound: Sound): Promise<void> {
    const now = look()?.sound;
    if (!now) return;
    stop();
    ofSound.textContent = now.volume === 0 || now[sound.kind] === 0 ? words.silent : "";
    // Heard before it is switched on, too.
    sounds.update({ ...now, on: true });
    if (!(await sounds.sample(sound))) ofSound.textContent = words.broken;
  }

  async function say(): Promise<void> {
    stop();
    const press = presses;
    const voices = await voicesOf(engine);
    const now = look()?.speech;
    if (press !== presses || !now) return;
    if (!engine || voices.length === 0) {
      ofSpeech.textContent = words.noVoice;
      return;
    }
    const other = now.voice !== "" && voices.every(({ name }) => name !== now.voice);
    if (now.volume === 0) ofSpeech.textContent = words.silent;
    else ofSpeech.textContent = other ? words.otherVoice(now.voice) : "";
    const line = utterance(words.line, now, voices, language);
    line.addEventListener("error", () => {
      if (press === presses) ofSpeech.textContent = words.broken;
    });
    engine.speak(line);
  }

  function soundRows(fields: readonly Field[]): HTMLElement[] {
    const rows = fields.flatMap(({ element, path }) => {
      element.classList.add("heard");
      const sound = SOUNDS[path];
      if (!sound) return [element];
      const { label } = settings[path as keyof typeof settings];
      element.append(button(sound.file, label, () => play(sound)));
      return sound.kind === "gift" ? [element, great()] : [element];
    });
    return [...rows, ofSound];
  }

  function great(): HTMLElement {
    return row(
      words.great,
      words.greatHint,
      button(GREAT.file, words.great, () => play(GREAT)),
    );
  }

  return {
    rows(on, fields) {
      if (on === "sound.on") return soundRows(fields);
      if (on !== "speech.on") return fields.map(({ element }) => element);
      const sample = row(words.sample, words.line, button("speech", words.sample, say));
      return fields.flatMap(({ element, path }) =>
        path === "speech.voice" ? [element, sample, ofSpeech] : [element],
      );
    },
    stop,
  };
}

/** A button that is called "Listen: …" and tested as `listen-NAME`. */
function button(name: string, what: string, press: () => Promise<void>): HTMLElement {
  const called = words.to(what);
  const element = h(
    "button",
    {
      type: "button",
      class: "listen",
      title: called,
      "aria-label": called,
      "data-test": `listen-${name}`,
    },
    icon("listen"),
  );
  element.addEventListener("click", () => void press());
  return element;
}

function row(label: string, hint: string, end: HTMLElement): HTMLElement {
  return h(
    "div",
    { class: "field" },
    h("span", { class: "caption" }, label, h("small", {}, hint)),
    end,
  );
}

/** Where a group says why nothing, or something else, was heard; read out when it changes. */
function said(name: string): HTMLElement {
  return h("p", { class: "hint listen-said", role: "status", "data-test": `${name}-said` });
}
