/** What the hand holds: tools, colours, widths, and the way back. */
import { h } from "../shared/dom";
import { words } from "../shared/words/board";
import type { Held } from "./hand";
import { icon } from "./icons";
import { css } from "./shape";

/** Tools by their keys. */
export const TOOLS = [
  ["pen", "p"],
  ["highlighter", "h"],
  ["line", "l"],
  ["arrow", "a"],
  ["rectangle", "r"],
  ["ellipse", "o"],
  ["text", "t"],
  ["eraser", "e"],
  ["laser", "k"],
] as const;

/** Seen on white, on black and on a game. */
export const COLOURS = [
  0xffffff, 0x15181e, 0xf0384a, 0xff9f1c, 0xffd43b, 0x2fb56a, 0x2f7df6, 0xb36bff,
] as const;

/** Widths of a line in units of the page. */
export const WIDTHS = [30, 60, 110, 200] as const;

/** How much broader a tool is than a pen of the same width. */
const BROADER: Partial<Record<Held["tool"], number>> = { highlighter: 4, eraser: 5, text: 7 };

export interface ToolbarEvents {
  undo: () => void;
  redo: () => void;
  /** Wipe the page; absent for who may not. */
  wipe?: () => void;
}

export interface Toolbar {
  readonly element: HTMLElement;
  held(): Held;
  /** A key; says whether it was used. */
  key(event: KeyboardEvent): boolean;
  /** Whether wiping is offered. */
  staff(on: boolean): void;
}

export function createToolbar({ undo, redo, wipe }: ToolbarEvents): Toolbar {
  let tool: Held["tool"] = "pen";
  let colour: number = COLOURS[2];
  let width: number = WIDTHS[1];

  const tools = TOOLS.map(([name, key]) => {
    const button = press(`tool-${name}`, `${words[name]} (${key.toUpperCase()})`, () => {
      tool = name;
      update();
    });
    button.append(icon(name));
    return [name, button] as const;
  });
  const colours = COLOURS.map((value, i) => {
    const button = press(`colour-${i}`, words.colour(i + 1), () => {
      colour = value;
      if (tool === "eraser" || tool === "laser") tool = "pen";
      update();
    });
    button.classList.add("board-colour");
    button.style.setProperty("--ink", css(value));
    return [value, button] as const;
  });
  const widths = WIDTHS.map((value, i) => {
    const dot = h("i", { style: { "--size": `${5 + i * 4}px` } });
    const button = press(`width-${i}`, words.width(i + 1), () => {
      width = value;
      update();
    });
    button.append(dot);
    return [value, button] as const;
  });
  const steps = [
    act("undo", `${words.undo} (Ctrl+Z)`, undo),
    act("redo", `${words.redo} (Ctrl+Shift+Z)`, redo),
  ];
  const wiping = act("wipe", words.wipe, () => wipe?.());

  function press(name: string, label: string, click: () => void): HTMLButtonElement {
    return h("button", {
      type: "button",
      class: "board-button",
      title: label,
      "aria-label": label,
      "aria-pressed": "false",
      "data-test": `board-${name}`,
      on: { click },
    });
  }

  function act(name: "undo" | "redo" | "wipe", label: string, click: () => void): HTMLElement {
    const button = press(name, label, click);
    button.removeAttribute("aria-pressed");
    button.append(icon(name));
    return button;
  }

  function update(): void {
    for (const [name, button] of tools) button.setAttribute("aria-pressed", String(name === tool));
    for (const [value, button] of colours) {
      button.setAttribute("aria-pressed", String(value === colour));
    }
    for (const [value, button] of widths) {
      button.setAttribute("aria-pressed", String(value === width));
    }
  }

  const group = (name: string, ...children: HTMLElement[]) =>
    h("div", { class: "board-group", role: "group", "aria-label": name }, ...children);
  const element = h(
    "div",
    { class: "board-toolbar", role: "toolbar", "aria-label": words.tools },
    group(words.tools, ...tools.map(([, button]) => button)),
    group(words.colours, ...colours.map(([, button]) => button)),
    group(words.widths, ...widths.map(([, button]) => button)),
    group(words.undo, ...steps, wiping),
  );
  update();

  function step<T>(items: readonly T[], now: T, by: number): T {
    const at = items.indexOf(now) + by;
    return items[Math.min(items.length - 1, Math.max(0, at))] ?? now;
  }

  return {
    element,
    held: () => ({ tool, colour, width: width * (BROADER[tool] ?? 1) }),
    key(event) {
      const key = event.key.toLowerCase();
      if (event.ctrlKey || event.metaKey) {
        if (key === "z" && !event.shiftKey) undo();
        else if (key === "y" || (key === "z" && event.shiftKey)) redo();
        else return false;
        return true;
      }
      if (event.altKey) return false;
      const found = TOOLS.find(([, letter]) => letter === key);
      if (found) tool = found[0];
      else if (key === "[") width = step<number>(WIDTHS, width, -1);
      else if (key === "]") width = step<number>(WIDTHS, width, 1);
      else if (key === ",") colour = step<number>(COLOURS, colour, -1);
      else if (key === ".") colour = step<number>(COLOURS, colour, 1);
      else return false;
      update();
      return true;
    },
    staff(on) {
      wiping.hidden = !on;
    },
  };
}
