// @ts-check
/* What a board is worth, beside the expert's way: the verdict, its parts, then problem by problem what the expert says and what stood on the board. */
import { actionButton, drawn, h, icon, linkButton, list, own, rich, tagOf } from "./_dom.js";
import { citation } from "./_clause.js";

/** How much of it, as a line; the words stand beside it. @param {number | null | undefined} share */
function shareLine(share) {
  if (typeof share !== "number") return null;
  const width = `${Math.round(Math.max(0, Math.min(1, share)) * 100)}%`;
  const filled = h("b", {});
  filled.style.inlineSize = width;
  return h("span", { class: "cps-share", "aria-hidden": "true" }, filled);
}

/** @param {any} part */
function partOf(part) {
  return h("li", {}, h("div", { class: "cps-part-line" }, h("span", {}, part.label), h("b", {}, part.text)), shareLine(part.share), part.note ? h("p", { class: "cps-tiny cps-soft" }, rich(part.note)) : null);
}

/** @param {any} get */
function verdictCard(get) {
  const verdict = get("verdict") ?? {};
  const score = get("score");
  const labels = get("labels") ?? {};
  const parts = list(get("parts"));
  const whyNot = list(get("why_not"));
  const critical = list(get("critical"));
  return h("section", { class: "cps-card cps-verdict" },
    h("h2", {}, verdict.is_passed === true ? icon("check") : null, verdict.title),
    verdict.text ? h("p", {}, rich(verdict.text)) : null,
    score ? h("div", { class: "cps-score" }, h("p", { class: "cps-score-text" }, score.text), shareLine(score.share)) : null,
    critical.length ? h("div", { class: "cps-said-box cps-critical" }, h("h3", {}, icon("alert"), " ", labels.critical), h("ul", {}, critical.map((one) => own(one.text, "li")))) : null,
    whyNot.length ? h("div", { class: "cps-said-box cps-why-not" }, h("h3", {}, labels.why_not), h("ul", {}, whyNot.map((text) => h("li", {}, rich(text))))) : null,
    parts.length ? [h("h3", {}, labels.parts), h("ul", { class: "cps-part-shares" }, parts.map(partOf))] : null);
}

/** Whose evidence it is: said in words, with a sign. @param {any} line @param {any} labels */
function whose(line, labels) {
  const [sign, label] = line.is_mine && line.is_expert ? ["check", labels.both] : line.is_mine ? ["half", labels.only_mine] : ["ring", labels.only_expert];
  return h("span", { class: "cps-whose cps-tiny" }, icon(/** @type {any} */ (sign)), h("span", {}, label));
}

/** @param {any} line @param {any} labels */
function mineOf(line, labels) {
  const says = line.is_right === true ? [icon("check"), h("span", { class: "cps-hidden" }, ` ${labels.right}`)] : line.is_right === false ? [icon("cross"), h("span", { class: "cps-hidden" }, ` ${labels.not_right}`)] : null;
  return h("div", { class: line.is_right === true ? "cps-is-right" : line.is_right === false ? "cps-is-not" : "" }, h("dt", {}, line.label), h("dd", {}, own(line.text), says ? h("span", { class: "cps-sign" }, says) : null));
}

/** @param {any} row @param {any} labels */
function sidesOf(row, labels) {
  const mine = list(row.mine);
  const sides = h("div", { class: mine.length ? "cps-sides cps-in-step" : "cps-sides" },
    h("div", {}, h("h4", {}, labels.mine), mine.length ? h("dl", {}, mine.map((line) => mineOf(line, labels))) : h("p", { class: "cps-small cps-soft" }, labels.nothing)),
    h("div", {}, h("h4", {}, labels.expert), h("dl", {}, list(row.expert).map((line) => h("div", {}, h("dt", {}, line.label), h("dd", {}, own(line.text)))))));
  sides.style.setProperty("--cps-n", String(Math.max(mine.length, list(row.expert).length))); // so that both sides of a line stand at one height
  return sides;
}

/** @param {any} row @param {any} model @param {any} labels */
function problemRow(row, model, labels) {
  const evidence = list(row.evidence);
  return h("li", { class: "cps-card cps-problem" },
    h("div", { class: "cps-problem-head" }, own(row.title, "h3"), tagOf(row.state)),
    h("p", { class: "cps-small cps-soft" }, [row.rank, row.severity].filter(Boolean).join(" · ")),
    own(row.why, "p", { class: "cps-why" }),
    h("details", { "data-key": `row:${row.id}` }, h("summary", {}, labels.compare, h("span", { class: "cps-hidden" }, " ", own(row.title))),
      sidesOf(row, labels),
      h("h4", {}, labels.evidence),
      evidence.length ? h("ul", { class: "cps-lines-of" }, evidence.map((line) => h("li", {}, h("span", {}, own(line.text, "span", { class: "cps-block" }), own(line.source, "span", { class: "cps-tiny cps-soft" })), whose(line, labels)))) : h("p", { class: "cps-small cps-soft" }, labels.no_evidence),
      list(row.clauses).length ? h("div", { class: "cps-cited cps-small" }, h("span", { class: "cps-soft" }, labels.clauses), list(row.clauses).map((ref) => citation(model, ref, { bare: true, key: row.id }))) : null));
}

/** @param {string} title @param {any[]} rows @param {string} text the field that says more */
function listCard(title, rows, text) {
  return rows.length ? h("section", { class: "cps-card" }, h("h2", {}, title),
    h("ul", { class: "cps-plain-rows" }, rows.map((row) => h("li", {}, own(row.title, "h3"), own(row[text], "p", { class: "cps-small" }))))) : null;
}

const RESULT_TRAITS = ["heading", "verdict", "score", "parts", "critical", "why_not", "comparison", "wrong", "others", "actions", "labels"];

export default drawn("cps-case-result", RESULT_TRAITS, (get, { model }) => {
  const labels = get("labels") ?? {};
  const rows = list(get("comparison"));
  const actions = list(get("actions"));
  return [
    get("heading") ? h("h2", { class: "cps-top" }, get("heading")) : null,
    verdictCard(get),
    rows.length ? [h("h2", { class: "cps-top" }, labels.comparison), labels.comparison_note ? h("p", { class: "cps-soft cps-small" }, labels.comparison_note) : null,
      h("ol", { class: "cps-problems" }, rows.map((row) => problemRow(row, model, labels)))] : null,
    listCard(labels.wrong, list(get("wrong")), "why"),
    listCard(labels.others, list(get("others")), "text"),
    actions.length ? h("div", { class: "cps-row cps-foot" }, actions.map((action) => (action.href ? linkButton(action, action.primary) : actionButton(model, action)))) : null,
  ];
});
