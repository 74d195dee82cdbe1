// @ts-check
/* The parts of a book at a glance: a tile each, a square for each clause, and the first clause to open. */
import { drawn, h, list, own } from "./_dom.js";
import { citation } from "./_clause.js";

/** @param {number} n @param {string} kind */
function squares(n, kind) {
  return Array.from({ length: Number(n) || 0 }, () => h("span", { class: kind }));
}

export default drawn("cps-parts", ["title", "intro", "parts", "labels", "clause_labels"], (get, { model }) => {
  const labels = get("labels") ?? {};
  const title = get("title");
  const intro = get("intro");
  return [h("section", { class: "cps-card" },
    title ? h("h2", {}, title) : null,
    intro ? own(intro, "p", { class: "cps-small cps-soft" }) : null,
    h("ol", { class: "cps-tiles" }, list(get("parts")).map((part) => h("li", { class: "cps-tile" },
      h("h3", {}, own(part.label)),
      h("p", { class: "cps-small cps-soft" }, own([part.count, part.where].filter(Boolean).join(" · "))),
      h("div", { class: "cps-squares", "aria-hidden": "true" }, squares(part.n, ""), squares(part.small, "cps-sub")),
      own(part.text, "p", { class: "cps-for" }),
      part.cited ? h("div", { class: "cps-begin" }, citation(model, part.cited, { key: part.id })) : null))),
    labels.total ? own(labels.total, "p", { class: "cps-total" }) : null)];
});
