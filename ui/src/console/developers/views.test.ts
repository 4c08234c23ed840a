import { afterEach, expect, test, vi } from "vitest";
import { createConfirm } from "./confirm";
import { createHookForm, type Wanted } from "./hook-form";
import { createSecret } from "./secret";
import { createTabs } from "./tabs";
import type { Hooks } from "./types";

afterEach(() => document.body.replaceChildren());

function click(root: ParentNode, name: string): void {
  root.querySelector<HTMLElement>(`[data-test="${name}"]`)?.click();
}

test("what cannot be undone is asked once more, and focus starts at the way back", async () => {
  const act = vi.fn(async () => {});
  const box = createConfirm("Dismiss", "For good?", "end", act);
  document.body.append(box);
  click(box, "end");
  expect(document.activeElement?.textContent).toBe("Keep it");
  document.activeElement?.dispatchEvent(
    new KeyboardEvent("keydown", { key: "Escape", bubbles: true }),
  );
  expect(document.activeElement?.textContent).toBe("Dismiss");
  expect(act).not.toHaveBeenCalled();
  click(box, "end");
  click(box, "end-yes");
  expect(act).toHaveBeenCalledTimes(1);
});

test("a key is in the page until it is copied, and then nowhere", () => {
  const secret = createSecret();
  document.body.append(secret.element);
  secret.show("A", "c0ffee");
  const field = secret.element.querySelector("input");
  expect(field?.value).toBe("c0ffee");
  click(secret.element, "secret-done");
  expect(field?.value).toBe("");
  expect(secret.element.hidden).toBe(true);
});

test("arrow keys lead through the tabs, and one panel is there at a time", () => {
  const panels = ["one", "two", "three"].map((id) => ({
    id,
    label: id,
    panel: document.createElement("div"),
  }));
  const opened: string[] = [];
  const tabs = createTabs("App", panels, (id) => opened.push(id));
  document.body.append(tabs.element);
  tabs.open("one");
  const press = (key: string) =>
    document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  document.querySelector<HTMLElement>("#tab-one")?.focus();
  for (const key of ["ArrowRight", "End", "ArrowRight", "ArrowLeft"]) press(key);
  expect(opened).toEqual(["one", "two", "three", "one", "three"]);
  expect(document.querySelectorAll("[role=tabpanel]")).toHaveLength(1);
  expect(document.querySelectorAll("[aria-selected=true]")).toHaveLength(1);
});

const gate = { is_open: false, tries_at: null, in_flight: 0, failures: 0, skipped: 0, last: null };
const hooks: Hooks = {
  url: "http://127.0.0.1:9000/hook",
  commands: ["Group.CallbackAfterSendMsg", "Group.CallbackAfterGroupFull"],
  refuse_on_failure: true,
  retry: true,
  has_token: true,
  health: { asking: gate, telling: gate, waiting: 0, dropped: 0 },
};

test("webhooks come out of the form as they went in, the token untouched", async () => {
  const saved: Wanted[] = [];
  const form = createHookForm({
    save: async (wanted) => saved.push(wanted) > 0,
    test: async () => {},
    result: document.createElement("p"),
  });
  document.body.append(form.element);
  form.set(hooks);
  const submit = () => form.element.dispatchEvent(new Event("submit"));
  submit();
  const { has_token, health, ...same } = hooks;
  expect(has_token && health).toBeTruthy();
  expect(saved[0]).toEqual(same);
  const field = (name: string) =>
    form.element.querySelector<HTMLInputElement>(`[data-test="${name}"]`);
  const token = field("hook-token");
  if (token) token.value = "new";
  submit();
  expect(saved[1]).toEqual({ ...same, token: "new" });
  click(form.element, "hook-no-token");
  submit();
  expect(saved[2]?.token).toBeNull();
});
