// @ts-check
/* Carrying something with the mouse from where it lies to a place that takes it. Knows no widget and no text.
 *
 * Pointer events, not the browser's own drag and drop: what is carried, where it may go and when it is let go are the same everywhere.
 * Fingers scroll: who has no mouse takes another way.
 */

/** A press that moves less than this is a press. */
const CARRY_FROM_PX = 6;
/** So near to an edge of the window the page scrolls. */
const CARRY_EDGE_PX = 48;

/**
 * Begin on a pointerdown. Places are elements of the root with the attribute `data-onto`; its value goes to `drop`, null where it was let
 * go elsewhere or by Escape. `drop` is not called after a mere press; `carried` is true while the click after carrying is still to come.
 * @param {PointerEvent} event @param {HTMLElement} thing @param {Element} root @param {{carried?: boolean}} view @param {(onto: string | null) => void} drop
 */
export function carry(event, thing, root, view, drop) {
  view.carried = false;
  if (event.button !== 0 || event.pointerType === "touch") return;
  const [x0, y0] = [event.clientX, event.clientY];
  const box = thing.getBoundingClientRect();
  const stop = new AbortController();
  /** @type {HTMLElement | null} */
  let ghost = null;
  let home = { x: 0, y: 0 };
  let isOver = false;
  /** @type {string | null} */
  let onto = null;

  const lift = () => {
    ghost = /** @type {HTMLElement} */ (thing.cloneNode(true));
    for (const e of [ghost, ...ghost.querySelectorAll("*")]) for (const name of ["id", "data-key", "data-visit"]) e.removeAttribute(name);
    ghost.classList.add("cps-carried");
    ghost.setAttribute("aria-hidden", "true");
    ghost.setAttribute("tabindex", "-1");
    ghost.style.width = `${box.width}px`;
    root.append(ghost);
    home = ghost.getBoundingClientRect();
    thing.classList.add("cps-is-away");
    view.carried = true;
  };
  const mark = (/** @type {Element | null | undefined} */ place) => {
    for (const e of root.querySelectorAll("[data-onto].cps-is-target")) if (e !== place) e.classList.remove("cps-is-target");
    place?.classList.add("cps-is-target");
    onto = place ? place.getAttribute("data-onto") : null;
  };
  const move = (/** @type {PointerEvent} */ e) => {
    if (isOver) return;
    if (!ghost && Math.hypot(e.clientX - x0, e.clientY - y0) < CARRY_FROM_PX) return;
    if (!ghost) lift();
    e.preventDefault();
    if (ghost) ghost.style.transform = `translate(${box.x - home.x + e.clientX - x0}px, ${box.y - home.y + e.clientY - y0}px)`;
    const under = /** @type {Document} */ (root.getRootNode()).elementFromPoint(e.clientX, e.clientY);
    mark(root.contains(under) ? under?.closest("[data-onto]") : null);
    if (e.clientY < CARRY_EDGE_PX) scrollBy(0, -12);
    else if (e.clientY > innerHeight - CARRY_EDGE_PX) scrollBy(0, 12);
  };
  const finish = (/** @type {boolean} */ isPut) => {
    if (!ghost || isOver) return;
    isOver = true;
    const place = onto;
    mark(null);
    ghost.remove();
    thing.classList.remove("cps-is-away");
    drop(isPut ? place : null);
  };
  const end = (/** @type {boolean} */ isPut) => {
    stop.abort();
    finish(isPut);
    setTimeout(() => { view.carried = false; }); // the click comes before that
  };
  const { signal } = stop;
  addEventListener("pointermove", move, { signal });
  addEventListener("pointerup", () => end(true), { signal });
  addEventListener("pointercancel", () => end(false), { signal });
  addEventListener("blur", () => end(false), { signal });
  addEventListener("keydown", (e) => { if (e.key === "Escape") finish(false); }, { signal });
}
