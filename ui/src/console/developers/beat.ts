/** Looks again every while, as long as somebody looks. */
export function createBeat(ms: number, look: () => Promise<void>): (on: boolean) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = false;

  async function turn(): Promise<void> {
    if (!document.hidden) await look();
    if (running) timer = setTimeout(turn, ms);
  }

  return (on) => {
    if (on === running) return;
    running = on;
    clearTimeout(timer);
    if (on) void turn();
  };
}
