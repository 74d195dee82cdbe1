// @ts-check
/* Match: a drop-down for each row, so that it works with keys, a thumb and a screen reader alike. */
import { h, list, own, uid } from "../_dom.js";
import { dropDown, markPlaces, showMark } from "../_fields.js";

/** What is chosen, in the shape of the response; null where nothing is. @param {{id: string, read: () => string}[]} rows */
export function pairsOf(rows) {
  const chosen = rows.map((row) => [row.id, row.read()]).filter(([, option]) => option);
  return chosen.length ? { pairs: Object.fromEntries(chosen) } : null;
}

/**
 * A target for each prompt; one target may serve several. Response: {pairs: {prompt id: option id}}, rows without a choice left out.
 * @param {import("./choose_one.js").Context} context
 * @returns {import("./choose_one.js").Interaction}
 */
export function matchRows({ presentation, labels, changed }) {
  const rows = list(presentation.prompts).map((prompt) => {
    const text = own(prompt.text, "span", { class: "cps-option-text", id: uid("prompt") });
    const field = dropDown({ options: presentation.options, first: labels.choose_target ?? "", key: `pair:${prompt.id}`, props: { "aria-labelledby": text.id } }, changed);
    const { mark, why } = markPlaces();
    return { ...field, id: prompt.id, mark, why, box: h("li", { class: "cps-part cps-pair" }, text, field.el, mark, why) };
  });
  return {
    el: h("ul", { class: "cps-parts" }, rows.map((row) => row.box)),
    read: () => pairsOf(rows),
    show: (response) => rows.forEach((row) => row.show(response?.pairs?.[row.id] ?? "")),
    lock: (how) => rows.forEach((row) => row.lock(how)),
    mark: (feedback) => rows.forEach((row) => showMark(row, feedback?.options?.[row.id], labels)),
    focus: () => (rows.find((row) => !row.read()) ?? rows[0])?.focus(),
  };
}
