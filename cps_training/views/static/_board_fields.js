// @ts-check
/* Parts of the form of a finding: what is being written, its name, its evidence, its clauses. Knows no case and no text. */
import { actionButton, content, h, icon, land, list, own, say, uid } from "./_dom.js";
import { citation } from "./_clause.js";

const MOST_CLAUSES = 3;
const LONGEST_WORDS = 300;
/** More marks than this fold away by their source. */
const FEW_MARKS = 6;
/** Letters a select shows on a phone, and on a wide screen; marks above and below a Thai letter take no room. */
const [FITS_A_PHONE, FITS_A_SCREEN] = [27, 40];
const THAI_MARKS = /[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]/g;

/**
 * A finding being written. way: chosen from the list or in one's own words; picked: the kind from the list; matched: the kind of one's
 * own words, "" when they are none of the list, null while that is not said; last: what was matched.
 * @typedef {{id: string, isNew: boolean, way: "list" | "own", picked: string, words: string, matched: string | null, last: string, evidence: string[],
 *   clauses: string[], cause: string, severity: number | null, partner: string, step: string, filter: string}} Draft
 */

/** @param {any} finding @param {string} id @returns {Draft} */
export function draftOf(finding, id) {
  const words = finding?.words ?? "";
  return {
    id, isNew: !finding, way: words ? "own" : "list", picked: words ? "" : finding?.kind ?? "", words, matched: words ? finding.kind ?? "" : null, last: "",
    evidence: list(finding?.evidence).map((e) => e.reference), clauses: list(finding?.clauses).map((c) => c.id),
    cause: finding?.cause?.value ?? "", severity: finding?.severity?.value ?? null, partner: finding?.partner?.value ?? "", step: finding?.step?.value ?? "", filter: "",
  };
}

/** Every mark that can be attached: the marked ones, and those the finding holds from before. @param {any[]} marked @param {any} finding */
function marksFor(marked, finding) {
  const here = new Set(marked.map((m) => m.reference));
  return [...marked, ...list(finding?.evidence).filter((e) => !here.has(e.reference))];
}

/** What is sent of a draft; choices that are no longer there are left out. @param {Draft} draft @param {any} get @param {any} finding */
export function putOf(draft, get, finding) {
  const options = get("options") ?? {};
  const clauses = new Set([...list(options.clauses).flatMap((g) => list(g.options).map((o) => o.value)), ...list(finding?.clauses).map((c) => c.id)]);
  const marks = new Set(marksFor(list(get("marked")), finding).map((m) => m.reference));
  const own = draft.way === "own";
  return {
    id: draft.id, kind: (own ? draft.matched : draft.picked) || null, words: own ? draft.words.trim() : "",
    evidence: draft.evidence.filter((r) => marks.has(r)), clauses: draft.clauses.filter((c) => clauses.has(c)),
    cause: draft.cause || null, severity: draft.severity, partner: draft.partner || null, step: draft.step || null,
  };
}

/** A numbered part of the form. @param {string} number @param {string} title @param {string} hint @param {...any} children */
export function part(number, title, hint, ...children) {
  const id = uid("part");
  return h("fieldset", { class: "cps-part", "aria-describedby": hint ? id : null },
    h("legend", {}, h("span", { class: "cps-part-number", "aria-hidden": "true" }, number), h("span", {}, title)),
    hint ? h("p", { class: "cps-small cps-soft", id }, hint) : null, children);
}

/** @param {any} option @param {string} chosen @param {boolean} [isTaken] @param {string} [note] */
function optionOf(option, chosen, isTaken = false, note = "") {
  return h("option", { value: option.value, selected: option.value === chosen, disabled: isTaken, ...content() }, isTaken && note ? `${option.label} (${note})` : option.label);
}

