// @ts-check
/* What to keep of a lesson: points with their clauses, what to do this week. Prints alone on one page. */
import { drawn, h, list, own } from "./_dom.js";
import { citation } from "./_clause.js";
import { printAlone } from "./_print.js";

export default drawn("cps-recap", ["title", "points", "this_week", "labels", "clause_labels"], (get, { model, root }) => {
  const labels = get("labels") ?? {};
  const week = list(get("this_week"));
  return [
    h("section", { class: "cps-card" },
      own(get("title"), "h2"),
      h("ol", { class: "cps-points" }, list(get("points")).map((point, index) => h("li", {},
        own(point.text, "p"), point.cited ? citation(model, point.cited, { bare: true, key: String(index) }) : null))),
      week.length ? h("div", { class: "cps-week" }, h("h3", {}, labels.this_week), h("ul", {}, week.map((text) => own(text, "li")))) : null,
      h("div", { class: "cps-row cps-no-print" }, h("button", { type: "button", class: "cps-button", "data-key": "print", onclick: () => printAlone(root) }, labels.print))),
  ];
});
