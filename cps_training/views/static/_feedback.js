// @ts-check
/* What is said after an answer: whether it was saved, the verdict, a nudge while tries are left, the clause it rests on. */
import { clauseFold } from "./_clause.js";
import { h, icon, list, own, tagOf } from "./_dom.js";

const VERDICT_SIGNS = { right: "check", partly: "half", wrong: "cross", blank: "ring", waiting: "ring" };
/** Letters up to which a right answer is a word to remember and stands out; a model answer is a text to read. */
const SHORT = 60;

/** @param {string} verdict @param {any[]} title @param {...any} tags */
function verdictLine(verdict, title, ...tags) {
  const sign = VERDICT_SIGNS[/** @type {keyof typeof VERDICT_SIGNS} */ (verdict)];
  const words = title.filter(Boolean);
  return h("div", { class: "cps-verdict-line" },
    words.length ? h("h3", { tabindex: "-1" }, sign ? icon(/** @type {any} */ (sign)) : null, h("span", {}, words)) : null, tags);
}

/** @param {any} feedback @param {Record<string, string>} labels */
export function verdictOf(feedback, labels) {
  const title = [feedback.verdict_label, feedback.verdict_label && feedback.headline ? " — " : null, own(feedback.headline)];
  const tags = [feedback.critical_label, feedback.score_label].filter(Boolean);
  return [
    title.some(Boolean) || tags.length ? verdictLine(feedback.verdict, title, tagOf({ text: feedback.critical_label, kind: "bad" }), tagOf({ text: feedback.score_label, kind: "plain" })) : null,
    feedback.correct_text ? h("p", { class: "cps-correct" }, h("span", { class: "cps-small cps-soft" }, `${labels.right_answer ?? ""} `), own(feedback.correct_text, feedback.correct_text.length > SHORT ? "span" : "b")) : null,
    own(feedback.explanation, "p"),
  ].filter(Boolean);
}

/** @param {any} nudge {verdict, title, text, note} */
export function nudgeOf(nudge) {
  return [
    verdictLine(nudge.verdict, [nudge.title]),
    own(nudge.text, "p"),
    nudge.note ? h("p", { class: "cps-small cps-soft" }, nudge.note) : null,
  ].filter(Boolean);
}

/** @param {any} model @param {any} clause @param {number} index @param {Record<string, string>} labels */
export function clauseOf(model, clause, index, labels) {
  return h("div", { class: "cps-clause" },
    h("p", {}, own(clause.label, "strong"), clause.title ? [" — ", own(clause.title)] : null),
    clause.summary ? clauseFold(model, clause, clause.id ?? index, h("span", {}, labels.read_clause ?? "", own(` ${clause.label}`, "span", { class: "cps-hidden" }))) : null);
}

/** Where nothing is judged, a review says in words what was chosen. @param {string} interaction @param {any} response @param {Record<string, string>} labels */
export function chosenMarks(interaction, response, labels) {
  const label = interaction === "mark_lines" ? labels.marked : labels.your_answer;
  const ids = [response?.choice, response?.reason, ...list(response?.choices)].filter(Boolean);
  return { options: Object.fromEntries(ids.map((id) => [id, { mark: "", label }])) };
}

/** Whether the answer was saved, in words that are read out when they change. */
export function statusLine() {
  const el = h("span", { class: "cps-status", role: "status", "aria-live": "polite" });
  let shown = "";
  return {
    el,
    /** @param {string} kind @param {string} text @param {any} n the same words are read again when it is another one */
    paint(kind, text, n) {
      const now = `${kind}|${text}|${n ?? ""}`;
      if (now === shown) return;
      shown = now;
      const sign = { saved: "check", error: "alert", notice: "alert" }[kind];
      el.className = `cps-status cps-status-${kind}`;
      el.replaceChildren(...(text ? [sign ? icon(/** @type {any} */ (sign)) : "", h("span", {}, text)] : []).filter(Boolean));
    },
  };
}