/** A select cuts a long text off on a phone: all of what is chosen stands below it. @param {any} select */
function wholeBelow(select) {
  const whole = h("p", { class: "cps-small cps-soft cps-whole", "aria-hidden": "true", ...content() });
  const show = () => {
    const text = select.value ? select.selectedOptions[0]?.textContent ?? "" : "";
    const room = text.replace(THAI_MARKS, "").length;
    whole.textContent = room > FITS_A_PHONE ? text : "";
    whole.classList.toggle("cps-phone-only", room <= FITS_A_SCREEN);
  };
  select.addEventListener("change", show);
  show();
  return whole;
}

/** A select without a group. @param {Draft} draft @param {"cause" | "partner" | "step"} name @param {any[]} options @param {any} labels @param {() => void} keep */
export function selectPart(draft, name, options, labels, keep) {
  const select = h("select", { class: "cps-input", "aria-label": labels[name], "data-key": `${draft.id}:${name}`, onchange: (/** @type {any} */ e) => { draft[name] = e.target.value; keep(); } },
    h("option", { value: "", selected: !draft[name] }, labels.not_yet), options.map((o) => optionOf(o, draft[name])));
  return [select, wholeBelow(select)];
}

/** @param {Draft} draft @param {any[]} severities @param {string} group @param {() => void} keep */
export function severityPart(draft, severities, group, keep) {
  return h("div", { class: "cps-severities" }, severities.map((one) => h("label", { class: "cps-check" },
    h("input", { type: "radio", name: group, value: one.value, checked: draft.severity === one.value, "data-key": `${draft.id}:severity:${one.value}`, onchange: () => { draft.severity = one.value; keep(); } }),
    h("span", {}, one.label))));
}

/**
 * Which of the list it is: a grouped select that a few letters make shorter. What is on the board already cannot be taken again.
 * @param {Draft} draft @param {any} get @param {Set<string>} taken @param {any} tools
 */
function listWay(draft, get, taken, { keep, announce }) {
  const labels = get("labels") ?? {};
  const themes = list((get("options") ?? {}).themes);
  const [filterId, id] = [uid("filter"), uid("kind")];
  const select = h("select", { class: "cps-input", id, "data-key": `${draft.id}:kind`, onchange: (/** @type {any} */ e) => { draft.picked = e.target.value; keep(); } });
  const count = h("span", { class: "cps-tiny cps-soft" });

  /** @param {string} wanted */
  function narrow(wanted) {
    const letters = wanted.trim().toLocaleLowerCase();
    let n = 0;
    const fits = (/** @type {any} */ o) => !letters || o.label.toLocaleLowerCase().includes(letters);
    select.replaceChildren(h("option", { value: "" }, labels.choose), ...themes.flatMap((theme) => {
      const found = list(theme.options).filter((o) => fits(o) || o.value === draft.picked);
      n += found.filter(fits).length;
      return found.length ? [h("optgroup", { label: theme.label, ...content() }, found.map((o) => optionOf(o, draft.picked, taken.has(o.value), labels.taken)))] : [];
    }));
    count.textContent = letters ? say(labels.filter_count, { n }) : "";
    return count.textContent;
  }

  narrow(draft.filter);
  return h("div", { class: "cps-way" },
    h("div", { class: "cps-field" }, h("label", { for: filterId }, labels.filter),
      h("input", { class: "cps-input", type: "search", id: filterId, value: draft.filter, autocomplete: "off", "data-key": `${draft.id}:filter`, oninput: (/** @type {any} */ e) => { draft.filter = e.target.value; announce(narrow(draft.filter)); } }), count),
    h("div", { class: "cps-field" }, h("label", { for: id }, labels.kind), select, wholeBelow(select)));
}

/**
 * In one's own words: what of the list they are is offered with the words it was found by, and taken only when somebody says so.
 * @param {Draft} draft @param {any} get @param {Set<string>} taken @param {any} tools
 */
