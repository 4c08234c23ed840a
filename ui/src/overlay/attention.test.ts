import { expect, it } from "vitest";
import { watchAttention } from "./attention";

function obs(kind: "Visible" | "Active", detail: object): void {
  window.dispatchEvent(new CustomEvent(`obsSource${kind}Changed`, { detail }));
}

it("a page is seen until OBS says otherwise, and a preview counts as seeing", () => {
  const heard: boolean[] = [];
  watchAttention((seen) => heard.push(seen));
  obs("Active", { active: false });
  obs("Active", { active: true });
  obs("Visible", { visible: false });
  obs("Visible", { visible: true });
  obs("Active", { active: false });
  expect(heard).toEqual([true, false, true, false, true, true]);
});
