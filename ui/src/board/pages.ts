/** Which page is in front, and what lies under its ink. */
import { h } from "../shared/dom";
import type { Ground, PageId } from "../shared/wire";
import { words } from "../shared/words/board";
import { type Icon, icon } from "./icons";
import { createMenu } from "./menu";
import type { Model, Order } from "./model";

const PRINTS = ["blank", "lines", "grid", "dots"] as const;

export interface Pages {
  readonly element: HTMLElement;
  update(model: Model): void;
  /** Another page, if there is one: −1 for the one before. */
  turn(by: number): void;
}

/** `picture` puts a file up and gives its path, or nothing if that was refused. */
export function createPages(
  order: (order: Order) => void,
  picture: ((file: File) => Promise<string | undefined>) | undefined,
): Pages {
  let known: Model | undefined;
  const where = h("span", { class: "board-where", "data-test": "board-where", role: "status" });
  const button = (name: Icon, label: string, click: () => void) =>
    h(
      "button",
      {
        type: "button",
        class: "board-button",
        title: label,
        "aria-label": label,
        "data-test": `board-page-${name}`,
        on: { click },
      },
      icon(name),
    );
  const back = button("before", words.before, () => turn(-1));
  const forth = button("after", words.after, () => turn(1));
  const current = (then: (page: PageId) => void) => () => known && then(known.current);
  const add = button(
    "add",
    words.add,
    current((page) => order({ do: "board", order: "page", after: page })),
  );
  const drop = button(
    "drop",
    words.drop,
    current((page) => order({ do: "board", order: "drop", page })),
  );

  const lay = (ground: Ground) =>
    known && order({ do: "board", order: "ground", page: known.current, ground });
  const grounds = createMenu("ground", "ground", words.ground, () => mark());
  const prints = PRINTS.map((print) => {
    const choice = h(
      "button",
      {
        type: "button",
        class: "board-print",
        "data-print": print,
        "data-test": `board-print-${print}`,
        on: { click: () => lay({ ...known?.page.ground, print }) },
      },
      h("i", { "data-print": print }),
      words[print],
    );
    return [print, choice] as const;
  });
  const file = h("input", {
    type: "file",
    hidden: true,
    "aria-label": words.picture,
    "data-test": "board-picture-file",
    on: { change: () => void put() },
  });
  file.accept = "image/png,image/jpeg,image/gif,image/webp";
  const choose = h(
    "button",
    { type: "button", class: "board-wide", on: { click: () => file.click() } },
    words.picture,
  );
  const bare = h(
    "button",
    {
      type: "button",
      class: "board-wide",
      on: { click: () => lay({ print: known?.page.ground.print ?? "blank" }) },
    },
    words.noPicture,
  );
  choose.hidden = picture === undefined;
  grounds.sheet.append(
    h("div", { class: "board-prints" }, ...prints.map(([, choice]) => choice)),
    choose,
    bare,
    file,
  );

  async function put(): Promise<void> {
    const chosen = file.files?.[0];
    file.value = "";
    if (!chosen || !picture) return;
    const path = await picture(chosen);
    if (path) lay({ print: known?.page.ground.print ?? "blank", picture: path });
  }

  function mark(): void {
    const ground = known?.page.ground;
    for (const [print, choice] of prints) {
      choice.setAttribute("aria-pressed", String(print === ground?.print));
    }
    bare.hidden = ground?.picture === undefined;
  }

  function turn(by: number): void {
    if (!known) return;
    const at = known.pages.findIndex(({ id }) => id === known?.current);
    const next = known.pages[at + by];
    if (next) order({ do: "board", order: "turn", page: next.id });
  }

  return {
    element: h(
      "div",
      { class: "board-pages", role: "group", "aria-label": words.pages },
      back,
      where,
      forth,
      add,
      drop,
      grounds.element,
    ),
    turn,
    update(model) {
      known = model;
      const at = model.pages.findIndex(({ id }) => id === model.current);
      where.textContent = `${at + 1} / ${model.pages.length}`;
      where.setAttribute("aria-label", words.pageOf(at + 1, model.pages.length));
      back.disabled = at <= 0;
      forth.disabled = at >= model.pages.length - 1;
      drop.disabled = model.pages.length === 1;
      mark();
    },
  };
}
