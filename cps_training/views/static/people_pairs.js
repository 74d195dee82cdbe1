// @ts-check
/* Two cards side by side, which to keep, and a way back for what was merged. */
import { actionButton, h, list, own, rich } from "./_dom.js";
import { formed, formOf } from "./_form.js";

export default formed("cps-pairs", ["page"], (get, { model, at }) => {
  const page = get("page") ?? {};
  const merged = list(page.merged?.rows);
  return [
    page.back ? h("div", { class: "cps-row cps-back" }, actionButton(model, page.back)) : null,
    h("h1", {}, page.heading),
    page.intro ? h("p", { class: "cps-soft cps-lead" }, page.intro) : null,
    list(page.pairs).length ? null : h("p", { class: "cps-card cps-soft" }, page.empty),
    list(page.pairs).map((pair) => h("section", { class: "cps-card" },
      h("h2", {}, rich(pair.why)),
      h("div", { class: "cps-sides" }, list(pair.people).map((one) => h("div", { class: "cps-side" }, own(one.name, "h3"), own(one.code, "p", { class: "cps-small cps-soft" }),
        h("dl", {}, list(one.facts).map((fact) => h("div", {}, h("dt", { class: "cps-tiny cps-soft" }, fact.label), h("dd", { class: "cps-small" }, rich(fact.value)))))))),
      formOf(model, at, pair.form), formOf(model, at, pair.apart))),
    merged.length ? h("section", { class: "cps-card" }, h("h2", {}, page.merged.title), h("ul", {}, merged.map((row) => h("li", { class: "cps-merged" }, h("p", { class: "cps-small" }, rich(row.text)), formOf(model, at, row.form))))) : null,
  ];
});
