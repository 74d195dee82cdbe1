// @ts-check
/* Rows of a plan's form (an agenda, evidence, what was agreed) and lists of texts: each row a group of controls, with adding and taking away. Knows
 * no plan and no text. What a row holds besides its columns (its id) stays with it.
 *
 * Labels besides those of the controls: row "… {n}", add_row, drop_row, undo_drop.
 */
import { h, icon, list, rich, say, uid } from "./_dom.js";
import { controlOf, isNothing, isSame } from "./_plan_controls.js";

/** More rows than this are not added where a field does not say otherwise. */
const MOST_ROWS = 60;
const TEXT = "text";

/**
 * The control of a field of rows or lines. @param {any} spec @param {any} how as for `controlOf`
 * @returns {import("./_plan_controls.js").Control}
 */
export function rowsControl(spec, { key, labels, changed }) {
  const isLines = spec.type === "lines";
  const box = h("ul", { class: `cps-plan-rows ${isLines ? "cps-lines" : ""}` });
  const add = h("button", { type: "button", class: "cps-plan-link cps-add-row", "data-key": `${key}:add`, onclick: () => put(rows.length, {}, true) });
  const undo = h("button", { type: "button", class: "cps-plan-link", "data-key": `${key}:undo`, hidden: true, onclick: takeBack });
  const foot = h("div", { class: "cps-row cps-rows-foot" }, add, undo);
  /** @type {{rest: any, el: any, title: any, drop: any, cells: [string, import("./_plan_controls.js").Control][]}[]} */
  let rows = [];
  /** @type {{at: number, row: any} | null} */
  let dropped = null;
  let now = spec;
  const columns = () => (isLines ? [{ name: TEXT, type: "area", label: "", most: now.most }] : list(now.columns));

  /** @param {any} row */
  const valueOf = (row) => ({ ...row.rest, ...Object.fromEntries(row.cells.map(([name, control]) => [name, control.read()])) });
  /** @param {any} row */
  const isEmpty = (row) => row.cells.every(([, control]) => !control.isBad() && isNothing(control.read()));
  /** What is sent: rows in which nothing stands yet are no rows. */
  const read = () => rows.filter((row) => !isEmpty(row)).map((row) => (isLines ? valueOf(row)[TEXT] : valueOf(row)));

  function tidy() {
    const many = rows.length >= (isLines ? MOST_ROWS : now.most ?? MOST_ROWS);
    add.replaceChildren(labels().add_row ?? "", h("span", { class: "cps-hidden" }, " ", ...rich(now.label)));
    add.hidden = many;
    undo.replaceChildren(labels().undo_drop ?? "");
    undo.hidden = dropped === null;
    rows.forEach((row, n) => {
      const name = say(labels().row, { n: n + 1 });
      row.title.replaceChildren(name);
      row.el.querySelector("[role=group]").setAttribute("aria-label", name);
      row.drop.querySelector(".cps-hidden").replaceChildren(" ", name);
      if (isLines) for (const [, control] of row.cells) control.el.setAttribute("aria-label", name);
    });
  }

  /** @param {any} given @returns {any} */
  function build(given) {
    const own = uid("row");
    const cells = /** @type {[string, any][]} */ ([]);
    const parts = columns().map((column) => {
      const id = uid("cell");
      const says = uid("says");
      const wrong = h("span", { class: "cps-wrong-text cps-small", id: says });
      const control = controlOf(column, { id, says, key: `${own}:${column.name}`, labels, changed });
      control.show(given[column.name] ?? (column.type === "flag" ? false : null));
      const check = () => {
        control.rest();
        wrong.replaceChildren(...(control.isBad() ? [icon("alert"), h("span", {}, labels()[control.isBad()])] : []));
      };
      cells.push([column.name, control]);
      const isGroup = ["radio", "checks"].includes(column.type);
      return h(isGroup ? "fieldset" : "div", { class: `cps-field cps-cell-${column.type}`, onfocusout: check },
        column.label && column.type !== "flag" ? h(isGroup ? "legend" : "label", isGroup ? {} : { for: id }, rich(column.label)) : null,
        control.el, h("span", { class: "cps-below" }, control.below), wrong);
    });
    const drop = h("button", { type: "button", class: "cps-plan-link cps-quiet cps-drop-row", "data-key": `${own}:drop`, onclick: () => take(row) }, labels().drop_row ?? "", h("span", { class: "cps-hidden" }));
    const title = h("span", { class: "cps-small cps-soft", "aria-hidden": "true" });
    const names = columns().map((column) => column.name);
    const row = {
      rest: Object.fromEntries(Object.entries(given).filter(([name]) => !names.includes(name))), title, drop, cells,
      el: h("li", { class: "cps-plan-row" }, h("div", { role: "group" }, h("div", { class: "cps-row-head" }, title, drop), h("div", { class: "cps-row-cells" }, parts))),
    };
    if (isLines) row.el.addEventListener("keydown", (/** @type {KeyboardEvent} */ e) => {
      if (e.key !== "Enter" || e.shiftKey || e.isComposing) return; // a line ends with Enter: the next one begins
      e.preventDefault();
      if (!add.hidden) put(rows.indexOf(row) + 1, {}, true);
    });
    return row;
  }

  /** @param {number} at @param {any} given @param {boolean} [goes] the focus goes there */
  function put(at, given, goes = false) {
    const row = build(given);
    box.insertBefore(row.el, rows[at]?.el ?? null);
    rows.splice(at, 0, row);
    tidy();
    if (goes) row.cells[0]?.[1].focus();
  }

  /** @param {any} row */
  function take(row) {
    const at = rows.indexOf(row);
    const lost = valueOf(row);
    dropped = isEmpty(row) ? null : { at, row: lost };
    rows.splice(at, 1);
    row.el.remove();
    tidy();
    if (dropped) undo.focus();
    else (rows[Math.min(at, rows.length - 1)]?.drop ?? add).focus();
    changed();
  }

  function takeBack() {
    if (!dropped) return;
    const { at, row } = dropped;
    dropped = null;
    put(at, row, true);
    changed();
  }

  /** @param {any} value */
  function show(value) {
    const given = list(value).map((one) => (isLines ? { [TEXT]: one } : one));
    const written = rows.filter((row) => !isEmpty(row));
    if (isSame(written.map(valueOf), given)) { // the same rows: those that were new have their ids now
      written.forEach((row, n) => { if ("id" in given[n]) row.rest.id = given[n].id; });
      return tidy();
    }
    box.replaceChildren();
    rows = [];
    dropped = null;
    given.forEach((one) => put(rows.length, one));
    tidy();
  }

  return {
    el: h("div", { class: "cps-rows-box" }, box, foot), read, show,
    isBad: () => rows.flatMap((row) => row.cells.map(([, control]) => control.isBad())).find(Boolean) ?? "",
    rest: () => {},
    /** Rows whose writer goes on: what came of the first of them is theirs. @param {any} value */
    adopt(value) {
      const given = list(value);
      const written = rows.filter((row) => !isEmpty(row));
      if (!isLines && given.length === written.length) written.forEach((row, n) => { if ("id" in given[n]) row.rest.id ??= given[n].id; });
    },
    adapt(next) {
      const was = rows.map(valueOf);
      const isOther = JSON.stringify(next.columns) !== JSON.stringify(now.columns);
      now = next;
      if (isOther) {
        box.replaceChildren();
        rows = [];
        was.forEach((one) => put(rows.length, one));
      }
      tidy();
    },
    focus: () => (rows[0]?.cells[0]?.[1] ?? add).focus(),
  };
}
