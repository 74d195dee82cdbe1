// @ts-check
/* One person: facts first, then where they belong, then what can be done, each thing behind its own title, then what was done. */
import { actionButton, h, list, own, rich, tagOf } from "./_dom.js";
import { folded, formed } from "./_form.js";

export default formed("cps-person-sheet", ["sheet"], (get, { model, at }) => {
  const sheet = get("sheet") ?? {};
  const { stays, account, roster, history } = sheet;
  const block = (/** @type {any} */ of) => (of && list(of.forms).length ? h("section", { class: "cps-card" }, h("h2", {}, of.title), list(of.forms).map((id) => folded(model, at, id))) : null);
  return [
    sheet.back ? h("div", { class: "cps-row cps-back" }, actionButton(model, sheet.back)) : null,
    own(sheet.name, "h1"),
    h("p", { class: "cps-tags" }, own(sheet.code, "span", { class: "cps-soft" }), list(sheet.tags).map((tag) => tagOf(tag))),
    sheet.notice ? h("p", { class: "cps-card cps-heads-up cps-small" }, rich(sheet.notice)) : null,
    h("section", { class: "cps-card" }, h("dl", { class: "cps-pairs" }, list(sheet.facts).map((fact) => h("div", {}, h("dt", { class: "cps-soft" }, fact.label), h("dd", {}, rich(fact.value)))))),
    stays ? h("section", { class: "cps-card" }, h("h2", {}, stays.title),
      list(stays.rows).length ? h("ul", {}, list(stays.rows).map((stay) => h("li", { class: "cps-stay" },
        h("div", { class: "cps-stay-line" }, h("div", {}, own(stay.unit, "b"), h("p", { class: "cps-small cps-soft" }, rich(stay.text))), tagOf(stay.tag)),
        list(stay.forms).length ? h("details", { "data-key": `stay:${stay.id}`, class: "cps-small" }, h("summary", {}, stay.fold), list(stay.forms).map((id) => folded(model, at, id))) : null)))
        : h("p", { class: "cps-soft" }, stays.empty)) : null,
    block(roster),
    block(account),
    history ? h("section", { class: "cps-card" }, h("details", { "data-key": "history" }, h("summary", {}, h("h2", {}, history.title)),
      list(history.rows).length ? h("ul", { class: "cps-history cps-small" }, list(history.rows).map((one) => h("li", {}, h("span", { class: "cps-soft" }, one.when), h("span", {}, rich(one.what)), h("span", { class: "cps-soft" }, rich(one.who)))))
        : h("p", { class: "cps-soft" }, history.empty))) : null,
  ];
});
