// @ts-check
/* Who changed what, newest first, with the words that went and came; above it what two people wrote in one place, to be settled.
 *
 * Labels besides those of saving: gone, come (heard before words taken away, added), nothing (where no text stood), lines_n "… {n}" (the rest of
 * a row's lines), empty, conflict (heading), mine, theirs, all_mine, all_theirs, settle, pick_one (said where none is picked yet), empty_text (a
 * version without text).
 */
import { actionButton, content, h, icon, list, own, rich, say, uid } from "./_dom.js";
import { changedText, changesOf } from "./_word_changes.js";
import { drawnSaving } from "./_saving.js";

/** So many lines of a row are open at once. */
const FEW_LINES = 4;

/** @param {any} line @param {any} labels */
function lineOf(line, labels) {
  return h("li", {}, own(line.where, "span", { class: "cps-where" }), line.before || line.after ? changedText(line.before, line.after, labels) : h("p", { class: "cps-soft" }, labels.nothing));
}

/** @param {any} row @param {any} labels */
function rowOf(row, labels) {
  const lines = list(row.lines);
  const rest = lines.slice(FEW_LINES);
  return h("li", { class: "cps-change", "data-row": row.id },
    h("p", { class: "cps-what" }, own(row.what, "b")),
    h("p", { class: "cps-tiny cps-soft" }, own(row.who), " · ", row.when),
    lines.length ? h("ul", { class: "cps-lines" }, lines.slice(0, FEW_LINES).map((line) => lineOf(line, labels))) : null,
    rest.length ? h("details", { "data-key": `rest:${row.id}` }, h("summary", { class: "cps-small" }, say(labels.lines_n, { n: rest.length })), h("ul", { class: "cps-lines" }, rest.map((line) => lineOf(line, labels)))) : null);
}

/** One of two versions, with the words marked that the other has not. @param {string} text @param {string} other @param {any} labels */
function versionOf(text, other, labels) {
  if (!text) return h("span", { class: "cps-soft" }, labels.empty_text);
  return h("span", { class: "cps-version", ...content() },
    changesOf(other, text).filter((piece) => piece.kind !== "gone").map((piece) => (piece.kind === "new" && other ? h("mark", {}, piece.text) : piece.text)));
}

/** @param {any} row @param {any} labels @param {any} tools @param {(field: string, pick: string) => void} pick */
function choiceOf(row, labels, { view }, pick) {
  const [group, says] = [uid("pick"), uid("says")];
  const isMissing = view.isPressed && !view.picks[row.field];
  const side = (/** @type {"mine" | "theirs"} */ whose, /** @type {string} */ text, /** @type {string} */ other) => h("label", { class: "cps-check cps-side" },
    h("input", { type: "radio", name: group, value: whose, "data-key": `${whose}:${row.field}`, checked: view.picks[row.field] === whose, onchange: () => pick(row.field, whose) }),
    h("span", {}, h("b", { class: "cps-block" }, labels[whose]), versionOf(text, other, labels)));
  return h("fieldset", { class: "cps-choice", "aria-describedby": isMissing ? says : null, "data-missing": isMissing },
    h("legend", {}, own(row.where)),
    h("div", { class: "cps-sides" }, side("mine", row.mine ?? "", row.theirs ?? ""), side("theirs", row.theirs ?? "", row.mine ?? "")),
    h("p", { class: "cps-wrong-text cps-small", id: says }, isMissing ? [icon("alert"), h("span", {}, labels.pick_one)] : null));
}

/** @param {any} conflict @param {any} labels @param {any} tools */
function conflictCard(conflict, labels, tools) {
  const { view, repaint, save, isBusy, note, root, announce } = tools;
  const rows = list(conflict.rows);
  const pick = (/** @type {string} */ field, /** @type {string} */ whose) => { view.picks[field] = whose; repaint(); };
  const all = (/** @type {string} */ whose) => { for (const row of rows) view.picks[row.field] = whose; repaint(); };
  const settle = (/** @type {Event} */ e) => {
    e.preventDefault();
    if (rows.every((row) => view.picks[row.field])) return save("settle", { picks: { ...view.picks } }, "settle");
    view.isPressed = true;
    repaint();
    announce(labels.pick_one ?? "");
    return root.querySelector("[data-missing] input")?.focus();
  };
  const allOf = (/** @type {string} */ whose, /** @type {string} */ label) => h("button", { type: "button", class: "cps-button", "data-key": `all:${whose}`, onclick: () => all(whose) }, label);
  return h("form", { class: "cps-card cps-next cps-conflict", novalidate: true, onsubmit: settle },
    h("h2", { tabindex: "-1", "data-conflict": true }, labels.conflict),
    h("p", {}, rich(conflict.text)),
    rows.length > 1 ? h("div", { class: "cps-row" }, allOf("mine", labels.all_mine), allOf("theirs", labels.all_theirs)) : null,
    rows.map((row) => choiceOf(row, labels, tools, pick)),
    h("div", { class: "cps-row" }, h("button", { type: "submit", class: "cps-button cps-primary", "data-key": "settle", "aria-disabled": isBusy("settle") ? "true" : null }, labels.settle)),
    note("settle"));
}

export default drawnSaving("cps-plan-history", ["heading", "intro", "rows", "more", "conflict"], (get, tools) => {
  const { model, view, note, landLater } = tools;
  const labels = get("labels") ?? {};
  const [rows, conflict, more] = [list(get("rows")), get("conflict"), get("more")];
  const fields = list(conflict?.rows).map((row) => row.field);
  // What was picked stays for a field that is still disputed, unless what stands there is another text now.
  const asked = new Map(list(conflict?.rows).map((row) => [row.field, JSON.stringify([row.mine, row.theirs])]));
  view.picks = Object.fromEntries(fields.filter((f) => view.asked?.get(f) === asked.get(f) && view.picks?.[f]).map((f) => [f, view.picks[f]]));
  view.asked = asked;
  if (!conflict) view.isPressed = false;
  if (view.done) {
    view.done = false;
    landLater(conflict ? "[data-conflict]" : "[data-history]");
  }
  return [
    conflict ? conflictCard(conflict, labels, tools) : null,
    h("section", { class: "cps-card" },
      h("h2", { tabindex: "-1", "data-history": true }, get("heading")),
      get("intro") ? h("p", { class: "cps-soft cps-intro" }, rich(get("intro"))) : null,
      conflict ? null : note("settle"),
      rows.length ? h("ol", { class: "cps-changes" }, rows.map((row) => rowOf(row, labels))) : h("p", { class: "cps-soft" }, labels.empty),
      more ? h("div", { class: "cps-row" }, actionButton(model, more)) : null),
  ];
}, (_place, kind, view) => {
  if (kind === "saved") view.done = true;
});
