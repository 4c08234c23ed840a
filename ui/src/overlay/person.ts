/** A person on the picture: name in their colour, face or first letter. */
import { characters, shortName } from "../danmaku/letters";
import { h } from "../shared/dom";
import { nameColour } from "../shared/palette";
import type { Sender } from "../shared/wire";

/** The name, isolated so that its direction does not turn the line. */
export function nick(person: Sender, name: string): HTMLElement {
  const { onDark } = nameColour(person.id);
  return h("bdi", { class: name, style: { color: onDark } }, shortName(person.nick));
}

/** A round face; the first letter on the person's colour where there is no picture. */
export function face(person: Sender): HTMLElement {
  const [first = ""] = characters(person.nick);
  const { onDark } = nameColour(person.id);
  const element = h(
    "span",
    { class: "face", style: { "background-color": onDark } },
    first.toUpperCase(),
  );
  if (person.avatar) {
    // Put in when it has loaded: a broken one must leave no mark.
    const picture: HTMLImageElement = h("img", {
      class: "face-picture",
      alt: "",
      decoding: "async",
      src: person.avatar,
      on: { load: () => element.append(picture) },
    });
  }
  return element;
}
