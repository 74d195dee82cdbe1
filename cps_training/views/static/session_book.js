// @ts-check
/* Knowledge sessions: what was held when, how many came, one more. */
import { actionButton, h, list, own, rich } from "./_dom.js";
import { folded, formed, formOf } from "./_form.js";

export default formed("cps-sessions", ["book"], (get, { model, at, view, repaint, root }) => {
  const book = get("book") ?? {};
  const rows = list(book.rows);
  const form = (get("forms") ?? {})[book.add];
  // The first session is the thing to do; later ones are one button away.
  const isOpen = view.adding || !rows.length;
  if (form && !form.fields?.length) return [];
  const add = () => {
    view.adding = true;
    repaint();
    /** @type {any} */ (root.querySelector(`[data-form="${book.add}"] .cps-input`))?.focus();
  };
  const close = () => {
    view.adding = false;
    repaint();
    /** @type {any} */ (root.querySelector("[data-key='add']"))?.focus();
  };
  return [h("section", { class: "cps-card" },
    h("h2", {}, book.heading),
    book.intro ? h("p", { class: "cps-small cps-soft" }, book.intro) : null,
    rows.length ? h("ul", { class: "cps-held" }, rows.map((row) => h("li", {},
      h("div", { class: "cps-held-line" },
        h("div", {}, own(row.title, "h3"), h("p", { class: "cps-small cps-soft" }, rich(row.day), list(row.facts).map((fact) => [" · ", rich(fact)]))),
        row.open ? actionButton(model, row.open) : null),
      list(row.forms).length ? h("details", { "data-key": `edit:${row.id}`, class: "cps-small" }, h("summary", {}, book.edit), list(row.forms).map((id, n) => (n ? folded(model, at, id) : formOf(model, at, id)))) : null)))
      : h("p", {}, book.empty),
    !form ? null : isOpen
      ? h("div", { class: "cps-new" }, h("h3", {}, form.title), formOf(model, at, book.add), rows.length ? h("button", { type: "button", class: "cps-button", "data-key": "close", onclick: close }, (get("labels") ?? {}).close) : null)
      : h("div", { class: "cps-row cps-new" }, h("button", { type: "button", class: "cps-button cps-primary", "data-key": "add", onclick: add }, form.title)))];
});
