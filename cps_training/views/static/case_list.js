// @ts-check
/* The cases there are: what each is about, how far one is with it, the way in. */
import { actionButton, drawn, h, linkButton, list, own, tagOf, uid } from "./_dom.js";

/** @param {any} model @param {any} row */
function caseCard(model, row) {
  const named = uid("case");
  const way = row.action ? (linkButton(row.action, row.action.primary) ?? actionButton(model, row.action)) : null;
  if (way) {
    // Every card has the same words on its button: heard alone they say which case they open.
    way.id = uid("way");
    way.setAttribute("aria-labelledby", `${way.id} ${named}`);
    way.setAttribute("data-key", `case:${row.id}`);
  }
  return h("li", { class: `cps-card cps-case ${row.action?.primary ? "cps-next" : ""}` },
    h("div", { class: "cps-case-head" },
      h("span", { class: "cps-letter", "aria-hidden": "true" }, row.letter),
      h("div", {}, h("h2", { id: named }, h("span", { class: "cps-hidden" }, `${row.letter} `), own(row.name)), tagOf(row.tag))),
    own(row.about, "p"),
    row.tasks ? h("p", { class: "cps-small cps-soft" }, row.tasks) : null,
    h("div", { class: "cps-row cps-case-foot" }, way, tagOf(row.status)));
}

export default drawn("cps-case-list", ["heading", "intro", "rows", "note"], (get, { model }) => [
  h("h1", {}, get("heading")),
  get("intro") ? h("p", { class: "cps-soft cps-lead" }, get("intro")) : null,
  h("ul", { class: "cps-cases" }, list(get("rows")).map((row) => caseCard(model, row))),
  get("note") ? h("p", { class: "cps-small cps-soft cps-foot" }, get("note")) : null,
]);
