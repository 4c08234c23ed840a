/** Gives the reader a file. */
import { h } from "../../shared/dom";

/** Saves a file under a name. */
export function save(name: string, content: BlobPart, type: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  h("a", { href: address, download: name }).click();
  // The download has begun with the click.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** What files of a show are called: `show-2026-11-23-2015`. */
export function fileName(began: number): string {
  const at = new Date(began);
  const two = (n: number) => String(n).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `show-${day}-${two(at.getHours())}${two(at.getMinutes())}`;
}
