// @ts-check
/* A meeting item by item: choose the paper, then the answer; what stays open becomes a line in a list. Not scored. */
import { drawn, h, icon, land, list, own, say, tagOf, uid } from "./_dom.js";
import { citation } from "./_clause.js";

export default drawn("cps-agenda", ["title", "intro", "items", "labels", "clause_labels"], (get, { model, view, repaint, announce, root }) => {
  const labels = get("labels") ?? {};
  const items = list(get("items"));
  view.question ??= uid("question");
  view.chosen ??= {};
  view.at ??= 0; // two steps an item
  const steps = items.flatMap((item) => [
    { key: `${item.id}:paper`, item, options: list(item.papers), cited: list(item.paper_cited), ask: labels.prepare },
    { key: `${item.id}:answer`, item, options: list(item.answers), cited: list(item.cited), ask: labels.answer, isAsked: true },
  ]);
  const step = steps[view.at];
  const bestOf = (/** @type {any} */ one) => one.options.find((/** @type {any} */ option) => option.is_best) ?? {};
  const chosenOf = (/** @type {any} */ one) => one.options.find((/** @type {any} */ option) => option.id === view.chosen[one.key]);
  const open = items.filter((item) => item.follow_up);

  /** @param {() => void} change */
  function turn(change) {
    change();
    repaint();
    land(root.querySelector("[data-here]"));
  }

  /** @param {any} option */
  function choose(option) {
    if (view.chosen[step.key]) return;
    view.chosen[step.key] = option.id;
    repaint();
    announce([`${option.is_best ? labels.right : labels.other} `, { own: [option.why, ...(option.is_best ? [] : [bestOf(step).text, bestOf(step).why])].join(" ") }]);
    root.querySelector(".cps-why")?.scrollIntoView({ block: "nearest" });
  }

  /** The line to note, so that a question is not lost. @param {any} line */
  function lineOf(line) {
    const row = (/** @type {string} */ name, /** @type {any} */ value) => h("div", {}, h("dt", {}, labels[name] ?? ""), h("dd", {}, value));
    return h("dl", { class: "cps-line" }, ["question", "where", "who"].map((name) => row(name, own(line[name]))), row("by", [own(line.by), " ", tagOf({ text: labels.kit, kind: "plain" })]));
  }

  function asking() {
    const chosen = chosenOf(step);
    const best = bestOf(step);
    const options = step.options.map((/** @type {any} */ option) => {
      const mark = chosen && option.is_best ? "cps-best" : chosen === option ? "cps-other" : "";
      const note = mark ? [chosen === option ? labels.chosen : "", option.is_best ? labels.best : ""].filter(Boolean).join(" · ") : "";
      return h("li", {}, h("button", { type: "button", class: `cps-choice ${mark}`, "data-key": `option:${step.key}:${option.id}`, "aria-disabled": chosen ? "true" : null, onclick: () => choose(option) }, own(option.text), note ? h("span", { class: "cps-mark" }, note) : null));
    });
    const line = step.isAsked && step.item.follow_up;
    const go = !step.isAsked ? labels.to_meeting : view.at + 1 < steps.length ? labels.next : labels.finish;
    return [
      h("p", { class: "cps-small cps-soft" }, say(labels.progress, { n: (view.at >> 1) + 1, total: items.length })),
      h("h3", { "data-here": true }, own(step.item.label)),
      step.isAsked ? own(step.item.asks, "p", { class: "cps-asks" }) : null,
      h("p", { class: "cps-small cps-question", id: view.question }, step.ask ?? ""),
      h("div", { role: "group", "aria-labelledby": view.question }, h("ul", { class: "cps-choices" }, options)),
      chosen
        ? h("div", { class: `cps-why ${chosen.is_best ? "" : "cps-is-other"}` },
            h("p", { class: "cps-verdict" }, icon(chosen.is_best ? "check" : "alert"), h("span", {}, chosen.is_best ? labels.right : labels.other)),
            own(chosen.why, "p"),
            chosen.is_best ? null : h("p", {}, own(best.text, "b"), " ", own(best.why)),
            step.cited.map((ref) => citation(model, ref, { key: step.key })),
            line ? [h("p", { class: "cps-small cps-soft" }, labels.follow_up ?? ""), lineOf(line)] : null,
            h("button", { type: "button", class: "cps-button cps-primary", "data-key": "next", onclick: () => turn(() => { view.at += 1; }) }, go ?? ""))
        : null];
  }

  function summary() {
    const n = steps.filter((one) => chosenOf(one)?.is_best).length;
    return [
      h("h3", { "data-here": true }, say(labels.done, { n, total: steps.length })),
      h("p", {}, labels.moral ?? ""),
      h("ol", { class: "cps-agenda-list" }, items.map((item) => h("li", {},
        h("p", {}, own(item.label, "b"), " ", tagOf({ text: item.follow_up ? labels.later : labels.at_once, kind: item.follow_up ? "due" : "" })),
        h("p", { class: "cps-small" }, `${labels.prepared ?? ""} `, own(bestOf({ options: list(item.papers) }).text)),
        item.follow_up ? null : own(bestOf({ options: list(item.answers) }).text, "p", { class: "cps-small" })))),
      h("h3", {}, say(labels.notebook, { n: open.length })),
      open.map((item) => lineOf(item.follow_up)),
      h("p", {}, h("button", { type: "button", class: "cps-button", "data-key": "again", onclick: () => turn(() => { view.chosen = {}; view.at = 0; }) }, labels.again ?? ""))];
  }

  const title = get("title");
  return [h("section", { class: "cps-card" },
    h("div", { class: "cps-head" }, title ? h("h2", {}, title) : null, tagOf({ text: labels.not_scored, kind: "plain" })),
    own(get("intro"), "p", { class: "cps-small cps-soft" }),
    h("div", { class: "cps-steps", "aria-hidden": "true" }, steps.map((one, i) => h("span", { class: i === view.at ? "cps-now" : chosenOf(one) ? (chosenOf(one).is_best ? "cps-right" : "cps-other") : "" }))),
    step ? asking() : summary())];
});
