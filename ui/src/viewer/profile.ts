/** The sheet of who one is here: name, picture, language. */
import { h } from "../shared/dom";
import type { Sender } from "../shared/wire";
import { LANGUAGES, type Language, language, speak } from "../shared/words/language";
import { words } from "../shared/words/viewer";
import { storedToken, storeToken } from "./identity";
import { avatar } from "./row";
import type { Seat, Sheet, SheetControl } from "./sheets";
import { problem } from "./words";

/** Most bytes of a file; the server takes no more. */
const MOST = 5 * 1024 * 1024;

export function createProfileSheet(seat: Seat, control: SheetControl): Sheet {
  const say = words.profile;
  const face = h("div", { class: "face" });
  const nick = h("bdi", { class: "self-name" });
  const change = h("button", { type: "button", class: "quiet" }, words.composer.change);
  change.addEventListener("click", () => {
    control.close();
    seat.askName();
  });
  const file = h("input", {
    id: "avatar",
    type: "file",
    class: "file",
    "data-test": "avatar-file",
    "aria-label": say.choose,
  });
  file.accept = "image/png,image/jpeg,image/gif,image/webp";
  const choose = h("button", { type: "button", class: "primary" }, say.choose);
  choose.addEventListener("click", () => {
    if (seat.allowed(words.names.forPicture)) file.click();
    else control.close();
  });
  const remove = h("button", { type: "button", class: "quiet", "data-test": "avatar-remove" });
  remove.textContent = say.remove;
  remove.addEventListener("click", () => send(undefined));
  const told = h("p", { class: "hint", role: "status", "data-test": "avatar-told" }, say.hint);
  file.addEventListener("change", () => {
    const [picture] = file.files ?? [];
    if (picture) send(picture);
    // The same file again is a change again.
    file.value = "";
  });
  const languages = h("select", { id: "language", "data-test": "language" });
  for (const [tag, name] of Object.entries(LANGUAGES)) {
    languages.append(h("option", { value: tag, lang: tag, selected: tag === language }, name));
  }
  languages.addEventListener("change", () => speak(languages.value as Language));

  async function send(picture: File | undefined): Promise<void> {
    if (picture && picture.size > MOST) {
      told.textContent = say.tooBig;
      return;
    }
    told.textContent = say.sending;
    choose.disabled = true;
    const refusal = await put(picture);
    choose.disabled = false;
    told.textContent = refusal ?? (picture ? say.done : say.hint);
    if (refusal === undefined) seat.renew();
  }

  seat.onNamed((user) => {
    nick.textContent = user?.nick ?? words.names.guest;
    face.replaceChildren(user ? avatar(user) : "");
    remove.hidden = !user?.avatar;
    change.textContent = user ? words.composer.change : words.names.take;
    // A host's name and picture are those of their token.
    const own = !user || user.role === "viewer";
    change.hidden = choose.hidden = told.hidden = !own;
  });

  return {
    name: "profile",
    label: say.title,
    icon: "person",
    body: h(
      "div",
      { class: "profile" },
      h("div", { class: "self" }, face, h("div", null, nick, change)),
      h("div", { class: "picture-ways" }, choose, remove, file),
      told,
      h("div", { class: "setting" }, h("label", { for: "language" }, say.language), languages),
    ),
  };
}

/** Sets or takes off one's picture; the refusal in words if there was one. */
async function put(picture: File | undefined): Promise<string | undefined> {
  const token = storedToken();
  if (!token) return words.names.forPicture;
  try {
    const response = await fetch("/me/avatar", {
      method: picture ? "PUT" : "DELETE",
      headers: { authorization: `Bearer ${token}` },
      ...(picture ? { body: picture } : {}),
    });
    const answer: unknown = await response.json();
    if (response.ok) {
      const { token: next } = answer as { user: Sender; token: string };
      storeToken(next);
      return undefined;
    }
    const { code, message } = answer as { code: number; message: string };
    return problem(code, message).words;
  } catch {
    return words.profile.failed;
  }
}
