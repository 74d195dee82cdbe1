// @ts-check
/* The first look at a case: the task, its years in one picture, what the cooperative is. */
import { actionButton, drawn, h, linkButton, list, own, tagOf } from "./_dom.js";
import { smallChart, yearsTable } from "./_small_chart.js";

/** @param {any} model @param {any} task @param {any} start */
function taskCard(model, task, start) {
  const way = start ? (linkButton(start, true) ?? actionButton(model, { ...start, primary: true })) : null;
  return task || way ? h("section", { class: "cps-card cps-next" },
    task?.title ? h("h2", {}, task.title) : null, own(task?.text, "p"), way ? h("div", { class: "cps-row cps-way" }, way) : null) : null;
}

/** @param {any} picture @param {any} labels */
function pictureCard(picture, labels) {
  const charts = list(picture.charts);
  const nameOf = (/** @type {any} */ chart) => [own(chart.label), chart.unit ? h("span", { class: "cps-soft" }, ` (${chart.unit})`) : null];
  return h("section", { class: "cps-card" },
    h("h2", {}, picture.title),
    h("ul", { class: "cps-charts" }, charts.map((chart) => h("li", { "data-chart": chart.name }, h("h3", { class: "cps-small" }, nameOf(chart)), smallChart(chart.points)))),
    picture.note ? h("p", { class: "cps-small cps-soft cps-note-below" }, picture.note) : null,
    labels.table ? h("details", { "data-key": "table" }, h("summary", {}, labels.table),
      yearsTable(picture.title, labels.figure ?? "", charts.map((chart) => ({ label: nameOf(chart), points: chart.points })))) : null);
}

/** @param {string} title @param {any[]} rows */
function factsCard(title, rows) {
  return rows.length ? h("section", { class: "cps-card" }, title ? h("h2", {}, title) : null,
    h("dl", { class: "cps-pairs" }, rows.map((row) => h("div", {}, own(row.label, "dt", { class: "cps-small cps-soft" }), own(row.value, "dd"),
      row.note || row.tag ? h("dd", { class: "cps-small cps-soft" }, own(row.note), " ", tagOf(row.tag)) : null)))) : null;
}

export default drawn("cps-case-profile", ["task", "facts", "org", "limits", "picture", "start", "labels"], (get, { model }) => {
  const labels = get("labels") ?? {};
  const picture = get("picture");
  return [
    h("div", { class: "cps-grid" },
      taskCard(model, get("task"), get("start")),
      picture ? pictureCard(picture, labels) : null,
      h("div", { class: "cps-grid cps-two" }, factsCard(labels.facts, list(get("facts"))), factsCard(labels.org, list(get("org")))),
      factsCard(labels.limits, list(get("limits")))),
  ];
});