function ownWay(draft, get, taken, { keep, repaint, save, isBusy, note, root }) {
  const labels = get("labels") ?? {};
  const matches = get("matches");
  const id = uid("words");
  const titles = new Map(list((get("options") ?? {}).themes).flatMap((t) => list(t.options).map((o) => [o.value, o.label])));
  const settle = (/** @type {string | null} */ kind) => { draft.matched = kind; keep(); repaint(); land(root.querySelector(kind === null ? "[data-words]" : "[data-settled]")); };
  const match = (/** @type {Event} */ e) => {
    e.preventDefault();
    if (!draft.words.trim()) return root.querySelector("[data-words]").focus();
    draft.last = draft.words.trim();
    save("match", { text: draft.last }, "match");
  };
  const typed = (/** @type {any} */ e) => {
    draft.words = e.target.value;
    const wasSettled = draft.matched !== null;
    draft.matched = null;
    keep();
    if (wasSettled || root.querySelector(".cps-matches")) repaint(); // what was found was found for other words
  };
  const isFound = draft.matched === null && draft.last && matches?.text === draft.last && draft.last === draft.words.trim();
  const rowOf = (/** @type {any} */ row) => {
    const isTaken = taken.has(row.kind);
    return h("li", {}, own(row.title, "b", { class: "cps-block" }),
      list(row.words).length ? h("p", { class: "cps-small cps-soft" }, labels.shared, " ", list(row.words).map((w, n) => [n ? " " : null, own(w, "mark")])) : null,
      isTaken ? h("p", { class: "cps-small cps-soft" }, labels.taken)
        : h("button", { type: "button", class: "cps-button", "data-key": `use:${row.kind}`, onclick: () => settle(row.kind) }, labels.use, h("span", { class: "cps-hidden" }, " ", own(row.title))));
  };
  const settled = draft.matched === null ? null : h("div", { class: "cps-settled", "data-settled": true, tabindex: "-1" },
    draft.matched ? h("p", {}, icon("check"), " ", labels.matched, " ", own(titles.get(draft.matched) ?? draft.matched, "b")) : h("p", {}, labels.unmatched_note),
    h("button", { type: "button", class: "cps-link", "data-key": "change", onclick: () => settle(null) }, labels.change));
  return h("form", { class: "cps-way", novalidate: true, onsubmit: match },
    h("div", { class: "cps-field" }, h("label", { for: id }, labels.words),
      h("textarea", { class: "cps-input", id, rows: "2", maxlength: LONGEST_WORDS, "data-words": true, "data-key": `${draft.id}:words`, oninput: typed }, draft.words)),
    settled ?? h("div", { class: "cps-row" }, h("button", { type: "submit", class: "cps-button", "data-key": "match", "aria-disabled": isBusy("match") ? "true" : null }, labels.match), note("match")),
    isFound ? h("div", { class: "cps-matches" },
      h("p", { "data-matches": true }, list(matches.rows).length ? labels.found : matches.none),
      h("ul", {}, list(matches.rows).map(rowOf)),
      h("button", { type: "button", class: "cps-button", "data-key": "no-match", onclick: () => settle("") }, labels.no_match)) : null);
}

/** @param {Draft} draft @param {any} get @param {Set<string>} taken @param {any} tools */
export function namePart(draft, get, taken, tools) {
  const labels = get("labels") ?? {};
  const group = uid("way");
  const ways = /** @type {["list" | "own", string][]} */ ([["list", labels.way_list], ["own", labels.way_own]]);
  return [
    h("div", { class: "cps-ways" }, ways.map(([way, label]) => h("label", { class: "cps-check" },
      h("input", { type: "radio", name: group, value: way, checked: draft.way === way, "data-key": `${draft.id}:way:${way}`, onchange: () => { draft.way = way; tools.keep(); tools.repaint(); } }), h("span", {}, label)))),
    draft.way === "list" ? listWay(draft, get, taken, tools) : ownWay(draft, get, taken, tools),
  ];
}

/** What kind of evidence it is, in words. @param {any} mark @param {any} labels */
export function sortOf(mark, labels) {
  return h("span", { class: "cps-tiny cps-soft" }, " · ", mark.is_document ? labels.document : labels.hearsay);
}

