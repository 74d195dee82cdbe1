// @ts-check
/* The handbook: sections that open, clauses that open above the page, the glossary, and one search box over all of it. */
import { h, announcer, list, onChange, own, redraw, tagOf, uid } from "./_dom.js";
import { citation, openClause } from "./_clause.js";

/** Several letters in a row are one question. */
const TYPING_MS = 250;
const SEARCH_WAIT_MS = 8000;
const LONGEST_QUERY = 100;
const TABS = ["clauses", "glossary"];
const TRAITS = ["title", "intro", "is_below", "context", "sections", "terms", "labels", "clause_labels", "locale"];

/** @param {{model: any, el: HTMLElement}} context */
function render({ model, el }) {
  const get = (/** @type {string} */ trait) => model.get(trait);
  const labels = () => get("labels") ?? {};
  const ids = Object.fromEntries(TABS.map((name) => [name, { tab: uid("tab"), panel: uid("panel") }]));
  const input = h("input", { type: "search", id: uid("search"), maxlength: LONGEST_QUERY, autocomplete: "off", spellcheck: "false", enterkeyhint: "search", "data-lm-suppress-shortcuts": "true", oninput: typed });
  const label = h("label", { for: input.id });
  const hint = h("span", { class: "cps-soft cps-tiny", id: uid("hint") });
  input.setAttribute("aria-describedby", hint.id);
  const search = h("form", { class: "cps-search", role: "search", onsubmit: (/** @type {Event} */ event) => { event.preventDefault(); ask(); } }, label, input, hint);
  const head = h("div", {});
  const says = h("p", { class: "cps-says cps-small cps-soft", "aria-hidden": "true" });
  const tabs = h("div", { class: "cps-tabs", role: "tablist", onkeydown: turn });
  const panels = Object.fromEntries(TABS.map((name) => [name, h("div", { role: "tabpanel", id: ids[name].panel, "aria-labelledby": ids[name].tab })]));
  const results = h("div", { class: "cps-results" });
  const root = h("div", { class: "cps-root cps-handbook" }, head, search, says, tabs, TABS.map((name) => panels[name]), results);
  const announce = announcer(root);
  let now = "clauses";
  let timer = 0;
  let waiting = 0;
  let asked = "";
  let failed = false;

  // --- searching --------------------------------------------------------------------------------------------------
  const query = () => input.value.trim();

  function typed() {
    clearTimeout(timer);
    if (query()) timer = window.setTimeout(ask, TYPING_MS);
    else ask();
  }

  function ask() {
    clearTimeout(timer);
    clearTimeout(waiting);
    waiting = 0;
    failed = false;
    asked = query();
    if (asked) {
      waiting = window.setTimeout(silent, SEARCH_WAIT_MS);
      try {
        model.send({ kind: "search", text: asked });
      } catch {
        silent();
      }
    }
    paint();
  }

  function silent() {
    clearTimeout(waiting);
    waiting = 0;
    failed = true;
    paint();
  }

  /** What was found for the words that stand in the box, or null. */
  function found() {
    const value = get("found");
    return asked && value && value.text === asked ? value : null;
  }

  function hear() {
    if (!found()) return;
    clearTimeout(waiting);
    waiting = 0;
    failed = false;
    paint();
  }

  // --- tabs -------------------------------------------------------------------------------------------------------
  /** @param {string} name @param {boolean} [focus] */
  function show(name, focus = false) {
    now = name;
    paint();
    if (focus) /** @type {any} */ (tabs.querySelector(`[data-key="tab:${name}"]`))?.focus();
  }

  /** @param {KeyboardEvent} event */
  function turn(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const to = event.key === "Home" ? 0 : event.key === "End" ? TABS.length - 1 : step ? (TABS.indexOf(now) + step + TABS.length) % TABS.length : -1;
    if (to < 0) return;
    event.preventDefault();
    show(TABS[to], true);
  }

  function paintTabs() {
    redraw(tabs, TABS.map((name) => h("button", {
      type: "button", role: "tab", id: ids[name].tab, class: "cps-tab", "data-key": `tab:${name}`, "aria-selected": String(name === now), "aria-controls": ids[name].panel,
      tabindex: name === now ? "0" : "-1", onclick: () => show(name),
    }, labels()[name] ?? "")));
  }

  // --- drawing ----------------------------------------------------------------------------------------------------
  /** @param {any} clause @param {string} where @param {boolean} whole with the words of its citation instead of its number */
  function row(clause, where, whole) {
    return h("li", { class: clause.is_heading ? "cps-is-heading" : "" },
      h("button", { type: "button", class: "cps-row-cite", "aria-haspopup": "dialog", "data-key": `${where}:${clause.id}`, onclick: (/** @type {Event} */ event) => openClause(model, clause, event) },
        own(whole ? clause.label : clause.number, "b"), own(clause.title)));
  }

  /** @param {any} unit */
  function contextUnit(unit) {
    const notes = list(unit.notes);
    return h("details", { class: "cps-unit", "data-key": `unit:${unit.id}` }, h("summary", {}, own(unit.title)),
      h("div", { class: "cps-clause-text" },
        own(unit.summary, "p", { lang: "th" }),
        notes.length ? h("div", { class: "cps-clause-part" }, h("p", { class: "cps-clause-name" }, labels().notes ?? ""),
          h("ul", { class: "cps-notes-list" }, notes.map((note) => own(note, "li", { lang: "th", class: "cps-soft cps-small" })))) : null));
  }

  /** @param {any} section */
  function sectionOf(section) {
    return h("details", { class: "cps-section", "data-key": `section:${section.id}` },
      h("summary", {}, own(section.title, "span", { class: "cps-section-name" }), h("span", { class: "cps-section-count cps-tiny cps-soft" }, section.count)),
      h("div", { class: "cps-open" },
        list(section.context).map(contextUnit),
        h("ul", { class: "cps-list" }, list(section.clauses).map((clause) => row(clause, "clause", false))),
        h("p", { class: "cps-tiny cps-soft" }, section.page)));
  }

  /** @param {any} term */
  function termOf(term) {
    const see = list(term.see);
    return h("li", {},
      h("p", {}, own(term.th, "span", { lang: "th", class: "cps-term" }), " ", own(term.en, "span", { lang: "en", class: "cps-soft cps-small" })),
      term.note ? h("p", { class: "cps-term-note" }, own(term.note), " ", tagOf(term.tag)) : null,
      see.length ? h("div", { class: "cps-see" }, see.map((ref) => citation(model, ref, { bare: true, key: term.id }))) : null);
  }

  function paintBook() {
    redraw(panels.clauses, [list(get("context")).map(contextUnit), h("div", { class: "cps-card" }, list(get("sections")).map(sectionOf))]);
    redraw(panels.glossary, [h("div", { class: "cps-card" }, h("ul", { class: "cps-terms" }, list(get("terms")).map(termOf)))]);
  }

  /** @param {any} hits */
  function paintHits(hits) {
    const clauses = new Map(list(get("sections")).flatMap((section) => list(section.clauses)).map((clause) => [clause.id, clause]));
    const terms = new Map(list(get("terms")).map((term) => [term.id, term]));
    const foundClauses = list(hits?.clauses).map((id) => clauses.get(id)).filter(Boolean);
    const foundTerms = list(hits?.terms).map((id) => terms.get(id)).filter(Boolean);
    redraw(results, [
      foundClauses.length ? h("section", { class: "cps-card" }, h("h3", { class: "cps-group" }, labels().clauses), h("ul", { class: "cps-list cps-hits" }, foundClauses.map((clause) => row(clause, "hit", true)))) : null,
      foundTerms.length ? h("section", { class: "cps-card" }, h("h3", { class: "cps-group" }, labels().glossary), h("ul", { class: "cps-terms" }, foundTerms.map(termOf))) : null,
    ]);
  }

  /** What is searched, what is seen: the hits, or the open tab. */
  function paint() {
    const hits = found();
    const text = !asked ? "" : failed ? labels().failed : hits ? hits.say : waiting ? labels().searching : "";
    if (says.textContent !== (text ?? "")) {
      says.textContent = text ?? "";
      if (asked && (hits || failed)) announce(text ?? "");
    }
    paintTabs();
    tabs.hidden = Boolean(asked);
    for (const name of TABS) panels[name].hidden = Boolean(asked) || name !== now;
    results.hidden = !asked;
    if (hits || !asked) paintHits(hits); // the last hits stay until the next ones are there
  }

  function paintAll() {
    root.lang = get("locale") || "th";
    const title = get("title");
    const intro = get("intro");
    redraw(head, [title ? h(get("is_below") ? "h2" : "h1", { class: "cps-title" }, title) : null, intro ? h("p", { class: "cps-soft" }, intro) : null]);
    label.textContent = labels().search ?? "";
    hint.textContent = labels().hint ?? "";
    paintBook();
    paint();
  }

  paintAll();
  el.append(root);
  const stops = [onChange(model, TRAITS, paintAll), onChange(model, ["found"], hear)];
  return () => {
    clearTimeout(timer);
    clearTimeout(waiting);
    stops.forEach((stop) => stop());
    root.remove();
  };
}

export default { render };
