// @ts-check
/* How sure one is of an answer: a group of its own above the button that sends it. Knows no points. */
import { h, list } from "./_dom.js";
import { optionCards } from "./interactions/choose_one.js";

/** @param {(quiet: number) => void} changed */
export function certaintyGroup(changed) {
  const el = h("fieldset", { class: "cps-certainty", hidden: true });
  /** @type {any} */
  let cards = null;
  let shown = "";
  return {
    el,
    /** What is chosen, null while nothing is. @returns {number | null} */
    read: () => cards?.read() ?? null,
    /** @param {any} asked the trait @param {boolean} fresh another item */
    paint(asked, fresh) {
      const key = JSON.stringify(asked ?? null);
      if (key === shown && !fresh) return;
      const kept = fresh ? null : cards?.read();
      shown = key;
      el.hidden = !asked;
      cards = null;
      if (!asked) return el.replaceChildren();
      const options = list(asked.levels).map((level) => ({ id: String(level.value), text: level.label, note: level.note }));
      cards = optionCards("radio", { presentation: { options }, labels: {}, changed, announce: () => {} }, {
        read: (ids) => (ids.length ? Number(ids[0]) : null),
        chosen: (value) => [String(value)],
        isInterface: true,
      });
      cards.el.classList.add("cps-scale");
      cards.show(asked.chosen ?? kept);
      el.replaceChildren(h("legend", { class: "cps-part-title" }, asked.legend), cards.el);
    },
    /** @param {"" | "waiting" | "final"} how */
    lock: (how) => cards?.lock(how),
    focus: () => cards?.focus(),
  };
}
