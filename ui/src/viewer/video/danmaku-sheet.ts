/** The sheet of what a viewer wants of the comments that fly. */
import { h } from "../../shared/dom";
import { words } from "../../shared/words/viewer";
import type { Seat, Sheet, SheetControl } from "../sheets";
import { DEFAULTS, RANGES, type Switches, withWord } from "./switches";
import { wishes } from "./wishes";

type Slides = keyof typeof RANGES;

export function createDanmakuSheet(seat: Seat, control: SheetControl): Sheet {
  const say = words.danmaku;
  const on = toggle(say.on, "danmaku-on", (checked) => wishes.set({ on: checked }));
  const gifts = toggle(say.gifts, "danmaku-gifts", (checked) => wishes.set({ gifts: checked }));
  const slides = (["area", "size", "opacity", "seconds"] as const).map((key) => slide(key));
  const whose = h(
    "select",
    { id: "danmaku-whose", "data-test": "danmaku-whose" },
    h("option", { value: "all" }, say.all),
    h("option", { value: "staff" }, say.staff),
  );
  whose.addEventListener("change", () =>
    wishes.set({ whose: whose.value === "staff" ? "staff" : "all" }),
  );
  const word = h("input", {
    id: "danmaku-word",
    type: "text",
    maxlength: 40,
    autocomplete: "off",
    placeholder: say.word,
    "aria-label": say.word,
    "data-test": "danmaku-word",
  });
  const add = h("button", { type: "submit", class: "quiet", "data-test": "danmaku-add" }, say.add);
  const form = h("form", { class: "add-word" }, word, add);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    wishes.set(withWord(wishes.now, word.value));
    word.value = "";
  });
  const blockedWords = h("ul", { class: "tags" });
  const hiddenPeople = h("ul", { class: "tags", "data-test": "hidden-people" });
  const noWords = h("p", { class: "hint" }, say.noWords);
  const noPeople = h("p", { class: "hint" }, say.noPeople);
  const reset = h(
    "button",
    { type: "button", class: "text-button", on: { click: () => wishes.set(DEFAULTS) } },
    say.reset,
  );

  wishes.onChange((now) => {
    on.input.checked = now.on;
    gifts.input.checked = now.gifts;
    whose.value = now.whose;
    for (const { update } of slides) update(now);
    const words = now.words.map((text) =>
      tag(text, () => wishes.set({ words: wishes.now.words.filter((each) => each !== text) })),
    );
    blockedWords.replaceChildren(...words);
    const people = now.people.map(({ id, nick }) =>
      tag(nick, () => wishes.set({ people: wishes.now.people.filter((one) => one.id !== id) })),
    );
    hiddenPeople.replaceChildren(...people);
    noWords.hidden = words.length > 0;
    noPeople.hidden = people.length > 0;
  });
  // Without a picture nothing flies.
  control.offer(false);
  seat.onFrame((frame) => {
    if (frame.t === "stream") control.offer(frame.stream.address !== "");
    return undefined;
  });

  return {
    name: "danmaku",
    label: say.title,
    icon: "danmaku",
    body: h(
      "div",
      { class: "settings" },
      on.element,
      ...slides.map(({ element }) => element),
      h("div", { class: "setting" }, h("label", { for: "danmaku-whose" }, say.whose), whose),
      gifts.element,
      h("h3", null, say.words),
      form,
      blockedWords,
      noWords,
      h("h3", null, say.people),
      hiddenPeople,
      noPeople,
      reset,
    ),
  };
}

function slide(key: Slides): { element: HTMLElement; update: (now: Switches) => void } {
  const [min, max, step] = RANGES[key];
  const id = `danmaku-${key}`;
  const shown = h("output", { for: id });
  const input = h("input", { type: "range", id, min, max, step, "data-test": id });
  input.addEventListener("input", () => wishes.set({ [key]: input.valueAsNumber }));
  const say = key === "seconds" ? words.danmaku.time : words.danmaku.percent;
  return {
    element: h(
      "div",
      { class: "setting" },
      h("label", { for: id }, words.danmaku[key]),
      input,
      shown,
    ),
    update: (now) => {
      input.value = String(now[key]);
      shown.textContent = say(now[key]);
      input.setAttribute("aria-valuetext", say(now[key]));
    },
  };
}

function toggle(label: string, test: string, change: (checked: boolean) => void) {
  const input = h("input", { type: "checkbox", id: test, "data-test": test, role: "switch" });
  input.addEventListener("change", () => change(input.checked));
  return {
    input,
    element: h("div", { class: "setting" }, h("label", { for: test }, label), input),
  };
}

/** Something on a list, with the way off it. */
function tag(text: string, off: () => void): HTMLElement {
  const label = words.danmaku.unblock(text);
  const button = h("button", { type: "button", "aria-label": label, on: { click: off } }, "×");
  return h("li", { class: "tag" }, h("bdi", null, text), button);
}
