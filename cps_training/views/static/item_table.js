// @ts-check
/* Figures with their n: a line an item, opening it shows who chose what; every figure opens its rows and its rule. */
import { content, drawn, h, linkButton, list, own, rich, say, tagOf, uid } from "./_dom.js";
import { citation } from "./_clause.js";
import { tableOf } from "./_form.js";

/** @param {any} cell */
function figureCell(cell) {
  return h("span", { class: `cps-cell ${cell.is_few ? "cps-is-few" : ""}` },
    h("span", { class: "cps-tiny cps-soft cps-block" }, cell.label), h("b", {}, cell.text),
    cell.note ? h("span", { class: "cps-tiny cps-soft cps-block" }, cell.note) : null);
}

/** @param {any} figure @param {string} key @param {any} rules @param {any} labels */
function figureOf(figure, key, rules, labels) {
  const line = h("span", { class: "cps-figure-line" }, h("b", {}, figure.label), h("span", {}, figure.text));
  return h("details", { class: "cps-fig", "data-key": `${key}:${figure.id}`, open: figure.id === "answers" },
    h("summary", {}, line),
    list(figure.rows).length ? tableOf({ columns: figure.columns, rows: figure.rows, labelled: list(figure.columns).length }, figure.label) : null,
    rules[figure.rule] ? h("p", { class: "cps-tiny cps-soft cps-how" }, h("b", {}, `${labels.rule} `), rich(rules[figure.rule])) : null);
}

/** The clauses an entry is about, to open. @param {any} model @param {any} entry @param {string} key */
function citedOf(model, entry, key) {
  return h("div", { class: "cps-cited cps-small" }, list(entry.cited).map((ref) => citation(model, ref, { key })));
}

/** @param {any} model @param {any} entry @param {string} section @param {any} rules @param {any} labels */
function entryOf(model, entry, section, rules, labels) {
  const key = `${section}:${entry.id}`;
  const body = h("div", { class: "cps-figures" });
  // What lies inside is made when it is first opened: a bank has hundreds of items.
  const open = (/** @type {any} */ e) => {
    if (e.target === e.currentTarget && e.currentTarget.open && !body.childElementCount) body.append(citedOf(model, entry, key), ...list(entry.figures).map((f) => figureOf(f, key, rules, labels)));
  };
  return h("li", { class: "cps-entry" }, h("details", { "data-key": key, ontoggle: open },
    h("summary", {}, h("span", { class: "cps-entry-line" },
      h("span", { class: "cps-entry-head" }, own(entry.title, "b", { class: "cps-block" }),
        h("span", { class: "cps-tiny cps-soft" }, list(entry.by).map((text, n) => [n ? " · " : null, own(text)])),
        entry.old ? h("span", { class: "cps-tiny cps-soft cps-block" }, entry.old) : null,
        entry.tag ? h("span", { class: "cps-block" }, tagOf(entry.tag)) : null),
      h("span", { class: "cps-cells" }, list(entry.cells).map(figureCell)))),
    body));
}

/** Entries drawn at once, a section: opening a bank of hundreds is a wait, and what needs attention comes first. */
const MOST = 12;

export default drawn("cps-items", ["table", "labels"], (get, { model, view, repaint, announce, root }) => {
  const table = get("table") ?? {};
  const labels = get("labels") ?? {};
  const sections = list(table.sections);
  const head = [h("h1", {}, table.heading), table.intro ? h("p", { class: "cps-soft cps-lead" }, rich(table.intro)) : null];
  if (!sections.length) {
    const way = linkButton(table.empty_action, true);
    return [...head, h("section", { class: "cps-card" }, h("p", { class: "cps-soft" }, table.empty), way ? h("div", { class: "cps-row cps-way" }, way) : null)];
  }
  view.chosen ??= {};
  view.whole ??= new Set();
  const fits = (/** @type {any} */ section) => list(section.entries).filter((entry) =>
    list(section.filters).every((filter) => !view.chosen[filter.id] || list(entry[filter.id]).includes(view.chosen[filter.id])));
  const filterOf = (/** @type {any} */ section, /** @type {any} */ filter) => {
    const id = uid("filter");
    const choose = (/** @type {any} */ e) => { view.chosen[filter.id] = e.target.value; repaint(); announce(say(labels.count, { n: fits(section).length })); };
    return h("div", { class: "cps-field" }, h("label", { for: id }, labels[filter.label]),
      h("select", { class: "cps-input", id, "data-key": `filter:${filter.id}`, onchange: choose },
        h("option", { value: "", selected: !view.chosen[filter.id] }, labels.everything),
        list(filter.options).map((o) => h("option", { value: o.id, selected: view.chosen[filter.id] === o.id, ...content(o.label) }, o.label))));
  };
  const moreOf = (/** @type {any} */ section, /** @type {any[]} */ shown) => {
    if (shown.length <= MOST || view.whole.has(section.id)) return null;
    // The button goes: the focus moves to the first entry it brought.
    const more = () => { view.whole.add(section.id); repaint(); /** @type {any} */ (root.querySelectorAll(`[data-section="${section.id}"] .cps-entry > details > summary`)[MOST])?.focus(); };
    return h("div", { class: "cps-row cps-way" }, h("button", { type: "button", class: "cps-button", "data-key": `more:${section.id}`, onclick: more }, say(labels.more, { n: shown.length - MOST })));
  };
  const sectionOf = (/** @type {any} */ section) => {
    const shown = fits(section);
    const filters = list(section.filters);
    return h("section", { class: "cps-card", "data-section": section.id }, h("h2", {}, section.title),
      section.intro ? h("p", { class: "cps-small cps-soft" }, section.intro) : null,
      filters.length ? h("div", { class: "cps-filters" }, filters.map((filter) => filterOf(section, filter))) : null,
      filters.length ? h("p", { class: "cps-tiny cps-soft" }, shown.length ? say(labels.count, { n: shown.length }) : labels.none) : null,
      h("ul", {}, (view.whole.has(section.id) ? shown : shown.slice(0, MOST)).map((entry) => entryOf(model, entry, section.id, table.rules ?? {}, labels))),
      moreOf(section, shown));
  };
  return [
    ...head,
    sections.map(sectionOf),
    table.rule ? h("details", { "data-key": "rule", class: "cps-small" }, h("summary", {}, table.rule.title),
      h("dl", { class: "cps-card" }, list(table.rule.rows).map((row) => h("div", { class: "cps-rule" }, h("dt", { class: "cps-soft" }, row.label), h("dd", {}, rich(row.value)))))) : null,
  ];
});
