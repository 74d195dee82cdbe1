// @ts-check
/* What came out: the score in words, what there is to know about it, parts, then every item as a row that opens it again. */
import { citation } from "./_clause.js";
import { actionButton, drawn, h, icon, linkButton, list, own, tagOf } from "./_dom.js";

const SIGN = /** @type {Record<string, any>} */ ({ right: "check", partly: "half", wrong: "cross", blank: "ring", waiting: "ring" });
const NOTE_SIGN = /** @type {Record<string, any>} */ ({ good: "check", due: "alert", bad: "alert" });

/** @param {any} note */
function noteOf(note) {
  const items = list(note.items);
  return h("div", { class: `cps-note-line cps-small ${note.kind ? `cps-note-${note.kind}` : "cps-soft"}` },
    NOTE_SIGN[note.kind] ? icon(NOTE_SIGN[note.kind]) : null,
    h("div", {}, h("p", {}, note.text),
      items.length ? h("ul", {}, items.map((text) => own(text, "li"))) : null,
      note.action ? linkButton(note.action) : null));
}

/** @param {any} sections @param {any} model */
function sectionsOf(sections, model) {
  return h("section", { class: "cps-part-list" }, h("h3", {}, sections.title),
    h("ul", {}, list(sections.rows).map((part) => h("li", {},
      h("div", { class: "cps-part-line" }, h("div", {}, own(part.title, "b"), h("p", { class: "cps-small cps-soft" }, part.text)), tagOf(part.tag)),
      list(part.actions).length ? h("div", { class: "cps-row" }, list(part.actions).map((action) => actionButton(model, action))) : null))));
}

/** @param {any} table */
function tableOf(table) {
  const columns = list(table.columns);
  return h("section", { class: "cps-part-list" }, h("h3", {}, table.title), table.intro ? h("p", { class: "cps-small cps-soft" }, table.intro) : null,
    h("table", { class: "cps-rows" }, h("thead", {}, h("tr", {}, columns.map((c) => h("th", { scope: "col" }, c)))),
      h("tbody", {}, list(table.rows).map((cells) => h("tr", {}, list(cells).map((cell, n) => h("td", { "data-label": n ? columns[n] : null }, cell)))))));
}

export default drawn("cps-result", ["heading", "score_text", "tag", "notes", "sections", "table", "rows", "actions"], (get, { model }) => {
  const heading = get("heading");
  const score = get("score_text");
  const notes = list(get("notes"));
  const rows = list(get("rows"));
  const actions = list(get("actions"));
  return [
    h("section", { class: "cps-card" },
      heading ? h("h2", {}, heading) : null,
      h("div", { class: "cps-score" }, score ? h("p", { class: "cps-score-text" }, score) : null, tagOf(get("tag"), "cps-large")),
      notes.length ? h("div", { class: "cps-note-lines" }, notes.map(noteOf)) : null,
      get("sections") ? sectionsOf(get("sections"), model) : null,
      get("table") ? tableOf(get("table")) : null,
      rows.length ? h("ol", { class: "cps-items" }, rows.map((row) => h("li", {},
        h("button", { type: "button", class: `cps-result-row cps-is-${SIGN[row.verdict] ? row.verdict : "none"}`, "data-key": `row:${row.n}`, onclick: () => model.send({ kind: "action", id: `review:${row.n}` }) },
          h("span", { class: "cps-n" }, String(row.n)),
          own(row.title, "span", { class: "cps-title" }),
          row.verdict_label ? h("span", { class: "cps-verdict cps-small" }, SIGN[row.verdict] ? icon(SIGN[row.verdict]) : null, h("span", {}, row.verdict_label)) : null),
        row.cited ? h("div", { class: "cps-where cps-small" }, citation(model, row.cited, { bare: true, key: String(row.n) })) : null))) : null,
      actions.length ? h("div", { class: "cps-row cps-foot" }, actions.map((action) => (action.href ? linkButton(action, action.primary) : actionButton(model, action)))) : null),
  ];
});
