// @ts-check
/* The form of a finding: opening, keeping and saving what is being written. Knows no case and no text.
 *
 * Labels: new_title, edit_title, back, save, name, name_hint, way_list, way_own, filter, filter_count "… {n}", kind, choose, taken, words, match,
 * found, shared, use, matched, no_match, unmatched_note, change, need_name, need_match, evidence, evidence_hint, evidence_empty, to_papers,
 * chosen_of "{n} … {total}", document, hearsay, clauses, clauses_hint, clause, add_clause, remove, clauses_full, clauses_chosen "{n} … {most}",
 * cause, severity, partner, step, not_yet.
 */
import { h, icon, land, list, randomHex, uid } from "./_dom.js";
import { clausesPart, draftOf, evidencePart, namePart, part, putOf, selectPart, severityPart } from "./_board_fields.js";

/** @param {string} store */
const boardKey = (store) => `cps-board:${store}`;

/** What was being written when this board was last shown, or null. @param {string} store @returns {any} */
function keptDraft(store) {
  if (!store) return null;
  try {
    const kept = JSON.parse(sessionStorage.getItem(boardKey(store)) ?? "null");
    return kept && typeof kept.id === "string" && Array.isArray(kept.evidence) && Array.isArray(kept.clauses) ? { ...draftOf(null, kept.id), ...kept } : null;
  } catch {
    return null;
  }
}

/** @param {string} store @param {any} draft null forgets it */
function keepDraft(store, draft) {
  if (!store) return;
  try {
    if (draft) sessionStorage.setItem(boardKey(store), JSON.stringify(draft));
    else sessionStorage.removeItem(boardKey(store));
  } catch {
    // a browser may refuse to keep anything: then it lives as long as the board is shown
  }
}

/** What is open at first: what Python says, else what was being written. @param {any} get @param {Record<string, any>} view */
export function openAtFirst(get, view) {
  if ("draft" in view) return;
  const findings = list(get("findings"));
  const named = get("editing") ?? "";
  const kept = keptDraft(get("store") ?? "");
  const isOf = (/** @type {string} */ id) => findings.some((f) => f.id === id);
  const mayGoOn = kept && (kept.isNew ? !isOf(kept.id) && (named === "" || named === "new") : isOf(kept.id) && (named === "" || named === kept.id));
  if (mayGoOn) view.draft = kept;
  else view.draft = named ? newDraft(findings, named) : null;
}

/** @param {any[]} findings @param {string} id "new", or a finding's */
export function newDraft(findings, id) {
  const finding = findings.find((f) => f.id === id);
  return finding ? draftOf(finding, id) : draftOf(null, `f${randomHex(4)}`);
}

/** Nothing is being written any more. @param {any} get @param {Record<string, any>} view */
export function closeForm(get, view) {
  view.draft = null;
  view.refused = "";
  keepDraft(get("store") ?? "", null);
}

/** @param {any} get @param {any} tools */
export function boardForm(get, tools) {
  const { view, repaint, save, isBusy, note, root, announce } = tools;
  const labels = get("labels") ?? {};
  const options = get("options") ?? {};
  const draft = view.draft;
  const findings = list(get("findings"));
  const finding = findings.find((f) => f.id === draft.id);
  const taken = new Set(findings.filter((f) => f.id !== draft.id && f.kind).map((f) => f.kind));
  const keep = () => keepDraft(get("store") ?? "", draft);
  const more = { ...tools, keep };

  const refuse = (/** @type {string} */ text, /** @type {string} */ at) => {
    view.refused = text;
    repaint();
    announce(text);
    root.querySelector(at)?.focus();
  };
  const send = () => {
    const put = putOf(draft, get, finding);
    if (!put.kind && !put.words) return refuse(labels.need_name, draft.way === "own" ? "[data-words]" : "[data-name] select");
    if (draft.way === "own" && draft.matched === null) return refuse(labels.need_match, "[data-key=match]");
    view.refused = "";
    save("put", { finding: put }, "form");
  };
  const back = () => {
    const id = draft.id;
    closeForm(get, view);
    repaint();
    land(root.querySelector(`[data-finding="${id}"] h3`) ?? root.querySelector("[data-key=add]"));
  };
  const choice = (/** @type {"cause" | "partner" | "step"} */ name, /** @type {any[]} */ of) => selectPart(draft, name, list(of), labels, keep);

  return [
    h("div", { class: "cps-row cps-form-head" }, h("button", { type: "button", class: "cps-link cps-back", "data-key": "back", onclick: back }, labels.back)),
    h("h2", { "data-form-title": true }, draft.isNew ? labels.new_title : labels.edit_title),
    h("div", { class: "cps-board-form" },
      h("div", { class: "cps-card cps-parts" },
        h("div", { "data-name": true }, part("1", labels.name, labels.name_hint, namePart(draft, get, taken, more),
          h("p", { class: "cps-wrong-text cps-small" }, view.refused ? [icon("alert"), h("span", {}, view.refused)] : null))),
        part("2", labels.evidence, list(get("marked")).length ? labels.evidence_hint : "", evidencePart(draft, get, finding, more)),
        part("3", labels.clauses, labels.clauses_hint, clausesPart(draft, get, finding, more))),
      h("div", { class: "cps-card cps-parts" },
        part("4", labels.cause, "", choice("cause", options.causes)),
        part("5", labels.severity, "", severityPart(draft, list(options.severities), uid("severity"), keep)),
        part("6", labels.partner, "", choice("partner", options.partners)),
        part("7", labels.step, "", choice("step", options.steps)))),
    h("div", { class: "cps-row cps-form-foot" },
      h("button", { type: "button", class: "cps-button cps-primary", "data-key": "save", "aria-disabled": isBusy("form") ? "true" : null, onclick: send }, labels.save),
      note("form")),
  ];
}
