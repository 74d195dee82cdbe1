// @ts-check
/* Clauses to read, whole and one after the other; what comes next stands at their end. */
import { actionButton, drawn, h, list, own } from "./_dom.js";
import { clauseText } from "./_clause.js";

export default drawn("cps-reading", ["heading", "intro", "clauses", "actions", "clause_labels"], (get, { model }) => [
  h("h1", {}, get("heading")),
  get("intro") ? h("p", { class: "cps-soft cps-intro" }, get("intro")) : null,
  list(get("clauses")).map((clause) => h("section", { class: "cps-card" },
    h("h2", {}, own(clause.label, "span", { class: "cps-clause-where" }), own(clause.title)),
    clauseText(model, clause))),
  h("div", { class: "cps-row cps-foot" }, list(get("actions")).map((action) => actionButton(model, action))),
]);
