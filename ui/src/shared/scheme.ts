/** Dark or light: an attribute of the document that the style sheets go by. */

/** The two twins. */
export type Scheme = "dark" | "light";

const KEY = "surtitle.scheme";

function put(scheme: Scheme): void {
  document.documentElement.dataset.scheme = scheme;
}

/** Follows the reader's system from now on: the viewer page. */
export function followSystem(): void {
  const light = matchMedia("(prefers-color-scheme: light)");
  const set = () => put(light.matches ? "light" : "dark");
  light.addEventListener("change", set);
  set();
}

/** Dark unless this browser was switched over: the console, whose users work in the dark. */
export function followChoice(): Scheme {
  const chosen: Scheme = localStorage.getItem(KEY) === "light" ? "light" : "dark";
  put(chosen);
  return chosen;
}

/** Switches this browser over and keeps it. */
export function choose(scheme: Scheme): void {
  localStorage.setItem(KEY, scheme);
  put(scheme);
}
