// @ts-check
/* One clause of the handbook, whole. */
import { drawn, h, own } from "./_dom.js";
import { clauseText } from "./_clause.js";

export default drawn("cps-clause-card", ["clause", "empty", "clause_labels"], (get, { model }) => {
  const clause = get("clause");
  const empty = get("empty");
  return [
    h("section", { class: "cps-card" }, clause
      ? [h("h1", {}, own(clause.label, "span", { class: "cps-clause-where" }), own(clause.title)), clauseText(model, clause)]
      : h("p", {}, empty)),
  ];
});
