// @ts-check
/* Before a visit: what is chosen, then its sheet. What is ticked stays in this browser. */
import { actionButton, drawn, h, linkButton, list, own, say, tagOf, uid } from "./_dom.js";
import { citation } from "./_clause.js";

/** More clauses than this fold away: the first are those most in need. */
const FEW_CLAUSES = 5;

/** What was ticked, as far as this browser tells. @param {string} store @returns {Set<string>} */
function ticked(store) {
  try {
    return new Set(list(JSON.parse(localStorage.getItem(store) ?? "[]")).map(String));
  } catch {
    return new Set();
  }
}

/** @param {string} store @param {Set<string>} ids */
function keep(store, ids) {
  try {
    if (ids.size) localStorage.setItem(store, JSON.stringify([...ids]));
    else localStorage.removeItem(store);
  } catch {
    // A browser that keeps nothing: the ticks last as long as the page.
  }
}

/** @param {any} choice @param {any} model */
function chooser(choice, model) {
  const { places, ways } = choice;
  const missing = h("p", { class: "cps-small cps-wrong-text", role: "alert" });
  const select = h("select", { class: "cps-input", name: "cooperative", id: uid("place"), "data-key": "cooperative" },
    h("option", { value: "" }, places.empty),
    list(places.options).map((o) => own(o.label, "option", { value: o.value, selected: o.value === places.chosen })));
  const radios = list(ways.options).map((o) => h("label", { class: "cps-check" },
    h("input", { type: "radio", name: "method", value: o.value, checked: o.value === ways.chosen, "data-key": `method:${o.value}` }),
    h("span", {}, own(o.label), own(o.note, "span", { class: "cps-block cps-small cps-soft" }))));
  const send = (/** @type {SubmitEvent} */ event) => {
    const data = new FormData(form);
    const [place, way] = [data.get("cooperative"), data.get("method")];
    if (place && way && choice.address) return;
    event.preventDefault();
    missing.textContent = !place ? places.missing : !way ? ways.missing : "";
    if (!place) select.focus();
    else if (!way) radios[0]?.querySelector("input").focus();
    else model.send({ kind: "action", id: `visit:${place}:${way}` });
  };
  const form = h("form", { class: "cps-card cps-choice", method: "get", action: choice.address || null, novalidate: true, onsubmit: send },
    h("div", {}, h("label", { class: "cps-name", for: select.id }, places.label), select),
    h("fieldset", {}, h("legend", { class: "cps-name" }, ways.label), radios),
    missing,
    h("div", { class: "cps-row" }, h("button", { class: "cps-button cps-primary", "data-key": "open" }, choice.submit)));
  return form;
}

/** @param {any} model @param {any} row @param {string} because */
function clauseRow(model, row, because) {
  const { id, label, title } = row; // without its summary: the whole clause is asked for when it is opened
  return h("li", {},
    h("div", { class: "cps-head" }, citation(model, { id, label, title }, { key: "sheet" }), tagOf(row.tag)),
    h("p", { class: "cps-small cps-why" }, because, " ", own(list(row.why).join(" · "))),
    own(row.summary, "p", { class: "cps-small cps-soft cps-summary" }));
}

/** @param {any} model @param {any} clauses */
function clausesCard(model, clauses) {
  const rows = list(clauses.rows).map((row) => clauseRow(model, row, clauses.because ?? ""));
  return h("section", { class: "cps-card" },
    h("h2", {}, clauses.title),
    clauses.intro ? h("p", { class: "cps-small cps-soft cps-no-print" }, clauses.intro) : null,
    h("ul", { class: "cps-lines cps-needed" }, rows.slice(0, FEW_CLAUSES)),
    rows.length > FEW_CLAUSES ? h("details", { "data-key": "more" }, h("summary", {}, clauses.more), h("ul", { class: "cps-lines cps-needed" }, rows.slice(FEW_CLAUSES))) : null);
}

/** @param {any} model @param {any} documents @param {string} store @param {Record<string, any>} view @param {(text: string) => void} announce */
function documentsCard(model, documents, store, view, announce) {
  if (view.store !== store) Object.assign(view, { store, ids: ticked(store) });
  const rows = list(documents.rows);
  const boxes = rows.map((row) => h("input", { type: "checkbox", id: uid("doc"), checked: view.ids.has(row.id), "data-key": `doc:${row.id}`, onchange: (/** @type {any} */ event) => tick(row.id, event.currentTarget.checked) }));
  const count = h("p", { class: "cps-small cps-count" });
  const clear = h("button", { type: "button", class: "cps-button", "data-key": "clear", onclick: empty }, documents.clear);

  function paint() {
    const n = rows.filter((row) => view.ids.has(row.id)).length;
    count.textContent = say(documents.progress, { n, total: rows.length });
    clear.hidden = n === 0;
  }

  /** @param {string} id @param {boolean} isOn */
  function tick(id, isOn) {
    if (isOn) view.ids.add(id);
    else view.ids.delete(id);
    keep(store, view.ids);
    paint();
    announce(count.textContent ?? "");
  }

  function empty() {
    view.ids.clear();
    for (const box of boxes) box.checked = false;
    keep(store, view.ids);
    paint();
    announce(count.textContent ?? "");
    boxes[0]?.focus();
  }

  paint();
  return h("section", { class: "cps-card cps-documents" },
    h("h2", {}, documents.title),
    h("ul", { class: "cps-lines" }, rows.map((row, n) => h("li", {},
      h("label", { class: "cps-check" }, boxes[n], h("span", {}, own(row.title, "b"), " ", tagOf(row.tag), own(row.when, "span", { class: "cps-block cps-small" }), own(row.why, "span", { class: "cps-block cps-small cps-soft" }))),
      row.clause ? citation(model, row.clause, { bare: true, key: `doc:${row.id}` }) : null))),
    h("div", { class: "cps-no-print" }, count, h("p", { class: "cps-tiny cps-soft" }, documents.kept), h("div", { class: "cps-row" }, clear)));
}

export default drawn("cps-visit", ["heading", "intro", "choice", "sheet", "clause_labels"], (get, { model, view, announce }) => {
  const sheet = get("sheet");
  const choice = get("choice");
  if (!sheet) return [h("h1", {}, get("heading")), get("intro") ? h("p", { class: "cps-soft cps-intro" }, get("intro")) : null, choice ? chooser(choice, model) : null];
  const links = sheet.links ?? {};
  return [
    h("p", { class: "cps-small cps-soft" }, get("heading")),
    h("h1", {}, own(sheet.name), " ", tagOf(sheet.tag)),
    h("p", {}, own(sheet.way, "b"), sheet.kind ? ` · ${sheet.kind}` : ""),
    own(sheet.note, "p", { class: "cps-small cps-soft" }),
    h("div", { class: "cps-row cps-foot cps-no-print" }, linkButton(links.other), links.again ? actionButton(model, links.again) : null,
      links.print ? h("button", { type: "button", class: "cps-button", "data-key": "print", onclick: () => window.print() }, links.print) : null),
    sheet.now ? h("section", { class: "cps-card cps-next cps-no-print" }, h("h2", {}, sheet.now.title), h("p", {}, sheet.now.text), h("div", { class: "cps-row" }, linkButton(sheet.now.action, true))) : null,
    h("div", { class: "cps-grid cps-two" }, clausesCard(model, sheet.clauses), documentsCard(model, sheet.documents, sheet.store, view, announce)),
  ];
});
