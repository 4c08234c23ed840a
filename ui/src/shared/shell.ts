/**
 * The desktop window around a page; the only file that knows of it.
 *
 * The window sets `window.__SURTITLE__` before any script of the page runs. In
 * a browser it is not there, and every page must work without it.
 */
import { invoke } from "@tauri-apps/api/core";
import type { Language } from "./words/language";

declare global {
  interface Window {
    __SURTITLE__?: { token?: string; shell?: true };
  }
}

/** How an overlay page stands in its window (`Standing` of the shell). */
export interface Standing {
  /** The whole window takes clicks, not its controls alone. */
  readonly taken: boolean;
  /** How much of the picture is seen, in percent. */
  readonly opacity: number;
}

/** The place of a control: x, y, width and height in CSS px. */
export type Rect = readonly [x: number, y: number, width: number, height: number];

/** What a control of an overlay window may do. */
export type Press = "unpin" | "stronger" | "fainter" | "pass-clicks" | "hide" | "console";

/** How the overlay windows stand (`Desktop` of the shell). */
export interface Desktop {
  readonly overlay: {
    readonly opacity: number;
    readonly windows: readonly { readonly name: string; readonly monitor: string | null }[];
  };
  /** Hot keys by what they do; empty where there is none. */
  readonly keys: Readonly<Record<string, string>>;
  /** What the windows cannot do now, in sentences. */
  readonly limits: readonly string[];
}

/** What the desktop's notifications are shown for (`BellSettings` of the shell). */
export interface Bell {
  readonly gifts: boolean;
  readonly questions: boolean;
  readonly language: Language;
}

/** The token the window got from the server in its own process. */
export function shellToken(): string | undefined {
  return window.__SURTITLE__?.token || undefined;
}

/** Whether the page is in a window of the desktop program. */
export function isShell(): boolean {
  return window.__SURTITLE__?.shell === true;
}

/** Tells the window where its page takes clicks; the answer is how the page stands. */
export function reportHits(rects: readonly Rect[]): Promise<Standing> {
  return invoke<Standing>("hits", { rects });
}

/** Has the window do what a control is for. */
export function press(what: Press): void {
  // Nothing to say it to: a window that refuses is one of another version.
  invoke("press", { what }).catch(() => {});
}

/** Calls `change` whenever the window stands otherwise. */
export function watchStanding(change: (standing: Standing) => void): void {
  window.addEventListener("surtitle-standing", (event) => {
    change((event as CustomEvent<Standing>).detail);
  });
}

/** For the console's window: how the overlay windows stand. */
export function readDesktop(): Promise<Desktop> {
  return invoke<Desktop>("desktop");
}

/** For the console's window: sets how much of the picture is seen, in percent. */
export function setOpacity(percent: number): Promise<void> {
  return invoke<void>("opacity", { percent });
}

/** For the console's window: whether this program opens `surtitle://` links; set first if told. */
export function openLinks(ours?: boolean): Promise<boolean> {
  return invoke<boolean>("links", { ours });
}

/** For the console's window: what notifications are shown for. */
export function readBell(): Promise<Bell> {
  return invoke<Bell>("bell");
}

/** For the console's window: sets what notifications are shown for. */
export function setBell(settings: Bell): Promise<void> {
  return invoke<void>("set_bell", { settings });
}

/** For the console's window: shows a notification. Rejects with why it is not shown. */
export function tryBell(): Promise<void> {
  return invoke<void>("try_bell");
}
