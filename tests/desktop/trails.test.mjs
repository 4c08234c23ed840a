// What moves over a transparent window must not stay there: WebKitGTK leaves
// trails when it draws without its compositor.
import { after, before, test } from "node:test";
import { client, until } from "../e2e/program.mjs";
import { Desk } from "./desk.mjs";
import { Shell } from "./shell.mjs";

let desk;
let shell;
let ann;

before(async () => {
  desk = await Desk.start();
  shell = await Shell.start(desk);
  await shell.putAway();
  ann = await client(shell, "Ann");
  // The count of who is in the room: the overlay is connected.
  await until("the counter", async () => (await desk.look()).drawn(desk.backdrop, counter()) > 50, 60_000);
});

after(async () => {
  ann?.socket.close();
  await shell?.stop();
  await desk?.stop();
});

const counter = () => ({ x: desk.width - 300, y: 40, width: 300, height: 80 });
/** Where comments fly, below the counter: all of it, and where they come in. */
const air = () => ({ x: 0, y: 140, width: desk.width, height: 290 });
const entry = () => ({ ...air(), x: desk.width - 200, width: 200 });

test("comments that fly leave nothing where they have been", async (t) => {
  for (const [index, text] of ["short", "a line that is a good deal longer than that", "最後の一行"].entries()) {
    ann.send({ t: "send", cid: index + 1, body: { kind: "comment", text } });
  }
  await until("all of them coming in", async () => (await desk.look()).drawn(desk.backdrop, entry()) > 500, 30_000);
  const seen = await until("a clean entry while they are still in the air", async () => {
    const look = await desk.look();
    return look.same(desk.backdrop, entry()) === 1 && look.drawn(desk.backdrop, air()) > 1_000 && look;
  }, 60_000);
  await seen.save(t.name.replaceAll(/\W+/g, "-"));
  await until("a clean picture after them", async () => (await desk.look()).same(desk.backdrop, air()) === 1, 60_000);
});
