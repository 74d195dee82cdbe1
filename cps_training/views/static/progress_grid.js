// @ts-check
/* Who stands where: a table where there is room, a list of people where there is not. A cell says it in words and with a sign. */
import { content, drawn, h, icon, linkButton, list, own, rich, say, tagOf, uid } from "./_dom.js";

const WIDE = 760;
const SIGNS = /** @type {Record<string, any>} */ ({ done: "check", part: "half" });

/** @param {any} cell */
function mark(cell) {
  const sign = SIGNS[cell.state];
  return h("span", { class: `cps-mark cps-${["done", "part"].includes(cell.state) ? cell.state : "none"}` }, sign ? icon(sign) : null, cell.text);
}

/** @param {any[]} columns @param {any[]} rows @param {any} labels */
function table(columns, rows, labels) {
  return h("div", { class: "cps-scroll", role: "region", tabindex: "0", "aria-label": labels.overview },
    h("table", {},
      h("thead", {}, h("tr", {}, h("th", { scope: "col", class: "cps-stick" }, labels.name), columns.map((c) => h("th", { scope: "col" }, own(c.title))))),
      h("tbody", {}, rows.map((row) => h("tr", {},
        h("th", { scope: "row", class: "cps-stick" }, own(row.name, "b"), own(row.unit, "span", { class: "cps-tiny cps-block" }), tagOf(row.note)),
        list(row.cells).map((cell) => h("td", {}, mark(cell), cell.detail ? h("span", { class: "cps-tiny cps-soft cps-block" }, cell.detail) : null)))))));
}

/** @param {any[]} columns @param {any[]} rows */
function people(columns, rows) {
  return h("ul", {}, rows.map((row) => h("li", { class: "cps-row-person" }, h("details", { "data-key": `person:${row.id}` },
    h("summary", {}, h("span", { class: "cps-sum" }, own(row.name, "b"), own(row.unit, "span", { class: "cps-tiny cps-soft cps-block" }), tagOf(row.note), h("span", { class: "cps-tiny cps-soft" }, row.detail))),
    h("dl", {}, list(row.cells).map((cell, n) => h("div", {}, own(columns[n]?.title, "dt"), h("dd", {}, mark(cell), cell.detail ? h("span", { class: "cps-tiny cps-soft cps-block" }, cell.detail) : null))))))));
}

export default drawn("cps-progress", ["grid", "labels"], (get, { view, repaint, announce, root }) => {
  const grid = get("grid") ?? {};
  const labels = get("labels") ?? {};
  const columns = list(grid.columns);
  const head = [h("h1", {}, grid.heading), grid.intro ? h("p", { class: "cps-soft cps-lead" }, rich(grid.intro)) : null];
  if (!list(grid.rows).length) {
    const way = linkButton(grid.empty_action, true);
    return [...head, h("section", { class: "cps-card" }, h("p", { class: "cps-soft" }, grid.empty), way ? h("div", { class: "cps-row cps-way" }, way) : null)];
  }
  if (!view.watch) {
    view.isWide = innerWidth > WIDE;
    view.watch = new ResizeObserver(() => {
      const isWide = root.clientWidth >= WIDE;
      if (root.clientWidth && isWide !== view.isWide) { view.isWide = isWide; repaint(); }
    });
    view.watch.observe(root);
  }
  const id = uid("progress");
  const rows = list(grid.rows).filter((row) => !view.unit || row.unit === view.unit);
  const count = say(labels.count, { n: rows.length });
  const choose = (/** @type {any} */ e) => { view.unit = e.target.value; repaint(); announce(say(labels.count, { n: list(grid.rows).filter((row) => !view.unit || row.unit === view.unit).length })); };
  return [
    ...head,
    h("section", { class: "cps-card" },
      list(grid.units).length > 1 ? h("div", { class: "cps-field cps-filter" }, h("label", { for: id }, labels.unit),
        h("select", { class: "cps-input", id, "data-key": "unit", onchange: choose }, h("option", { value: "", selected: !view.unit }, labels.everything), list(grid.units).map((u) => h("option", { value: u.id, selected: view.unit === u.id, ...content(u.label) }, u.label)))) : null,
      h("p", { class: "cps-tiny cps-soft" }, count),
      view.isWide ? table(columns, rows, labels) : people(columns, rows)),
    h("section", { class: "cps-card" }, h("h2", {}, labels.who),
      h("ul", {}, columns.map((column) => h("li", { class: "cps-column" }, own(column.title, "h3"),
        list(column.counts).map((c) => (list(c.people).length
          ? h("details", { "data-key": `count:${column.id}:${c.id}`, class: "cps-small" }, h("summary", {}, c.text), h("ul", { class: "cps-names" }, list(c.people).map((name) => h("li", {}, own(name)))))
          : h("p", { class: "cps-small cps-soft cps-nobody" }, c.text))))))),
    grid.rule ? h("details", { "data-key": "rule", class: "cps-small" }, h("summary", {}, grid.rule.title),
      h("dl", { class: "cps-card" }, list(grid.rule.rows).map((row) => h("div", { class: "cps-rule" }, h("dt", { class: "cps-soft" }, row.label), h("dd", {}, rich(row.value)))))) : null,
  ];
});
