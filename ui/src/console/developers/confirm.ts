import { h } from "../../shared/dom";
import { words } from "./words";

/** A button that asks once more, in its own place: what it does cannot be undone. */
export function createConfirm(
  label: string,
  question: string,
  test: string,
  act: () => Promise<unknown>,
): HTMLElement {
  const ask = h("button", { type: "button", class: "quiet danger", "data-test": test }, label);
  const yes = h("button", { type: "button", class: "danger", "data-test": `${test}-yes` }, label);
  const no = h("button", { type: "button", class: "quiet" }, words.keep);
  const asking = h(
    "span",
    { class: "confirm", role: "group", "aria-label": question },
    h("span", {}, question),
    yes,
    no,
  );
  const turn = (on: boolean) => {
    asking.hidden = !on;
    ask.hidden = on;
  };
  const back = () => {
    turn(false);
    ask.focus();
  };
  ask.addEventListener("click", () => {
    turn(true);
    no.focus();
  });
  no.addEventListener("click", back);
  asking.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    back();
  });
  yes.addEventListener("click", async () => {
    yes.disabled = true;
    await act();
    yes.disabled = false;
    if (asking.isConnected) turn(false);
  });
  turn(false);
  return h("span", { class: "confirm-box" }, ask, asking);
}
