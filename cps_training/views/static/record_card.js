// @ts-check
/* A learner's record: who, how far over the handbook, lessons, quizzes. Lines to read, made to be printed. */
import { drawn, h, linkButton, list, own, tagOf } from "./_dom.js";
import { citation } from "./_clause.js";

const STATES = ["mastered", "in_progress", "not_started"];

/** @param {any} model @param {any} section */
function sectionRow(model, section) {
  const n = section.n ?? {};
  const parts = STATES.filter((state) => Number(n[state]) > 0);
  return h("li", {},
    own(section.title, "h3"),
    parts.some((state) => state !== "not_started") ? h("div", { class: "cps-bar", "aria-hidden": "true" }, parts.map((state) => h("i", { class: `cps-${state}`, style: `flex-grow:${Number(n[state])}` }))) : null,
    h("p", { class: "cps-small cps-soft" }, section.counts),
    list(section.lists).length ? h("details", { "data-key": `section:${section.id}`, class: "cps-small" },
      h("summary", {}, h("span", {}, section.details ?? "", h("span", { class: "cps-hidden" }, " ", own(section.title)))),
      h("dl", {}, list(section.lists).map((line) => h("div", {}, h("dt", {}, line.label), h("dd", {}, list(line.cited).map((ref) => citation(model, ref, { bare: true, key: line.label }))))))) : null);
}

/** @param {any} block */
function blockCard(block) {
  const rows = list(block.rows);
  return h("section", { class: "cps-card" },
    h("h2", {}, block.title),
    rows.length
      ? h("ul", { class: "cps-lines" }, rows.map((row) => h("li", {},
        h("div", { class: "cps-head" }, own(row.title, "h3"), tagOf(row.tag)),
        list(row.facts).map((fact) => h("p", { class: "cps-small cps-soft" }, fact)))))
      : h("p", { class: "cps-soft" }, block.empty));
}

export default drawn("cps-record", ["heading", "who", "clauses", "blocks", "empty", "action", "labels"], (get, { model }) => {
  const who = get("who") ?? {};
  const clauses = get("clauses");
  const empty = get("empty");
  const print = (get("labels") ?? {}).print;
  return [
    h("div", { class: "cps-head cps-top" },
      h("h1", {}, get("heading")),
      print && !empty ? h("button", { type: "button", class: "cps-button", "data-key": "print", onclick: () => window.print() }, print) : null),
    h("section", { class: "cps-card" },
      own(who.name, "h2"),
      h("dl", { class: "cps-facts cps-small" }, list(who.facts).map((fact) => h("div", {}, h("dt", { class: "cps-soft" }, fact.label), fact.is_own ? own(fact.text, "dd") : h("dd", {}, fact.text)))),
      empty ? h("div", { class: "cps-empty" }, h("p", {}, empty), linkButton(get("action"), true)) : null),
    clauses ? h("section", { class: "cps-card" },
      h("h2", {}, clauses.title),
      clauses.summary ? h("p", {}, clauses.summary) : null,
      h("ul", { class: "cps-lines" }, list(clauses.sections).map((section) => sectionRow(model, section))),
      clauses.rule ? h("details", { "data-key": "rule", class: "cps-small" }, h("summary", {}, clauses.rule.title), h("p", { class: "cps-soft" }, clauses.rule.text)) : null) : null,
    list(get("blocks")).map(blockCard),
  ];
});
