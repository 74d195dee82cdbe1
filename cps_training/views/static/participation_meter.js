// @ts-check
/* How many of the unit took part: people are dots, the exact number stands beside them, every number opens its rows and its rule. */
import { drawn, h, list, tagOf } from "./_dom.js";

/** @param {number} part @param {number} whole */
function percent(part, whole) {
  return Math.max(0, Math.min(100, (100 * part) / whole));
}

/** @param {any} meter */
function bar(meter) {
  const goal = meter.goal;
  const at = goal ? percent(Number(goal.people) || 0, meter.n_unit) : 0;
  // Centred on its mark, except near an end, where it would leave the card.
  const shift = at > 82 ? at : at < 18 ? at : 50;
  const label = [meter.count_text ?? "", goal?.label].filter(Boolean).join(" · ");
  return h("div", { class: "cps-meter", role: "img", "aria-label": `${meter.n} ${label}` },
    h("b", { style: `width:${percent(meter.n, meter.n_unit)}%` }),
    goal ? h("div", { class: "cps-goal", style: `left:${at}%` }, h("span", { style: `transform:translateX(-${shift}%)` }, goal.label)) : null);
}

/** @param {any} unit */
function unitRow(unit) {
  const n = Number(unit.n) || 0;
  const of = Number(unit.n_unit) || 0;
  const guests = Number(unit.guests) || 0;
  const dots = [...Array.from({ length: of }, (_, i) => (i < n ? "cps-in" : "")), ...Array.from({ length: guests }, () => "cps-guest")];
  return h("li", {},
    h("span", {}, unit.name),
    h("span", { class: "cps-dots", "aria-hidden": "true" }, dots.slice(0, 400).map((kind) => h("i", { class: `cps-dot ${kind}` }))),
    h("span", { class: "cps-count" }, unit.text ?? `${n}/${of}`));
}

/** @param {any} block @param {any[][]} rows cells: text or element */
function table(block, rows) {
  return h("div", { class: "cps-scroll", role: "region", tabindex: "0", "aria-label": block.title },
    h("table", {},
      h("thead", {}, h("tr", {}, list(block.columns).map((column) => h("th", { scope: "col" }, column)))),
      h("tbody", {}, rows.map((cells) => h("tr", {}, cells.map((cell) => h("td", {}, cell)))))));
}

export default drawn("cps-participation", ["meter"], (get) => {
  const meter = get("meter") ?? {};
  const head = [meter.title ? h("h1", {}, meter.title) : null, meter.subtitle ? h("p", { class: "cps-soft cps-subtitle" }, meter.subtitle) : null];
  if (!meter.n_unit) return [...head, meter.empty ? h("section", { class: "cps-card cps-empty" }, h("p", {}, meter.empty)) : null];
  const rule = meter.rule;
  const rows = meter.rows;
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
      rows ? h("details", { "data-key": "rows", class: "cps-small" }, h("summary", {}, rows.title), table(rows, list(rows.rows))) : null,
      rule ? h("details", { "data-key": "rule", class: "cps-small" }, h("summary", {}, rule.title),
        h("dl", { class: "cps-rule" }, list(rule.rows).map((row) => h("div", {}, h("dt", { class: "cps-soft" }, row.label), h("dd", {}, row.value))))) : null),
    h("div", { class: "cps-grid cps-two" },
      meter.units ? h("section", { class: "cps-card" }, h("h2", {}, meter.units.title), h("ul", { class: "cps-people" }, list(meter.units.rows).map(unitRow))) : null,
      meter.missing ? h("section", { class: "cps-card" }, h("h2", {}, meter.missing.title),
        list(meter.missing.rows).length ? table(meter.missing, list(meter.missing.rows).map((row) => [row.name, row.unit, tagOf({ text: row.status, kind: row.kind })])) : null) : null),
  ];
});
