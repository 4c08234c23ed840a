import { beforeEach, expect, it, vi } from "vitest";
import { h } from "../shared/dom";
import { createSheets, type Seat, type SheetControl } from "./sheets";

const seat = { user: undefined, onFrame: vi.fn(), onNamed: vi.fn() } as unknown as Seat;
const controls: SheetControl[] = [];
const opening = vi.fn();

function part(name: string) {
  return (_: Seat, control: SheetControl) => {
    controls.push(control);
    return { name, label: name, icon: "gift" as const, body: h("p", null, name) };
  };
}

beforeEach(() => {
  document.body.replaceChildren();
  controls.length = 0;
});

function shown(parts: string[]) {
  const sheets = createSheets(seat, opening, parts.map(part));
  document.body.append(sheets.place, sheets.row);
  const open = () =>
    [...sheets.place.children]
      .filter((each) => !(each as HTMLElement).hidden)
      .map((each) => each.id);
  return { ...sheets, open };
}

it("has one sheet open at a time and gives the focus back to its button", () => {
  const { open, row, place } = shown(["wallet", "ask"]);
  const [first, second] = row.children as unknown as HTMLElement[];
  first?.click();
  expect(open()).toEqual(["sheet-wallet"]);
  expect(first?.getAttribute("aria-expanded")).toBe("true");
  second?.click();
  expect(open()).toEqual(["sheet-ask"]);
  expect(opening).toHaveBeenCalledTimes(2);
  place.children[1]?.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  expect(open()).toEqual([]);
  expect(document.activeElement).toBe(second);
});

it("shows no row before there is something in it", () => {
  expect(shown([]).row.hidden).toBe(true);
  const { row } = shown(["wallet"]);
  expect(row.hidden).toBe(false);
  controls[0]?.offer(false);
  expect(row.hidden).toBe(true);
});
