import { h } from "../shared/dom";
import { grouped } from "../shared/format";
import { sentence } from "./control";
import { put, putAttribute } from "./put";
import type { Control, State } from "./state";

const WORDS = {
  connecting: "Connecting",
  live: "Live",
  retrying: "Lost, trying again",
  refused: "Refused",
} as const;

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
    "Join",
  );
  const leave = h("button", { type: "button", "data-test": "remote-leave" }, "Back to own room");
  const submit = async (event: Event) => {
    event.preventDefault();
    const secret = token.value.trim();
    token.value = "";
    join.disabled = true;
    await control.run(
      { do: "join_remote", address: address.value.trim(), ...(secret ? { token: secret } : {}) },
      "Joining the remote room.",
    );
    join.disabled = false;
  };
  leave.addEventListener("click", () => {
    void control.run({ do: "leave_remote" }, "Back in this program's own room.");
  });

  const room = h("b");
  const word = h("b", { "data-test": "session-word" });
  const detail = h("p", { class: "problem", "data-test": "session-detail" });
  const lost = h("b", { "data-test": "session-lost" });

  function update({ desk: { stats } }: State): void {
    if (!stats) return;
    const { session } = stats;
    put(room, session.remote ?? `${session.room}, in this program`);
    put(word, WORDS[session.state]);
    putAttribute(word, "data-state", session.state);
    const why = session.state === "live" ? undefined : session.detail;
    put(detail, why ? sentence(why) : "");
    put(lost, grouped(session.lost));
    leave.hidden = session.remote === undefined;
  }

  const element = h(
    "section",
    { class: "panel" },
    h("h2", {}, "Room on show"),
    h(
      "dl",
      { class: "facts" },
      fact("Room", room),
      fact("Link", word),
      fact("Messages lost in cuts", lost),
    ),
    detail,
    leave,
    h(
      "form",
      { class: "stack", on: { submit } },
      h("label", { for: "remote-address" }, "Show a room of another Surtitle"),
      address,
      h("label", { for: "remote-token" }, "Token of that server, optional"),
      token,
      h("p", { class: "hint" }, "Without a token you read as a guest and cannot speak there."),
      join,
    ),
  );
  return { element, update };
}

function fact(name: string, value: HTMLElement): HTMLElement {
  return h("div", {}, h("dt", {}, name), h("dd", {}, value));
}
