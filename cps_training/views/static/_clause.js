// @ts-check
/* How a clause of the handbook is shown, wherever it is cited: its text, the button that opens it, the sheet it opens in. */
import { h, icon, land, list, own, safeHref, tagOf, uid } from "./_dom.js";

/** Without a word from Python for this long the sheet says so and offers to ask again. */
const CLAUSE_WAIT_MS = 8000;
/** More values than this fold away, so that a clause stays a screen. */
const FEW = 2;

/** Content is Thai whatever the language of the page; only what was translated is not. @param {any} text @param {string} [tag] @param {string} [more] */
function thai(text, tag = "p", more = "") {
  return text ? own(text, tag, { lang: "th", class: more }) : null;
}

/** @param {any[]} facts */
function factsOf(facts) {
  return h("ul", { class: "cps-facts" }, facts.map((fact) => h("li", {}, own(fact.text), " ", tagOf(fact.tag), fact.note ? own(fact.note, "span", { class: "cps-tiny cps-soft cps-fact-note" }) : null)));
}

/**
 * How the reader stands with a clause: what was answered, when to meet it again, where to practise.
 * @param {any} model @param {any} seen
 */
function seenOf(model, seen) {
  const labels = model.get("clause_labels") ?? {};
  if (!seen?.text || !labels.seen) return null;
  const href = safeHref(seen.action?.href);
  return h("div", { class: "cps-clause-part cps-seen" },
    h("p", { class: "cps-clause-name" }, labels.seen),
    h("p", {}, seen.text, " ", tagOf(seen.tag)),
    seen.due ? h("p", { class: "cps-small cps-soft" }, seen.due) : null,
    href ? h("p", {}, h("a", { href, class: "cps-cite", "data-key": "practise" }, h("span", {}, `${labels.practise ?? ""} `, own(seen.action.label)))) : null);
}

/**
 * The text of a clause below its heading.
 * @param {any} model @param {any} card @param {(ref: any, event: Event) => void} [follow] what pressing a related clause does
 */
export function clauseText(model, card, follow) {
  const labels = model.get("clause_labels") ?? {};
  const part = (/** @type {string} */ title, /** @type {any} */ content) => (content ? h("div", { class: "cps-clause-part" }, title ? h("p", { class: "cps-clause-name" }, title) : null, content) : null);
  const facts = list(card.facts);
  const lessons = list(card.lessons).filter((lesson) => safeHref(lesson.href));
  const related = list(card.related);
  const notes = list(card.notes);
  return h("div", { class: "cps-clause-text" },
    card.other?.text ? own(card.other.text, "p", { lang: card.other.lang, class: "cps-small cps-soft" }) : null,
    card.kind_note ? h("p", { class: "cps-small cps-soft" }, card.kind_note) : null,
    thai(card.summary),
    card.objective ? part(labels.objective, h("p", {}, own(card.objective), card.level ? tagOf({ text: card.level, kind: "plain" }, "cps-level") : null)) : null,
    facts.length > FEW ? h("details", { "data-key": `facts:${card.id}` }, h("summary", {}, `${labels.facts ?? ""} (${facts.length})`), factsOf(facts)) : facts.length ? part(labels.facts, factsOf(facts)) : null,
    related.length ? part(labels.related, h("ul", { class: "cps-related" }, related.map((ref) => h("li", {}, citation(model, ref, { follow }))))) : null,
    notes.length ? part(labels.notes, h("ul", { class: "cps-notes-list" }, notes.map((note) => thai(note, "li", "cps-small cps-soft")))) : null,
    lessons.length ? part(labels.lessons, h("ul", { class: "cps-related" }, lessons.map((lesson) => h("li", {}, own(lesson.label, "a", { href: lesson.href, class: "cps-cite" }))))) : null,
    seenOf(model, card.seen),
    card.page ? h("p", { class: "cps-tiny cps-soft" }, card.page) : null);
}

/**
 * A citation that opens its clause: a button as tall as a thumb, with the title where there is room for it.
 * @param {any} model @param {any} ref {id, label, title} @param {{follow?: (ref: any, event: Event) => void, bare?: boolean, key?: string}} [how]
 */
export function citation(model, ref, { follow, bare = false, key = "" } = {}) {
  return h("button", {
    type: "button", class: "cps-cite", "aria-haspopup": "dialog", "data-key": `cite:${key}:${ref.id}`,
    onclick: (/** @type {Event} */ event) => (follow ? follow(ref, event) : openClause(model, ref, event)),
  }, h("span", {}, own(ref.label, "b"), bare || !ref.title ? null : [" ", own(ref.title)]));
}

/**
 * Open the sheet of a clause above the page; closing it gives the focus back to where it was opened.
 * @param {any} model @param {any} ref {id, label, title} or a whole card @param {Event} event the press
 * @param {{opener?: HTMLElement, root?: Element | null}} [from] what was pressed and which widget shows it, where the event does not say
 */
