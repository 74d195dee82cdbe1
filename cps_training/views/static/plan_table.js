// @ts-check
/* What was planned beside what was done: a row a visit, a sign and words for each step, what is missing below its title. */
import { actionButton, drawn, h, icon, linkButton, list, own, rich } from "./_dom.js";

/** A sign besides the words: colour says nothing that they do not. */
const SIGNS = /** @type {const} */ ({ done: "check", wait: "ring", gap: "alert", none: "half" });

/** @param {any} cell @param {any} column */
function cellOf(cell, column) {
  const kind = /** @type {keyof typeof SIGNS} */ (cell?.kind in SIGNS ? cell.kind : "none");
  return h("td", { class: `cps-step cps-is-${kind}`, "data-label": column.label }, h("span", { class: "cps-what" }, icon(SIGNS[kind]), h("span", {}, cell?.text ?? "")));
}

/** @param {any} row @param {any[]} columns @param {any} model */
function rowOf(row, columns, model) {
  return h("tr", { class: row.gap ? "cps-has-gap" : "" },
    h("th", { scope: "row" },
      own(row.title, "span", { class: "cps-title" }),
      own(row.line, "span", { class: "cps-tiny cps-soft cps-block" }),
      row.gap ? h("span", { class: "cps-gap cps-small" }, icon("alert"), h("span", {}, rich(row.gap))) : null,
      row.action ? linkButton(row.action) ?? actionButton(model, row.action) : null),
    columns.map((column) => cellOf(row.cells?.[column.name], column)));
}

export default drawn("cps-plan-table", ["heading", "intro", "columns", "rows", "summary", "empty"], (get, { model }) => {
  const [columns, rows] = [list(get("columns")), list(get("rows"))];
  return [
    h("section", { class: "cps-card" },
      h("h2", {}, get("heading")),
      get("intro") ? h("p", { class: "cps-soft cps-intro" }, rich(get("intro"))) : null,
      get("summary") ? h("p", { class: "cps-summary" }, rich(get("summary"))) : null,
      rows.length
        ? h("table", {}, h("caption", { class: "cps-hidden" }, get("heading")),
          h("thead", {}, h("tr", {}, h("td", {}), columns.map((column) => h("th", { scope: "col" }, column.label)))),
          h("tbody", {}, rows.map((row) => rowOf(row, columns, model))))
        : h("p", { class: "cps-soft" }, get("empty"))),
  ];
});
