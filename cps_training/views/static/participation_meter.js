// @ts-check
/* How many of the unit took part: people are dots, the exact number stands beside them, every number opens its rows and its rule. */
import { drawn, h, linkButton, list, own, rich, tagOf } from "./_dom.js";
import { tableOf } from "./_form.js";

/** @param {number} part @param {number} whole */
function percent(part, whole) {
  return Math.max(0, Math.min(100, (100 * part) / whole));
}

/** @param {any} meter */
function bar(meter) {
  const goal = meter.goal;
  const at = goal ? percent(Number(goal.people) || 0, meter.n_unit) : 0;
  // The label hangs on its mark and never leaves the bar: at the left end by its left edge, at the right by its right.
  const label = [meter.count_text ?? "", goal?.label].filter(Boolean).join(" · ");
  return h("div", { class: "cps-meter", role: "img", "aria-label": `${meter.n} ${label}` },
    h("b", { style: `width:${percent(meter.n, meter.n_unit)}%` }),
    goal ? h("div", { class: "cps-goal", style: `left:${at}%` }, h("span", { style: `transform:translateX(-${at}%)` }, goal.label)) : null);
}

/** @param {any} unit */
function unitRow(unit) {
  const n = Number(unit.n) || 0;
  const of = Number(unit.n_unit) || 0;
  const guests = Number(unit.guests) || 0;
  const dots = [...Array.from({ length: of }, (_, i) => (i < n ? "cps-in" : "")), ...Array.from({ length: guests }, () => "cps-guest")];
  const line = [own(unit.name, "span", { class: "cps-unit" }),
    h("span", { class: "cps-dots", "aria-hidden": "true" }, dots.slice(0, 400).map((kind) => h("i", { class: `cps-dot ${kind}` }))),
    h("span", { class: "cps-count" }, unit.text ?? `${n}/${of}`)];
  const people = list(unit.people);
  if (!people.length) return h("li", { class: "cps-line" }, line);
  return h("li", {}, h("details", { "data-key": `unit:${unit.name}` }, h("summary", { class: "cps-line" }, line),
    h("ul", { class: "cps-who" }, people.map((one) => h("li", {}, own(one.name), h("span", { class: "cps-soft cps-tiny" }, rich(one.text)))))));
}

/** A number that opens the rows behind it. @param {any} row @param {any[]} line */
function opens(row, line) {
  if (!list(row.rows).length) return h("li", { class: "cps-fact" }, line, row.hint ? h("p", { class: "cps-tiny cps-soft" }, rich(row.hint)) : null);
  return h("li", { class: "cps-fact" }, h("details", { "data-key": `fact:${row.id}` }, h("summary", {}, h("span", { class: "cps-fact-line" }, line)),
    row.hint ? h("p", { class: "cps-tiny cps-soft" }, rich(row.hint)) : null, tableOf(row, row.title ?? row.label ?? "")));
}

export default drawn("cps-participation", ["meter"], (get) => {
  const meter = get("meter") ?? {};
  const head = [meter.title ? h("h1", {}, meter.title) : null, meter.subtitle ? h("p", { class: "cps-soft cps-subtitle" }, rich(meter.subtitle)) : null];
  if (!meter.n_unit) {
    const way = linkButton(meter.empty_action, true);
    return [...head, meter.empty ? h("section", { class: "cps-card cps-empty" }, h("p", {}, meter.empty), way ? h("div", { class: "cps-row" }, way) : null) : null];
  }
  const { rule, rows, sensitivity, notes } = meter;
  return [
    ...head,
    h("section", { class: "cps-card" },
      h("div", { class: "cps-figure" },
        h("div", {},
          h("p", { class: "cps-number" }, h("b", {}, String(meter.n)), h("span", { class: "cps-soft" }, ` ${meter.count_text ?? ""}`)),
          meter.rate_text ? h("p", { class: "cps-soft" }, meter.rate_text) : null),
        tagOf(meter.tag, "cps-large")),
      bar(meter),
      meter.caption ? h("p", { class: "cps-tiny cps-soft" }, meter.caption) : null,
      rows ? h("details", { "data-key": "rows", class: "cps-small" }, h("summary", {}, rows.title), tableOf(rows, rows.title)) : null,
      rule ? h("details", { "data-key": "rule", class: "cps-small" }, h("summary", {}, rule.title),
        h("dl", { class: "cps-rule" }, list(rule.rows).map((row) => h("div", {}, h("dt", { class: "cps-soft" }, row.label), h("dd", {}, rich(row.value)))))) : null),
    h("div", { class: "cps-grid cps-two" },
      meter.units ? h("section", { class: "cps-card" }, h("h2", {}, meter.units.title), h("ul", { class: "cps-people" }, list(meter.units.rows).map(unitRow))) : null,
      meter.missing ? h("section", { class: "cps-card cps-missing" }, h("h2", {}, meter.missing.title),
        list(meter.missing.rows).length ? tableOf({ columns: meter.missing.columns, rows: list(meter.missing.rows).map((row) => [own(row.name), own(row.unit), tagOf({ text: row.status, kind: row.kind })]) }, meter.missing.title) : null) : null,
      sensitivity ? h("section", { class: "cps-card" }, h("h2", {}, sensitivity.title), h("p", { class: "cps-small cps-soft" }, sensitivity.intro),
        h("ul", { class: "cps-facts" }, list(sensitivity.rows).map((row) => opens(row, [
          h("span", { class: "cps-when" }, row.label, h("span", { class: "cps-tiny cps-soft cps-block" }, row.day)),
          h("span", { class: "cps-rate" }, h("b", {}, row.text), row.rate ? h("span", { class: "cps-tiny cps-soft cps-block" }, row.rate) : null), tagOf(row.tag)])))) : null,
      notes && list(notes.rows).length ? h("section", { class: "cps-card cps-notes" }, h("h2", {}, notes.title), h("ul", { class: "cps-facts" }, list(notes.rows).map((row) => opens(row, [h("span", {}, rich(row.text))])))) : null),
  ];
});
