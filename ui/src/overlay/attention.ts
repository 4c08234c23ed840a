/**
 * Whether anybody can see this page: OBS tells its browser sources, a browser
 * its tabs. OBS calls a source *visible* while any scene or preview shows it
 * and *active* while it is on air; the first decides where it is known, so
 * that a studio-mode preview moves.
 */
interface ObsWindow {
  addEventListener(
    type: "obsSourceVisibleChanged" | "obsSourceActiveChanged",
    listener: (event: CustomEvent<{ visible?: boolean; active?: boolean }>) => void,
  ): void;
}

/** Calls `change` with the first answer and with every new one. */
export function watchAttention(change: (seen: boolean) => void): void {
  let visible: boolean | undefined;
  let active: boolean | undefined;
  const tell = () => change(!document.hidden && (visible ?? active ?? true));
  const obs = window as unknown as ObsWindow;
  obs.addEventListener("obsSourceVisibleChanged", ({ detail }) => {
    visible = detail?.visible ?? visible;
    tell();
  });
  obs.addEventListener("obsSourceActiveChanged", ({ detail }) => {
    active = detail?.active ?? active;
    tell();
  });
  document.addEventListener("visibilitychange", tell);
  tell();
}
