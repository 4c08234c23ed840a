// The tray icon's menu, read and clicked over the session bus as a panel does it.

const MENU = "/org/ayatana/NotificationItem/tray_icon_tray_app_surtitle/Menu";
const INTERFACE = "com.canonical.dbusmenu";

export class Tray {
  constructor(desk) {
    this.desk = desk;
  }

  call(to, path, method, ...args) {
    return this.desk.run("dbus-send", ["--session", "--print-reply", `--dest=${to}`, path, method, ...args]);
  }

  layout(owner) {
    return this.call(owner, MENU, `${INTERFACE}.GetLayout`, "int32:0", "int32:-1", "array:string:");
  }

  /** The connection that has the menu; it has no name of its own. */
  async owner() {
    const names = await this.call("org.freedesktop.DBus", "/", "org.freedesktop.DBus.ListNames");
    for (const [, name] of names.matchAll(/"(:[\d.]+)"/g)) {
      if (await this.layout(name).then(() => true, () => false)) return name;
    }
    throw new Error("nobody has a tray menu");
  }

  /** Entries in order: `{ id, label, on }`; `on` is undefined where there is no mark. */
  async entries() {
    this.at ??= await this.owner();
    const said = await this.layout(this.at);
    return said.split(/struct \{/).slice(1).flatMap((text) => {
      const [, id] = /int32 (\d+)/.exec(text);
      const label = /"label"\s+variant\s+string "([^"]*)"/.exec(text)?.[1];
      const state = /"toggle-state"\s+variant\s+int32 (\d)/.exec(text)?.[1];
      return label === undefined ? [] : [{ id: Number(id), label, on: state && state === "1" }];
    });
  }

  async entry(label) {
    const found = (await this.entries()).find((entry) => entry.label === label);
    if (!found) throw new Error(`no tray entry "${label}"`);
    return found;
  }

  async click(label) {
    const { id } = await this.entry(label);
    await this.call(this.at, MENU, `${INTERFACE}.Event`, `int32:${id}`, "string:clicked", "variant:string:", "uint32:0");
  }
}
