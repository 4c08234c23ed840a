import { h } from "../../shared/dom";

/** Tabs by the arrow keys; one panel is in the page at a time. */
export function createTabs(
  label: string,
  tabs: readonly { readonly id: string; readonly label: string; readonly panel: HTMLElement }[],
  onOpen: (id: string) => void,
): { element: HTMLElement; open: (id: string) => void } {
  const place = h("div", { class: "tab-place" });
  const buttons = tabs.map((tab) => {
    const { id } = tab;
    tab.panel.id = `panel-${id}`;
    tab.panel.setAttribute("role", "tabpanel");
    tab.panel.setAttribute("aria-labelledby", `tab-${id}`);
    return h(
      "button",
      {
        type: "button",
        role: "tab",
        id: `tab-${id}`,
        "aria-controls": `panel-${id}`,
        "data-test": `tab-${id}`,
        on: { click: () => open(id) },
      },
      tab.label,
    );
  });

  function open(id: string): void {
    const at = tabs.findIndex((tab) => tab.id === id);
    const tab = tabs[at];
    if (!tab) return;
    buttons.forEach((button, i) => {
      button.setAttribute("aria-selected", String(i === at));
      button.tabIndex = i === at ? 0 : -1;
    });
    if (place.firstChild !== tab.panel) place.replaceChildren(tab.panel);
    reveal(at);
    onOpen(id);
  }

  /** On a phone the row is wider than the page; the page itself stays where it is. */
  function reveal(at: number): void {
    const button = buttons[at];
    if (!button) return;
    const [left, right] = [button.offsetLeft, button.offsetLeft + button.offsetWidth];
    if (left < list.scrollLeft) list.scrollLeft = left;
    else if (right > list.scrollLeft + list.clientWidth) list.scrollLeft = right - list.clientWidth;
  }

  const list = h("div", { class: "tabs", role: "tablist", "aria-label": label }, ...buttons);
  list.addEventListener("keydown", (event) => {
    const here = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const last = buttons.length - 1;
    const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: last }[event.key];
    if (here < 0 || to === undefined) return;
    const next = buttons[(to + buttons.length) % buttons.length];
    event.preventDefault();
    next?.click();
    next?.focus();
  });
  return { element: h("div", { class: "tab-box" }, list, place), open };
}
