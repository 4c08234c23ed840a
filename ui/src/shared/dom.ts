/**
 * Builds elements. Text stays text: there is no way in for markup, scripts or
 * addresses that run code, whatever the strings hold.
 */
export type Child = Node | string | number | false | null | undefined;

type Value = string | number | boolean | null | undefined;

export interface Props {
  /** Listeners, as functions only. */
  on?: { [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void };
  /** Inline styles and custom properties. */
  style?: Record<string, string>;
  /** Attributes: `true` sets an empty one; `false`, `null`, `undefined` none. */
  [attribute: string]: Value | object;
}

const ATTRIBUTES = new Set(
  `alt autocapitalize autocomplete autocorrect checked class cols colspan controls datetime decoding
  dir disabled download draggable enterkeyhint for form height hidden href id inert inputmode label
  lang list loading max maxlength method min minlength multiple muted name novalidate open pattern
  placeholder playsinline readonly rel required role rows rowspan scope selected size spellcheck src
  step tabindex target title translate type value width wrap

  clip-path cx cy d fill fill-opacity fill-rule offset opacity points preserveAspectRatio r rx ry
  stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin
  stroke-opacity stroke-width text-anchor transform viewBox x x1 x2 y y1 y2`.split(/\s+/),
);
const ADDRESSES = new Set(["href", "src"]);
const BANNED = new Set("base embed frame iframe link meta object script style template".split(" "));

/** An HTML element. A wrong tag or attribute name throws; an unsafe address is left out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props | null = null,
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  if (BANNED.has(tag)) throw new TypeError(`element "${tag}" is not allowed`);
  return fill(document.createElement(tag), props, children);
}

/** An SVG element, under the same rules. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  props: Props | null = null,
  ...children: Child[]
): SVGElementTagNameMap[K] {
  if (BANNED.has(tag) || tag === "foreignObject" || tag === "animate" || tag === "set") {
    throw new TypeError(`element "${tag}" is not allowed`);
  }
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), props, children);
}

/** Sets one attribute by the rules of `h`. */
export function setAttribute(element: Element, name: string, value: Value): void {
  if (!ATTRIBUTES.has(name) && !/^(aria|data)-[a-z0-9-]+$/.test(name)) {
    throw new TypeError(`attribute "${name}" is not allowed`);
  }
  const address = ADDRESSES.has(name) ? safeAddress(value) : value;
  if (address === false || address === null || address === undefined) element.removeAttribute(name);
  else element.setAttribute(name, address === true ? "" : String(address));
}

/** The address if following or loading it runs nothing, else `undefined`. */
export function safeAddress(value: Value): string | undefined {
  if (typeof value !== "string") return undefined;
  try {
    const { protocol } = new URL(value, location.href);
    return ["http:", "https:", "blob:"].includes(protocol) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The element with this id; a page without it is broken, so it throws. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no element "${id}"`);
  return element;
}

function fill<E extends HTMLElement | SVGElement>(
  element: E,
  props: Props | null,
  children: readonly Child[],
): E {
  const { on = {}, style = {}, ...attributes } = props ?? {};
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "object" && value !== null) {
      throw new TypeError(`attribute "${name}" must be plain text`);
    }
    setAttribute(element, name, value);
  }
  for (const [name, value] of Object.entries(style)) element.style.setProperty(name, value);
  for (const [type, listener] of Object.entries(on)) {
    if (typeof listener === "function") element.addEventListener(type, listener as EventListener);
  }
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    element.append(typeof child === "number" ? String(child) : child);
  }
  return element;
}
