// @ts-check
/* Cloze: running text with gaps to choose or to type; what is said of a gap stands below under its number. */
import { h, list, own, say } from "../_dom.js";
import { dropDown, markPlaces, showMark, typeIn } from "../_fields.js";

/**
 * Response: {gaps: {gap id: option id or typed text}}, empty gaps left out.
 * @param {import("./choose_one.js").Context} context
 * @returns {import("./choose_one.js").Interaction}
 */
export function fillGaps({ presentation, labels, changed }) {
  /** @type {any[]} */
  const gaps = [];
  const parts = list(presentation.segments).map((segment) => (segment.gap ? gap(segment) : own(segment.text)));

  /** @param {any} segment */
  function gap(segment) {
    const n = gaps.length + 1;
    const name = segment.label || say(labels.gap, { n });
    const how = { key: `gap:${segment.gap}`, props: { "aria-label": name } };
    const field = list(segment.options).length ? dropDown({ ...how, options: segment.options, first: labels.choose_target ?? "" }, changed) : typeIn({ ...how, most: segment.most }, changed);
    const el = h("span", { class: `cps-gap ${list(segment.options).length ? "" : "cps-typed"}` }, h("span", { class: "cps-position", "aria-hidden": "true" }, String(n)), field.el);
    const { mark, why } = markPlaces();
    const box = h("li", { hidden: true }, own(name, "span", { class: "cps-soft" }), mark, why);
    gaps.push({ ...field, id: segment.gap, el, mark, why, box });
    return el;
  }

  return {
    el: h("div", { class: "cps-cloze" }, h("p", {}, parts), h("ol", { class: "cps-gaps cps-small" }, gaps.map((at) => at.box))),
    read() {
      const filled = gaps.map((at) => [at.id, at.read()]).filter(([, value]) => value.trim());
      return filled.length ? { gaps: Object.fromEntries(filled) } : null;
    },
    show: (response) => gaps.forEach((at) => at.show(response?.gaps?.[at.id] ?? "")),
    lock: (how) => gaps.forEach((at) => at.lock(how)),
    mark(feedback) {
      for (const at of gaps) {
        const of = feedback?.options?.[at.id];
        showMark(at, of, labels);
        for (const name of ["right", "wrong", "missed"]) at.el.classList.toggle(`cps-${name}`, of?.mark === name);
        at.box.hidden = !at.mark.childNodes.length && at.why.hidden;
      }
    },
    focus: () => (gaps.find((at) => !at.read()) ?? gaps[0])?.focus(),
  };
}
