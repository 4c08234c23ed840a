// Stands for a panel with a place for tray icons: owns the StatusNotifier
// watcher's name on the session bus and says that a host is there.
import { own, Writer } from "./bus.mjs";

/** Puts the panel up; resolves to a function that takes it down. */
export const panel = (desk) => own(desk, "org.kde.StatusNotifierWatcher", answer);

/** Every property asked for is `true`: the one that matters says that a host is there. */
function answer(member) {
  if (member === "Get") return ["v", new Writer().signature("b").number(1).bytes];
  if (member !== "GetAll") return [];
  const pair = new Writer().text("IsStatusNotifierHostRegistered").signature("b").number(1).bytes;
  return ["a{sv}", Buffer.concat([new Writer().number(pair.length).align(8).bytes, pair])];
}
