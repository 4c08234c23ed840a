// Stands for what shows notifications on a desktop, and keeps what it was told.
import { own, Writer } from "./bus.mjs";

export class Notifications {
  /** What it says it can do. */
  can = ["body", "body-markup"];
  /** `{ at, app, title, text, hints }` each, oldest first; `hints` is not taken apart. */
  told = [];

  static async start(desk) {
    const daemon = new Notifications();
    daemon.stop = await own(desk, "org.freedesktop.Notifications", (member, body) => daemon.answer(member, body));
    return daemon;
  }

  answer(member, body) {
    if (member === "GetCapabilities") return ["as", new Writer().texts(this.can).bytes];
    if (member !== "Notify") return [];
    const app = body.text();
    body.number(); // replaces none
    body.text(); // icon
    this.told.push({ at: Date.now(), app, title: body.text(), text: body.text(), hints: body.rest() });
    return ["u", new Writer().number(this.told.length).bytes];
  }
}
