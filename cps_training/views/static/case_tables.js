// @ts-check
/* The tables of a case: one at a time, sorted in place, rows attached as evidence. */
import { h, icon, list, mixed, own, uid } from "./_dom.js";
import { drawnSaving } from "./_saving.js";
import { attachButton, marking, unmarkFailed } from "./_attach.js";

/** Which comes first; what is not known comes last whichever way is sorted. @param {any} a @param {any} b @param {number} way */
function before(a, b, way) {
  const unknown = (/** @type {any} */ value) => value === null || value === undefined || value === "";
  if (unknown(a) || unknown(b)) return Number(unknown(a)) - Number(unknown(b));
  return way * (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "th"));
}

/** Rows as they are shown: totals stay below. @param {any[]} rows @param {{column: number, way: number} | undefined} sort */
function sorted(rows, sort) {
  if (!sort) return rows;
  const value = (/** @type {any} */ row) => list(row.sort)[sort.column];
  return [...rows.filter((row) => !row.is_total).sort((a, b) => before(value(a), value(b), sort.way)), ...rows.filter((row) => row.is_total)];
}

/** The choice of a table: a field on a phone, all of them side by side where there is room. @param {any[]} tables @param {any} shown @param {any} labels @param {(id: string) => void} choose */
function chooserOf(tables, shown, labels, choose) {
  const id = uid("table");
  return [
    h("div", { class: "cps-field cps-choose" }, h("label", { for: id }, labels.choose),
      h("select", { class: "cps-input", id, "data-key": "choose", onchange: (/** @type {any} */ e) => choose(e.target.value) },
        tables.map((table) => h("option", { value: table.id, selected: table.id === shown.id }, table.title)))),
    h("div", { class: "cps-chips", role: "group", "aria-label": labels.choose }, tables.map((table) => h("button", {
      type: "button", class: "cps-chip", "data-key": `choose:${table.id}`, "aria-pressed": String(table.id === shown.id), onclick: () => choose(table.id),
    }, table.title))),
  ];
}

/** @param {any} table @param {any} labels @param {any} marks @param {{column: number, way: number} | undefined} sort @param {(column: number) => void} sortBy */
function tableOf(table, labels, marks, sort, sortBy) {
  const columns = list(table.columns);
  const sided = (/** @type {number} */ n) => (columns[n]?.is_number ? "cps-num" : n ? "cps-words" : "");
  const headOf = (/** @type {any} */ column, /** @type {number} */ n) => {
    const isBy = sort?.column === n;
    return h("th", { scope: "col", class: sided(n), "aria-sort": isBy ? (sort?.way === 1 ? "ascending" : "descending") : null },
      h("button", { type: "button", class: "cps-sort", "data-key": `sort:${table.id}:${column.name}`, onclick: () => sortBy(n) },
        own(column.label), icon(isBy && sort?.way === 1 ? "up" : "down")));
  };
  const nameOf = (/** @type {any} */ row) => {
    const [named, id] = [uid("row"), uid("mark")];
    return h("th", { scope: "row" }, h("div", { class: "cps-name" },
      row.reference ? attachButton(marks, row, labels, id, named) : null,
      h("div", { class: "cps-name-words" }, own(list(row.cells)[0], "span", { id: named }), marks.note(row))));
  };
  const rowOf = (/** @type {any} */ row) => h("tr", { class: `${row.is_total ? "cps-is-total" : ""} ${row.reference && marks.isOn(row) ? "cps-is-on" : ""}` },
    nameOf(row), list(row.cells).slice(1).map((cell, n) => own(cell, "td", { class: sided(n + 1) }) ?? h("td", {})));
  const total = list(table.total);
  return h("div", { class: "cps-scroll", "data-table": table.id }, h("table", {},
    h("caption", { class: "cps-hidden" }, table.title),
    h("thead", {}, h("tr", {}, columns.map(headOf))),
    h("tbody", {}, sorted(list(table.rows), sort).map(rowOf)),
    total.length ? h("tfoot", {}, h("tr", { class: "cps-is-total" }, total.map((cell, n) => (n ? own(cell, "td", { class: sided(n) }) ?? h("td", {}) : own(cell, "th", { scope: "row" }))))) : null));
}

export default drawnSaving("cps-case-tables", ["tables", "current"], (get, tools) => {
  const { view, repaint, announce } = tools;
  const labels = get("labels") ?? {};
  const tables = list(get("tables"));
  const marks = marking(tools, get("tables"));
  view.sorts ??= new Map();
  if (view.given !== get("current")) Object.assign(view, { given: get("current"), chosen: get("current") });
  const shown = tables.find((table) => table.id === view.chosen) ?? tables[0];
  if (!shown) return [];
  const choose = (/** @type {string} */ id) => {
    view.chosen = id;
    repaint();
    announce(tables.find((table) => table.id === id)?.title ?? "");
  };
  // Once up, once down, then as it was.
  const sortBy = (/** @type {number} */ column) => {
    const was = view.sorts.get(shown.id);
    const next = was?.column !== column ? { column, way: 1 } : was.way === 1 ? { column, way: -1 } : undefined;
    view.sorts.set(shown.id, next);
    repaint();
    announce(next ? [...mixed(labels.sort, {}, { column: shown.columns[column].label }), " ", next.way === 1 ? labels.ascending : labels.descending] : labels.original);
  };
  const isAttachable = list(shown.rows).some((row) => row.reference);
  return [
    chooserOf(tables, shown, labels, choose),
    h("section", { class: "cps-card" },
      h("h2", {}, shown.title),
      shown.note ? h("p", { class: "cps-small cps-soft cps-about" }, shown.note) : null,
      isAttachable && labels.hint ? h("p", { class: "cps-small cps-soft cps-about" }, labels.hint) : null,
      list(shown.rows).length ? tableOf(shown, labels, marks, view.sorts.get(shown.id), sortBy) : h("p", { class: "cps-soft" }, labels.empty)),
  ];
}, unmarkFailed);
