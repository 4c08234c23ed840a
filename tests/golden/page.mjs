// The real overlay page of the real program, with what stands on the stage put in on the way.
import { client, until } from "../e2e/program.mjs";

/** A host of the program who may change looks. */
export async function host(program) {
  const it = await client(program, null, program.secrets.host);
  it.send({ t: "monitor" });
  const desk = await until("desk", () => it.frames.find((frame) => frame.t === "desk"));
  it.look = desk.stats.displays.find(({ name }) => name === "main").look;
  it.id = 0;
  it.command = async (command) => {
    const id = ++it.id;
    it.send({ t: "do", id, command });
    const answer = await until("an answer", () => it.frames.find((f) => f.id === id || f.re === id));
    if (answer.t !== "done") throw new Error(answer.message);
  };
  return it;
}

/** An overlay page whose stage the test fills; `show(parts)` replaces what stands on it. */
export async function stageOf(chrome, program, { width, height, background }) {
  let send;
  let stage;
  const context = await chrome.newContext({ viewport: { width, height }, reducedMotion: "reduce" });
  const page = await context.newPage();
  page.problems = [];
  page.on("pageerror", (error) => page.problems.push(String(error.stack)));
  await page.addInitScript(([key, token]) => localStorage.setItem(key, token), ["surtitle.display.main", program.secrets.display]);
  await page.routeWebSocket(/\/ws$/, (socket) => {
    const server = socket.connectToServer();
    send = (frame) => socket.send(JSON.stringify(frame));
    server.onMessage((text) => {
      for (const line of String(text).split("\n")) {
        const frame = JSON.parse(line);
        if (frame.t === "stage") stage = frame.stage;
        else if (frame.t !== "cues") socket.send(line);
      }
    });
  });
  await page.goto(`${program.url}/overlay/main`);
  await until("the stage", () => stage);
  await page.addStyleTag({ content: `html { background: ${background} !important }` });
  return {
    page,
    show: (parts) => {
      const { now } = stage;
      const empty = { emotes: [], feed: [], cards: [], paid: [], placards: [], pinned: undefined, likes: 0, online: 0, visible: true };
      const look = { ...stage.look, paid: stage.look.paid ?? { on: true, corner: 'bottom-left', size: 30 }, placards: stage.look.placards ?? { sale: { on: true, corner: 'top-right' }, goal: { on: true, corner: 'top-left' }, rank: { on: true, corner: 'top-right' }, question: true, ticker: true, size: 26 } };
      send({ t: "stage", stage: { ...stage, look, ...empty, ...parts(now) } });
    },
  };
}
