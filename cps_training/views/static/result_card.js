// @ts-check
/* What came out: the score in words, then every item as a row that opens it again. */
import { actionButton, drawn, h, icon, list, own, tagOf } from "./_dom.js";

const SIGN = /** @type {Record<string, any>} */ ({ right: "check", partly: "half", wrong: "cross", blank: "ring" });

export default drawn("cps-result", ["heading", "score_text", "tag", "rows", "actions"], (get, { model }) => {
  const heading = get("heading");
  const score = get("score_text");
  const rows = list(get("rows"));
  const actions = list(get("actions"));
  return [
    h("section", { class: "cps-card" },
      heading ? h("h2", {}, heading) : null,
      h("div", { class: "cps-score" }, score ? h("p", { class: "cps-score-text" }, score) : null, tagOf(get("tag"), "cps-large")),
      rows.length ? h("ol", { class: "cps-rows" }, rows.map((row) => h("li", {},
        h("button", { type: "button", class: `cps-result-row cps-is-${SIGN[row.verdict] ? row.verdict : "none"}`, "data-key": `row:${row.n}`, onclick: () => model.send({ kind: "action", id: `review:${row.n}` }) },
          h("span", { class: "cps-n" }, String(row.n)),
          h("span", {}, own(row.title, "span", { class: "cps-title" }), row.clause ? h("span", { class: "cps-tiny cps-soft cps-where" }, row.clause) : null),
          row.verdict_label ? h("span", { class: "cps-verdict cps-small" }, SIGN[row.verdict] ? icon(SIGN[row.verdict]) : null, h("span", {}, row.verdict_label)) : null)))) : null,
      actions.length ? h("div", { class: "cps-row cps-foot" }, actions.map((action) => actionButton(model, action))) : null),
  ];
});