/** @param {Draft} draft @param {any} get @param {any} finding @param {any} tools */
export function evidencePart(draft, get, finding, { model, keep }) {
  const labels = get("labels") ?? {};
  const marks = marksFor(list(get("marked")), finding);
  if (!marks.length) return [h("p", {}, labels.evidence_empty), h("div", { class: "cps-row" }, actionButton(model, { id: "tab:papers", label: labels.to_papers }))];
  /** @type {Map<string, any[]>} */
  const sources = new Map();
  for (const mark of marks) sources.set(mark.source, [...(sources.get(mark.source) ?? []), mark]);
  const chosen = (/** @type {any[]} */ of) => of.filter((m) => draft.evidence.includes(m.reference)).length;
  return [...sources].map(([source, of], n) => {
    const count = h("span", { class: "cps-tiny cps-soft cps-count" });
    const paint = () => { count.textContent = say(labels.chosen_of, { n: chosen(of), total: of.length }); };
    const tick = (/** @type {any} */ e, /** @type {string} */ reference) => {
      draft.evidence = draft.evidence.filter((r) => r !== reference);
      if (e.target.checked) draft.evidence.push(reference);
      keep();
      paint();
    };
    paint();
    const boxes = of.map((mark) => h("label", { class: "cps-check" },
      h("input", { type: "checkbox", value: mark.reference, checked: draft.evidence.includes(mark.reference), "data-key": `${draft.id}:mark:${mark.reference}`, onchange: (/** @type {any} */ e) => tick(e, mark.reference) }),
      h("span", {}, own(mark.text), sortOf(mark, labels))));
    const name = h("span", {}, own(source, "b"), " ", count);
    return marks.length > FEW_MARKS ? h("details", { "data-key": `source:${source}`, open: n === 0 || chosen(of) > 0 }, h("summary", {}, name), boxes) : h("div", {}, h("p", { class: "cps-small" }, name), boxes);
  });
}

/** Up to three clauses, as chips that open them. @param {Draft} draft @param {any} get @param {any} finding @param {any} tools */
export function clausesPart(draft, get, finding, { model, keep, repaint, root, announce }) {
  const labels = get("labels") ?? {};
  const groups = list((get("options") ?? {}).clauses);
  const known = new Map(groups.flatMap((g) => list(g.options).map((o) => [o.value, { id: o.value, label: o.label, title: "" }])));
  for (const clause of list(finding?.clauses)) known.set(clause.id, clause);
  const chosen = draft.clauses.filter((c) => known.has(c));
  const isFull = chosen.length >= MOST_CLAUSES;
  const id = uid("clause");
  const select = h("select", { class: "cps-input", id, disabled: isFull, "data-key": `${draft.id}:clause` }, h("option", { value: "" }, labels.choose),
    groups.map((g) => h("optgroup", { label: g.label, ...content() }, list(g.options).map((o) => optionOf(o, "", chosen.includes(o.value))))));
  const add = () => {
    const value = select.value;
    if (!value || isFull || chosen.includes(value)) return select.focus();
    draft.clauses = [...chosen, value];
    select.value = "";
    keep();
    repaint();
    announce(say(labels.clauses_chosen, { n: draft.clauses.length, most: MOST_CLAUSES }));
  };
  const remove = (/** @type {string} */ clause) => {
    draft.clauses = chosen.filter((c) => c !== clause);
    keep();
    repaint();
    root.querySelector("[data-clause-select]")?.querySelector("select")?.focus();
  };
  return [
    chosen.length ? h("ul", { class: "cps-chips" }, chosen.map((c) => h("li", {}, citation(model, known.get(c), { key: draft.id }),
      h("button", { type: "button", class: "cps-chip-out", "data-key": `out:${c}`, onclick: () => remove(c) }, icon("cross"), h("span", { class: "cps-hidden" }, labels.remove, " ", own(known.get(c).label)))))) : null,
    isFull ? h("p", { class: "cps-small cps-soft" }, labels.clauses_full) : null,
    h("div", { class: "cps-field", "data-clause-select": true, hidden: isFull }, h("label", { for: id }, labels.clause),
      h("div", { class: "cps-beside" }, select, h("button", { type: "button", class: "cps-button", "data-key": "add-clause", onclick: add }, labels.add_clause))),
  ];
}
