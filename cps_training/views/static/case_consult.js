// @ts-check
/* Questions to the academic groups: what was said stands under each, until the right group has answered. */
import { h, icon, list, own, rich, say, uid } from "./_dom.js";
import { citation } from "./_clause.js";
import { drawnSaving } from "./_saving.js";

/** @param {any} said @param {string} question @param {any} labels */
function answerOf(said, question, labels) {
  return h("li", { class: `cps-answer ${said.is_right ? "cps-is-right" : ""}`, "data-answer": `${question}:${said.group}`, tabindex: "-1" },
    h("p", {}, own(said.label, "b")),
    h("p", { class: "cps-small cps-stand" }, said.is_right ? icon("check") : icon("half"), " ", said.is_right ? labels.right : labels.elsewhere),
    own(said.answer, "p"));
}

/** @param {any} one @param {any} get @param {any} tools */
function questionCard(one, get, { model, view, repaint, save, isBusy, note, root, announce }) {
  const labels = get("labels") ?? {};
  const asked = list(one.asked);
  const left = list(one.groups).filter((group) => !asked.some((a) => a.group === group.id));
  const says = uid("says");
  const send = (/** @type {Event} */ e) => {
    e.preventDefault();
    const chosen = /** @type {HTMLFormElement} */ (e.currentTarget).querySelector("input:checked");
    view.missing = chosen ? "" : one.id;
    if (!chosen) {
      repaint();
      announce(labels.choose_first ?? "");
      return root.querySelector(`[data-question="${one.id}"] input`)?.focus();
    }
    save("consult", { question: one.id, group: /** @type {HTMLInputElement} */ (chosen).value }, one.id);
  };
  const group = uid("group");
  return h("section", { class: "cps-card cps-question", "data-question": one.id },
    own(one.question, "h3"),
    asked.length ? h("ul", { class: "cps-answers" }, asked.map((said) => answerOf(said, one.id, labels))) : null,
    one.is_done && list(one.clauses).length ? h("div", { class: "cps-cited cps-small" }, h("span", { class: "cps-soft" }, labels.clauses), list(one.clauses).map((c) => citation(model, c, { key: one.id }))) : null,
    one.is_done ? null : h("form", { novalidate: true, onsubmit: send },
      h("fieldset", { "aria-describedby": says }, h("legend", { class: "cps-small cps-soft" }, labels.ask),
        h("div", { class: "cps-choices" }, left.map((g) => h("label", { class: "cps-check" }, h("input", { type: "radio", name: group, value: g.id, "data-key": `${one.id}:${g.id}` }), own(g.label))))),
      h("p", { class: "cps-wrong-text cps-small", id: says }, view.missing === one.id ? [icon("alert"), h("span", {}, labels.choose_first)] : null),
      h("div", { class: "cps-row" }, h("button", { type: "submit", class: "cps-button", "data-key": `ask:${one.id}`, "aria-disabled": isBusy(one.id) ? "true" : null }, labels.send))),
    note(one.id));
}

export default drawnSaving("cps-consult", ["heading", "intro", "questions"], (get, tools) => {
  const { view, landLater } = tools;
  const labels = get("labels") ?? {};
  const questions = list(get("questions"));
  if (view.done) {
    const last = list(questions.find((one) => one.id === view.done)?.asked).at(-1);
    if (last) landLater(`[data-answer="${view.done}:${last.group}"]`);
    view.done = "";
  }
  const n = questions.filter((one) => one.is_done).length;
  return [
    get("heading") ? h("h2", {}, get("heading")) : null,
    get("intro") ? h("p", { class: "cps-soft cps-intro" }, rich(get("intro"))) : null,
    questions.length ? h("p", { class: "cps-small cps-soft" }, say(labels.progress, { n, total: questions.length })) : h("p", { class: "cps-card" }, labels.empty),
    h("div", { class: "cps-questions" }, questions.map((one) => questionCard(one, get, tools))),
  ];
}, (place, kind, view) => {
  if (kind === "saved") view.done = place;
});
