// @ts-check
/* Order: rows with two buttons, up and down; dragging by the number is a convenience and never needed. */
import { h, icon, list, mixed, own, say, uid } from "../_dom.js";
import { markPlaces, showMark } from "../_fields.js";

/** Several moves in a row are one change. */
const MOVES_MS = 250;

/**
 * Put in order. Response: {order: [ids]}. Pressing any button counts as an answer, even where the row cannot move.
 * @param {import("./choose_one.js").Context} context
 * @returns {import("./choose_one.js").Interaction}
 */
export function order({ presentation, labels, changed, announce }) {
  /** @type {"" | "waiting" | "final"} */
  let locked = "";
  const options = list(presentation.options);
  const rows = new Map(options.map((option) => [option.id, row(option)]));
  const ol = h("ol", { class: "cps-order" }, [...rows.values()].map((r) => r.li));
  const rightTitle = h("p", { class: "cps-order-title cps-small", id: uid("right") });
  const right = h("ol", { class: "cps-order-right", "aria-labelledby": rightTitle.id });
  const yourTitle = h("p", { class: "cps-order-title cps-small", hidden: true });
  const rightSide = h("div", { class: "cps-order-side", hidden: true }, rightTitle, right);
  number();

  /** @param {{id: string, text: string}} option */
  function row(option) {
    const position = h("span", { class: "cps-position" });
    const heard = h("span", { class: "cps-hidden" });
    const { mark, why } = markPlaces();
    const button = (/** @type {"up" | "down"} */ way) =>
      h("button", {
        type: "button", class: "cps-move", "data-key": `${way}:${option.id}`,
        onclick: () => move(option.id, way === "up" ? -1 : 1),
      }, icon(way), h("span", { class: "cps-hidden" }, `${labels[`move_${way}`] ?? ""} `, own(option.text)));
    const up = button("up");
    const down = button("down");
    const grip = h("span", { class: "cps-grip", onpointerdown: drag }, position, icon("grip"));
    const li = h("li", { class: "cps-option cps-order-row", "data-id": option.id },
      grip, h("span", { class: "cps-option-text" }, heard, own(option.text)), mark, why, h("span", { class: "cps-moves" }, up, down));
    return { id: option.id, text: option.text, li, position, heard, mark, why, up, down };
  }

  function ids() {
    return Array.from(ol.children, (li) => /** @type {HTMLElement} */ (li).dataset.id ?? "");
  }

  function number() {
    const now = ids();
    now.forEach((id, index) => {
      const at = rows.get(id);
      if (!at) return;
      at.position.textContent = String(index + 1);
      at.position.setAttribute("aria-hidden", "true");
      at.heard.textContent = `${say(labels.position, { n: index + 1, total: now.length })} `;
      // Not `disabled`: the focus must stay on the button that just brought the row to the end.
      at.up.setAttribute("aria-disabled", String(index === 0 || locked !== ""));
      at.down.setAttribute("aria-disabled", String(index === now.length - 1 || locked !== ""));
    });
  }

  /** @param {string} id @param {number} by */
  function move(id, by) {
    const at = rows.get(id);
    if (locked || !at) return;
    const other = by < 0 ? at.li.previousElementSibling : at.li.nextElementSibling;
    if (other) {
      const button = by < 0 ? at.up : at.down;
      by < 0 ? other.before(at.li) : other.after(at.li);
      button.focus();
      tell(at);
    }
    changed(MOVES_MS);
  }

  /** @param {{id: string, text: string}} at */
  function tell(at) {
    number();
    announce(mixed(labels.moved, { n: ids().indexOf(at.id) + 1 }, { text: at.text }));
  }

  /** Pointer events serve mouse, pen and finger alike. @param {PointerEvent} event */
  function drag(event) {
    const grip = /** @type {HTMLElement} */ (event.currentTarget);
    const li = /** @type {HTMLElement} */ (grip.closest("li"));
    const at = rows.get(li.dataset.id ?? "");
    if (locked || !at || event.button !== 0) return;
    event.preventDefault();
    const from = ids().join();
    // The list, not the grip, holds the pointer: a grip loses it when its row changes place.
    ol.setPointerCapture(event.pointerId);
    li.classList.add("cps-dragged");
    const follow = (/** @type {PointerEvent} */ e) => {
      const before = [...ol.children].filter((c) => c !== li).find((c) => {
        const box = c.getBoundingClientRect();
        return e.clientY < box.top + box.height / 2;
      });
      if (before ? li.nextElementSibling !== before : li.nextElementSibling) ol.insertBefore(li, before ?? null);
    };
    const drop = () => {
      ol.removeEventListener("pointermove", follow);
      ol.removeEventListener("pointerup", drop);
      ol.removeEventListener("pointercancel", drop);
      li.classList.remove("cps-dragged");
      if (ids().join() !== from) {
        tell(at);
        changed(MOVES_MS);
      }
    };
    ol.addEventListener("pointermove", follow);
    ol.addEventListener("pointerup", drop);
    ol.addEventListener("pointercancel", drop);
  }

  return {
    el: h("div", { class: "cps-order-sides" }, h("div", { class: "cps-order-side" }, yourTitle, ol), rightSide),
    read: () => ({ order: ids() }),
    show(response) {
      const wanted = list(response?.order).filter((id) => rows.has(id));
      const rest = options.map((o) => o.id).filter((id) => !wanted.includes(id));
      ol.replaceChildren(...[...wanted, ...rest].map((id) => /** @type {any} */ (rows.get(id)).li));
      number();
    },
    lock(how) {
      locked = how;
      ol.classList.toggle("cps-final", how === "final");
      for (const at of rows.values()) at.li.classList.toggle("cps-locked", how !== "");
      number();
    },
    mark(feedback) {
      for (const at of rows.values()) {
        const of = feedback?.options?.[at.id];
        showMark({ box: at.li, mark: at.mark, why: at.why }, of, labels);
        // Without words of its own a row shows the sign alone: the right order beside it says the rest.
        at.mark.classList.toggle("cps-bare", Boolean(of?.mark) && !of?.label);
        if (of?.mark && !of.label) at.mark.lastElementChild?.classList.add("cps-hidden");
      }
      const key = list(feedback?.order);
      yourTitle.textContent = labels.your_answer ?? "";
      yourTitle.hidden = key.length === 0;
      rightTitle.textContent = labels.right_order ?? "";
      rightSide.hidden = key.length === 0;
      right.replaceChildren(...key.map((id, index) =>
        h("li", {}, h("span", { class: "cps-position", "aria-hidden": "true" }, String(index + 1)), own(rows.get(id)?.text))));
    },
    focus: () => rows.get(ids()[0])?.down.focus(),
  };
}