export function openClause(model, ref, event, from = {}) {
  const opener = from.opener ?? /** @type {HTMLElement} */ (event.currentTarget);
  const root = from.root ?? opener.closest(".cps-root");
  if (!root || root.querySelector("dialog.cps-sheet[open]")) return;
  const labels = () => model.get("clause_labels") ?? {};
  const title = h("h2", { id: uid("clause"), tabindex: "-1" });
  const back = h("button", { type: "button", class: "cps-sheet-button cps-sheet-back", onclick: goBack }, h("span", {}, labels().back ?? ""));
  const close = h("button", { type: "button", class: "cps-sheet-button", onclick: () => sheet.close() }, h("span", {}, labels().close ?? ""), icon("cross"));
  const body = h("div", { class: "cps-sheet-body" });
  const standing = h("div", { class: "cps-clause-text" });
  // Inside JupyterLab no key pressed here is a command of the notebook.
  const sheet = h("dialog", { class: "cps-sheet", "aria-labelledby": title.id, "data-lm-suppress-shortcuts": "true" },
    h("div", { class: "cps-sheet-bar" }, back, close), title, body);
  /** @type {any[]} */
  const path = [ref];
  let waiting = 0;
  let shown = "";

  const known = (/** @type {any} */ one) => (one.summary ? one : (model.get("clause_cards") ?? {})[one.id]);

  function paint() {
    const now = path[path.length - 1];
    const card = known(now);
    const is = card && !card.failed ? card : null;
    title.replaceChildren(...[own((is ?? now).label), (is ?? now).title ? own((is ?? now).title, "span", { class: "cps-sheet-title" }) : null].filter(Boolean));
    back.hidden = path.length < 2;
    if (is) {
      body.replaceChildren(clauseText(model, is, follow), standing, ...[pageLink(is)].filter(Boolean));
    } else if (waiting) {
      body.replaceChildren(h("p", { class: "cps-soft", role: "status" }, labels().opening ?? ""));
    } else {
      const gone = card === null;
      body.replaceChildren(h("p", { role: "status" }, (gone ? labels().missing : card?.failed ?? labels().failed) ?? ""),
        ...(gone ? [] : [h("button", { type: "button", class: "cps-button", onclick: () => { title.focus(); ask(now); } }, labels().retry ?? "")]));
    }
    if (shown !== now.id) sheet.scrollTop = 0;
    shown = now.id;
  }

  /** @param {any} card */
  function pageLink(card) {
    const href = safeHref(card.href);
    return href && labels().open_page ? h("p", {}, h("a", { href, class: "cps-cite" }, labels().open_page)) : null;
  }

  /** @param {any} one */
  function ask(one) {
    clearTimeout(waiting);
    waiting = window.setTimeout(() => { waiting = 0; paint(); }, CLAUSE_WAIT_MS);
    paint();
    try {
      model.send({ kind: "clause", id: one.id });
    } catch {
      clearTimeout(waiting);
      waiting = 0;
      paint();
    }
  }

  /** What was answered may have changed since the clause was last open; without an answer nothing is said. @param {any} one */
  function askSeen(one) {
    standing.replaceChildren();
    if (!labels().seen) return;
    try {
      model.send({ kind: "seen", id: one.id });
    } catch {
      // reading goes on
    }
  }

  function hearSeen() {
    const said = (model.get("clause_seen") ?? {})[path[path.length - 1].id];
    standing.replaceChildren(...[seenOf(model, said)].filter(Boolean));
  }

  /** @param {any} one */
  function go(one) {
    clearTimeout(waiting);
    waiting = 0;
    const card = known(one);
    if (card && !card.failed) paint();
    else ask(one);
    askSeen(one);
    if (sheet.open) land(title);
  }

  /** @param {any} one */
  function follow(one) {
    path.push(one);
    go(one);
  }

  function goBack() {
    path.pop();
    go(path[path.length - 1]);
  }

  function hear() {
    if (!sheet.isConnected) return stop();
    const now = path[path.length - 1];
    if (!waiting || !(now.id in (model.get("clause_cards") ?? {}))) return;
    clearTimeout(waiting);
    waiting = 0;
    paint();
  }

  function stop() {
    clearTimeout(waiting);
    model.off("change:clause_cards", hear);
    model.off("change:clause_seen", hearSeen);
  }

  sheet.addEventListener("click", (/** @type {Event} */ press) => press.target === sheet && sheet.close());
  sheet.addEventListener("close", () => {
    stop();
    sheet.remove();
    const key = opener.getAttribute("data-key");
    const again = opener.isConnected ? opener : Array.from(root.querySelectorAll("[data-key]")).find((e) => e.getAttribute("data-key") === key);
    /** @type {any} */ (again)?.focus();
  });
  model.on("change:clause_cards", hear);
  model.on("change:clause_seen", hearSeen);
  root.append(sheet);
  go(ref);
  sheet.showModal();
  title.focus();
}

/**
 * A citation that unfolds its clause where it stands.
 * @param {any} model @param {any} card @param {string} key @param {any} summary what is pressed
 */
export function clauseFold(model, card, key, summary) {
  return h("details", { "data-key": `clause:${key}` }, h("summary", {}, summary), clauseText(model, card));
}

/**
 * Links of the prose around a widget to `/handbook?clause=…` open the sheet too: reading a clause leaves no lesson, and JupyterLab,
 * which has no such page, shows it as well. A press with another key or button does what links do. A card that is scrolled out of
 * the document, as notebooks do, leaves it to another one.
 * @param {any} model @param {Element} root
 * @returns {() => void} stops it
 */
export function adoptLinks(model, root) {
  /** @param {MouseEvent} event */
  const press = (event) => {
    const link = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest?.('a[href^="/handbook?clause="]') ?? null);
    if (!link || !root.checkVisibility() || link.closest(".cps-root") || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const id = new URLSearchParams(String(link.getAttribute("href")).split("?")[1]).get("clause") ?? "";
    event.preventDefault();
    event.stopPropagation();
    openClause(model, { id, label: link.textContent ?? "", title: "" }, event, { opener: link, root });
  };
  document.addEventListener("click", press, true);
  return () => document.removeEventListener("click", press, true);
}
