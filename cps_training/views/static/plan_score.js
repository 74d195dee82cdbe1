// @ts-check
/* What a plan is worth: the list to mend first, the number after it, then the rubric, one's own levels beside the trainer's. */
import { h, icon, list, own, rich, say, tagOf, uid } from "./_dom.js";
import { drawnSaving } from "./_saving.js";
import { findingCounts, findingList } from "./_plan_finding.js";

/** What is chosen and what was given before. @param {any} view @param {any} one @param {string} rates */
const levelOf = (view, one, rates) => view.levels[one.id] ?? (rates ? one[rates] : null);

/** @param {any} get @param {any} model */
function foundCard(get, model) {
  const labels = get("labels") ?? {};
  const findings = list(get("findings"));
  const skipped = list(get("skipped"));
  const score = get("score");
  return h("section", { class: "cps-card" },
    h("h3", {}, labels.findings, " ", findingCounts(findings)),
    findings.length ? findingList(model, findings, labels) : h("p", { class: "cps-none" }, icon("check"), " ", labels.none),
    score ? h("div", { class: "cps-score" }, h("p", { class: "cps-score-text" }, score.text), score.line ? h("p", { class: "cps-small cps-soft" }, rich(score.line)) : null) : null,
    skipped.length ? h("details", { "data-key": "skipped" }, h("summary", { class: "cps-small" }, h("span", {}, say(labels.skipped, { n: skipped.length }))),
      h("ul", { class: "cps-skipped" }, skipped.map((one) => h("li", { class: "cps-small" }, own(one.rule, "b"), own(one.text, "span", { class: "cps-block cps-soft" }))))) : null);
}

/** Who gave a level, in words. @param {any} one @param {any} level @param {any} labels @param {boolean} isOwnSaid */
function givenBy(one, level, labels, isOwnSaid) {
  const tags = [isOwnSaid && one.self === level.n ? tagOf(labels.self) : null, one.trainer === level.n ? tagOf({ text: labels.trainer, kind: "plain" }) : null].filter(Boolean);
  return tags.length ? h("span", { class: "cps-given" }, tags) : null;
}

/** @param {any} one @param {number} n @param {any} get @param {any} tools */
function criterionOf(one, n, get, { view, repaint }) {
  const labels = get("labels") ?? {};
  const rates = get("rates") || "";
  const group = uid("level");
  const now = levelOf(view, one, rates);
  const side = (/** @type {string} */ who, /** @type {string} */ label) => h("div", {}, h("dt", {}, label), h("dd", { class: one[who] ? null : "cps-soft" }, one[who] ? say(labels.level, { n: one[who] }) : labels.not_yet));
  const choose = (/** @type {any} */ event) => {
    view.levels[one.id] = Number(event.target.value);
    view.missing = false;
    repaint();
  };
  const said = (/** @type {any} */ level) => h("span", {}, h("b", { class: "cps-level-n" }, say(labels.level, { n: level.n })), own(level.text, "span", { class: "cps-block" }), givenBy(one, level, labels, rates !== "self"));
  const rows = list(one.levels).map((level) => (rates
    ? h("label", { class: "cps-check cps-level-row" }, h("input", { type: "radio", name: group, value: level.n, checked: now === level.n, "data-key": `${one.id}:${level.n}`, "data-level": true, onchange: choose }), said(level))
    : h("li", { class: `cps-level-row ${one.self === level.n || one.trainer === level.n ? "cps-is-given" : ""}` }, said(level))));
  const head = [h("span", { class: "cps-criterion-n" }, `${n + 1}. `), own(one.title)];
  const sides = h("dl", { class: "cps-sides-of" }, side("self", labels.self), side("trainer", labels.trainer));
  return h("li", { class: "cps-card cps-criterion", "data-criterion": one.id }, rates
    ? h("fieldset", {}, h("legend", {}, head), sides, h("div", { class: "cps-levels" }, rows))
    : [h("h4", {}, head), sides, h("ul", { class: "cps-levels" }, rows)]);
}

export default drawnSaving("cps-plan-score", ["heading", "intro", "findings", "score", "skipped", "criteria", "rates"], (get, tools) => {
  const { model, view, repaint, save, isBusy, note, root, announce } = tools;
  const labels = get("labels") ?? {};
  const rates = get("rates") || "";
  const criteria = list(get("criteria"));
  view.levels ??= {};
  for (const one of criteria) if (!rates || one[rates] === view.levels[one.id]) delete view.levels[one.id];
  const levels = Object.fromEntries(criteria.filter((one) => levelOf(view, one, rates)).map((one) => [one.id, levelOf(view, one, rates)]));
  const n = Object.keys(levels).length;
  const send = () => {
    view.missing = n === 0;
    if (n) return save("rate", { levels }, "rate");
    repaint();
    announce(labels.rate_first ?? "");
    root.querySelector("[data-level]")?.focus();
  };
  return [
    get("heading") ? h("h2", {}, get("heading")) : null,
    get("intro") ? h("p", { class: "cps-soft cps-intro" }, rich(get("intro"))) : null,
    foundCard(get, model),
    criteria.length ? [h("h3", { class: "cps-top" }, labels.criteria), labels.criteria_intro ? h("p", { class: "cps-small cps-soft cps-intro" }, rich(labels.criteria_intro)) : null,
      h("ol", { class: "cps-criteria" }, criteria.map((one, k) => criterionOf(one, k, get, tools)))] : null,
    rates && criteria.length ? h("div", { class: "cps-rate" },
      h("p", { class: "cps-small cps-soft" }, say(labels.rated, { n, total: criteria.length })),
      h("p", { class: "cps-wrong-text cps-small" }, view.missing ? [icon("alert"), h("span", {}, labels.rate_first)] : null),
      h("div", { class: "cps-row" }, h("button", { type: "button", class: "cps-button cps-primary", "data-key": "rate", "aria-disabled": isBusy("rate") ? "true" : null, onclick: send }, labels.rate), note("rate"))) : null,
  ];
});
