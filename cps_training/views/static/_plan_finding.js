// @ts-check
/* How a finding of a plan is shown, wherever it stands: its sign, where, what to mend, the clause, why, and the way there. Knows no rule and no text. */
import { h, list, own, tagOf } from "./_dom.js";
import { citation } from "./_clause.js";

/** The tint of a sign; its word says the same. @type {Record<string, string>} */
const FINDING_TINTS = { error: "bad", warning: "due", hint: "plain" };

/**
 * One finding as an item of a list.
 * @param {any} model
 * @param {{id: string, severity: "error" | "warning" | "hint", sign: string, text: string, place?: string, clause?: any, why?: string, reason?: string | null, go?: string}} row
 * @param {Record<string, string>} labels why (what unfolds), go (the link to the place), reason (before the reason it is let stand for)
 * @param {{tag?: string, key?: string, hasNoPlace?: boolean, below?: any}} [tools] tag: of the element, "li" else; key: tells two rows of one
 *   finding apart; hasNoPlace: it stands at its field, no need to say where; below: what stands under it in place of its reason
 */
export function findingRow(model, row, labels, { tag = "li", key = "", hasNoPlace = false, below } = {}) {
  const about = h("span", { class: "cps-hidden" }, " ", own(row.place || row.text));
  return h(tag, { class: "cps-plan-finding", "data-finding": row.id },
    h("div", { class: "cps-finding-sign" }, tagOf({ text: row.sign, kind: FINDING_TINTS[row.severity] ?? "plain" })),
    h("div", { class: "cps-finding-says" },
      row.place && !hasNoPlace ? own(row.place, "p", { class: "cps-finding-place" }) : null,
      own(row.text, "p", { class: "cps-finding-text" }),
      h("div", { class: "cps-finding-ways" },
        row.clause?.id ? citation(model, row.clause, { bare: true, key: `${key}${row.id}` }) : null,
        row.go ? h("button", { type: "button", class: "cps-finding-go", "data-key": `go:${key}${row.id}`, onclick: () => model.send({ kind: "action", id: row.go }) }, h("span", {}, labels.go, about)) : null,
        row.why ? h("details", { class: "cps-finding-why", "data-key": `why:${key}${row.id}` }, h("summary", {}, h("span", {}, labels.why, about.cloneNode(true))), own(row.why, "p")) : null),
      below === undefined ? (row.reason ? h("p", { class: "cps-finding-reason" }, h("span", { class: "cps-soft" }, labels.reason), " ", own(row.reason)) : null) : below));
}

/** Findings as a list, nothing where there are none. @param {any} model @param {any} rows @param {Record<string, string>} labels @param {any} [tools] */
export function findingList(model, rows, labels, tools) {
  const all = list(rows);
  return all.length ? h("ul", { class: "cps-plan-findings" }, all.map((row) => findingRow(model, row, labels, tools))) : null;
}

/** How many of each kind, as tags beside a heading, in the words of their own signs. @param {any} rows */
export function findingCounts(rows) {
  const count = (/** @type {string} */ severity) => {
    const found = list(rows).filter((row) => row.severity === severity);
    return found.length ? tagOf({ text: `${found[0].sign} ${found.length}`, kind: FINDING_TINTS[severity] }) : null;
  };
  return h("span", { class: "cps-finding-counts" }, Object.keys(FINDING_TINTS).map(count));
}
