/** What the desktop program does on this computer, in the console's own window only. */
import { h } from "../../shared/dom";
import { type Bell, openLinks, readBell, setBell, tryBell } from "../../shared/shell";
import { language } from "../../shared/words/language";
import { createLinkBox } from "../link-box";
import type { State } from "../state";
import { roomLink } from "./link";
import { words } from "./words";

/** Links to rooms, and notifications for gifts and questions. */
export function createComputerPanel(): { element: HTMLElement; update: (state: State) => void } {
  const link = createLinkBox(words.link, { link: "room-link", copy: "copy-room-link" });
  const links = toggle("computer-links", words.links);
  const gifts = toggle("computer-gifts", words.gifts);
  const questions = toggle("computer-questions", words.questions);
  const sample = h("button", { type: "button", "data-test": "computer-sample" }, words.sample);
  const said = h("p", { class: "hint", role: "status", "data-test": "computer-said" });

  const fail = (error: unknown) => {
    said.textContent = words.failed(reason(error));
  };
  const draw = (bell: Bell) => {
    gifts.box.checked = bell.gifts;
    questions.box.checked = bell.questions;
  };
  const keep = () =>
    setBell({ gifts: gifts.box.checked, questions: questions.box.checked, language }).catch(fail);

  gifts.box.addEventListener("change", keep);
  questions.box.addEventListener("change", keep);
  sample.addEventListener("click", () => {
    tryBell().then(() => {
      said.textContent = words.shown;
    }, fail);
  });
  links.box.addEventListener("change", async () => {
    const wanted = links.box.checked;
    said.textContent = "";
    links.box.disabled = true;
    links.box.checked = await openLinks(wanted).catch((error) => {
      fail(error);
      return !wanted;
    });
    links.box.disabled = false;
  });

  readBell().then((bell) => {
    draw(bell);
    // Notifications speak as the console does.
    if (bell.language !== language) void keep();
  }, fail);
  // Where the system has no such setting there is nothing to switch.
  openLinks().then(
    (ours) => {
      links.box.checked = ours;
    },
    () => {
      links.element.hidden = true;
    },
  );

  const element = h(
    "section",
    { class: "panel computer", "data-test": "computer" },
    h("h2", {}, words.title),
    links.element,
    link.element,
    h("p", { class: "hint" }, words.linksHint),
    gifts.element,
    questions.element,
    h("p", { class: "hint" }, words.bellHint),
    h("div", { class: "buttons" }, sample),
    said,
  );
  return {
    element,
    update({ desk: { stats } }) {
      const address = stats && roomLink(stats.viewer_path, location.href);
      link.element.hidden = address === undefined;
      if (address) link.set(address);
    },
  };
}

function toggle(id: string, label: string): { element: HTMLElement; box: HTMLInputElement } {
  const box = h("input", {
    type: "checkbox",
    role: "switch",
    class: "switch",
    id,
    "data-test": id,
  });
  return { element: h("div", { class: "field" }, h("label", { for: id }, label), box), box };
}

/** Why a command was refused, in the shell's words. */
function reason(error: unknown): string {
  const message = (error as { message?: unknown } | null)?.message;
  return typeof message === "string" ? message : String(error);
}
