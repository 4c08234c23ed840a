import { h } from "../shared/dom";
import { grouped } from "../shared/format";
import { sentence } from "./control";
import { put, putAttribute } from "./put";
import type { Control, State } from "./state";
import { words as room } from "./words/room";

const words = room.remote;

/** Which room is on show: the one in this program or another Surtitle's. */
export function createRemote(control: Control): {
  element: HTMLElement;
  update: (state: State) => void;
} {
  const address = h("input", {
    type: "text",
    id: "remote-address",
    placeholder: "wss://host/room",
    inputmode: "url",
    autocapitalize: "off",
    spellcheck: "false",
    autocomplete: "off",
    required: true,
    "data-test": "remote-address",
  });
  const token = h("input", {
    type: "password",
    id: "remote-token",
    autocomplete: "off",
    "data-test": "remote-token",
  });
  const join = h(
    "button",
    { type: "submit", class: "primary", "data-test": "remote-join" },
    words.join,
  );
  const leave = h("button", { type: "button", "data-test": "remote-leave" }, words.leave);
  const submit = async (event: Event) => {
    event.preventDefault();
    const secret = token.value.trim();
    token.value = "";
    join.disabled = true;
    await control.run(
      { do: "join_remote", address: address.value.trim(), ...(secret ? { token: secret } : {}) },
      words.joining,
    );
    join.disabled = false;
  };
  leave.addEventListener("click", () => {
    void control.run({ do: "leave_remote" }, words.left);
  });

  const room = h("b");
  const word = h("b", { "data-test": "session-word" });
  const detail = h("p", { class: "problem", "data-test": "session-detail" });
  const lost = h("b", { "data-test": "session-lost" });

  function update({ desk: { stats } }: State): void {
    if (!stats) return;
    const { session } = stats;
    put(room, session.remote ?? words.own(session.room));
    put(word, words.states[session.state]);
    putAttribute(word, "data-state", session.state);
    const why = session.state === "live" ? undefined : session.detail;
    put(detail, why ? sentence(why) : "");
    put(lost, grouped(session.lost));
    leave.hidden = session.remote === undefined;
  }

  const element = h(
    "section",
    { class: "panel" },
    h("h2", {}, words.title),
    h(
      "dl",
      { class: "facts" },
      fact(words.room, room),
      fact(words.link, word),
      fact(words.lost, lost),
    ),
    detail,
    leave,
    h(
      "form",
      { class: "stack", on: { submit } },
      h("label", { for: "remote-address" }, words.address),
      address,
      h("label", { for: "remote-token" }, words.token),
      token,
      h("p", { class: "hint" }, words.hint),
      join,
    ),
  );
  return { element, update };
}

function fact(name: string, value: HTMLElement): HTMLElement {
  return h("div", {}, h("dt", {}, name), h("dd", {}, value));
}
