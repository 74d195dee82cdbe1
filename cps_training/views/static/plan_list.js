// @ts-check
/* The plans one writes: what each is about, how it stands, the way in; below, the ways to begin another. */
import { actionButton, h, linkButton, list, own, rich, tagOf, uid } from "./_dom.js";
import { folded, formed } from "./_form.js";

/** @param {any} model @param {any} row */
function planCard(model, row) {
  const named = uid("plan");
  const way = row.action ? (linkButton(row.action, row.action.primary) ?? actionButton(model, row.action)) : null;
  if (way) {
    // Every card has the same words on its button: heard alone they say which plan they open.
    way.id = uid("way");
    way.setAttribute("aria-labelledby", `${way.id} ${named}`);
    way.setAttribute("data-key", `plan:${row.id}`);
  }
  const tags = (Array.isArray(row.status) ? row.status : [row.status]).map((tag) => tagOf(tag)).filter(Boolean);
  return h("li", { class: `cps-card cps-plan-card ${row.action?.primary ? "cps-next" : ""}` },
    h("div", { class: "cps-plan-about" },
      own(row.title, "h2", { id: named }),
      own(row.about, "p", { class: "cps-small cps-soft" }),
      tags.length ? h("p", { class: "cps-plan-tags" }, tags) : null),
    way);
}

export default formed("cps-plan-list", ["heading", "intro", "rows", "empty", "note"], (get, { model, at }) => {
  const labels = get("labels") ?? {};
  const rows = list(get("rows"));
  const forms = Object.keys(get("forms") ?? {}).map((id) => folded(model, at, id)).filter(Boolean);
  if (!rows.length && forms[0]) forms[0].open = true;
  return [
    h("h1", {}, get("heading")),
    get("intro") ? h("p", { class: "cps-soft cps-lead" }, rich(get("intro"))) : null,
    rows.length ? h("ul", { class: "cps-plans" }, rows.map((row) => planCard(model, row))) : get("empty") ? h("p", { class: "cps-card" }, rich(get("empty"))) : null,
    get("note") ? h("p", { class: "cps-small cps-soft cps-foot" }, rich(get("note"))) : null,
    forms.length ? h("section", { class: "cps-card cps-begin" }, labels.begin ? h("h2", {}, labels.begin) : null, forms) : null,
  ];
});
