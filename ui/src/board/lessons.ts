/** Lessons: kept ones to replay, this one to save as files, and a new one. */
import { h } from "../shared/dom";
import type { BoardEntry, ClientFrame, LessonInfo } from "../shared/wire";
import { words } from "../shared/words/board";
import { language } from "../shared/words/language";
import { FORMATS, save } from "./export/save";
import { createMenu } from "./menu";
import { Model, type Order, type Word } from "./model";

export interface LessonsOptions {
  send: (frame: ClientFrame) => boolean;
  order: (order: Order) => void;
  tell: (text: string) => void;
  model: Model;
  room: () => string | undefined;
}

export interface Lessons {
  readonly element: HTMLElement;
  hear(word: Word): void;
  /** The server said no to something: a file that was waited for does not come. */
  refused(): void;
  host(on: boolean): void;
}

export function createLessons({ send, order, tell, model, room }: LessonsOptions): Lessons {
  let isHost = false;
  let waits: { format: (typeof FORMATS)[number]; entries: BoardEntry[] } | undefined;
  const list = h("ul", { class: "board-people", "data-test": "board-lessons" });
  const files = FORMATS.map((format) =>
    h(
      "button",
      {
        type: "button",
        "data-test": `board-save-${format}`,
        on: {
          click: () => {
            waits = { format, entries: [] };
            if (!send({ t: "board", ask: "lesson", lesson: model.lesson, after: 0 })) {
              refused();
              tell(words.offline);
            }
          },
        },
      },
      format.toUpperCase(),
    ),
  );
  const sure = h("p", { class: "board-sure", hidden: true });
  const begin = h(
    "button",
    {
      type: "button",
      class: "board-wide",
      "data-test": "board-begin",
      on: { click: () => ask(true) },
    },
    words.begin,
  );
  sure.append(
    words.beginSure,
    h(
      "span",
      {},
      h(
        "button",
        {
          type: "button",
          "data-test": "board-begin-yes",
          on: {
            click: () => {
              ask(false);
              menu.close();
              order({ do: "board", order: "begin" });
            },
          },
        },
        words.yes,
      ),
      h("button", { type: "button", on: { click: () => ask(false) } }, words.no),
    ),
  );
  const menu = createMenu("lesson", "lesson", words.lesson, () => {
    ask(false);
    send({ t: "board", ask: "lessons" });
  });
  menu.sheet.append(
    h("h3", {}, words.saveAs),
    h("div", { class: "board-files" }, ...files),
    begin,
    sure,
    h("h3", {}, words.lessons),
    list,
  );

  function ask(on: boolean): void {
    sure.hidden = !on;
    begin.hidden = on || !isHost;
  }

  function refused(): void {
    waits = undefined;
  }

  function show(known: readonly LessonInfo[]): void {
    list.replaceChildren(
      ...(known.length === 0 ? [h("li", { class: "board-none" }, words.noLessons)] : []),
      ...known.map(({ lesson, began }) =>
        h(
          "li",
          {},
          h(
            "a",
            {
              href: `/board/${encodeURIComponent(room() ?? "")}?lesson=${lesson}`,
              target: "_blank",
            },
            new Date(began).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" }),
          ),
        ),
      ),
    );
  }

  async function saved({ format, entries }: NonNullable<typeof waits>): Promise<void> {
    const whole = new Model();
    for (const entry of entries) whole.apply(entry);
    tell(words.saved(await save(format, whole, model.current, model.lesson)));
  }

  return {
    element: menu.element,
    refused,
    hear(word) {
      if (word.say === "lessons") show(word.lessons);
      if (word.say !== "lesson" || !waits) return;
      waits.entries.push(...word.entries);
      if (word.next !== undefined) {
        send({ t: "board", ask: "lesson", lesson: word.lesson, after: word.next });
        return;
      }
      const all = waits;
      waits = undefined;
      void saved(all);
    },
    host(on) {
      isHost = on;
      begin.hidden = !on;
    },
  };
}
