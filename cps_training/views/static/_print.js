// @ts-check
/* Printing one widget without the page around it. */

/** What stands beside the widget, or beside something that holds it, is put away until the printing is over. @param {Element | null | undefined} root */
export function printAlone(root) {
  /** @type {[HTMLElement, string][]} */
  const away = [];
  for (let node = root; node?.parentElement; node = node.parentElement) {
    for (const other of node.parentElement.children) if (other !== node && other instanceof HTMLElement) away.push([other, other.style.display]);
  }
  for (const [other] of away) other.style.display = "none";
  addEventListener("afterprint", () => { for (const [other, before] of away) other.style.display = before; }, { once: true });
  print();
}
