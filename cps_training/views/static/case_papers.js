// @ts-check
/* The papers of a case: the list, and beside it or in its place the sheet one reads and marks. */
import { h, icon, land, list, own, say, tagOf } from "./_dom.js";
import { drawnSaving } from "./_saving.js";
import { marking, unmarkFailed } from "./_attach.js";

/** @param {any} paper */
const dated = (paper) => [paper.kind, paper.kind && paper.date ? " · " : null, paper.date];

/** @param {any} model @param {string} id */
const openPaper = (model, id) => model.send({ kind: "action", id: `paper:${id}` });

/** @param {any} model @param {any} row @param {boolean} isOpen @param {any} labels */
function rowOf(model, row, isOpen, labels) {
  return h("li", {}, h("button", { type: "button", class: "cps-paper-row", "data-key": `paper:${row.id}`, "aria-current": isOpen ? "true" : null, onclick: () => openPaper(model, row.id) },
    own(row.title, "span", { class: "cps-block cps-paper-name" }),
    h("span", { class: "cps-block cps-tiny cps-soft" }, dated(row), row.issuer ? " · " : null, own(row.issuer)),
    h("span", { class: "cps-paper-tags" }, tagOf(row.tag),
      row.n_marked ? h("span", { class: "cps-tag cps-due" }, icon("check"), " ", say(labels.count, { n: row.n_marked })) : null,
      row.is_read ? (labels.read ? h("span", { class: "cps-tiny cps-soft" }, labels.read) : null) : tagOf({ text: labels.unread, kind: "plain" }))));
}

/** A line that can be marked is a button as wide as the line; what became of pressing it stands below. @param {any} line @param {any} labels @param {any} marks */
function lineOf(line, labels, marks) {
  if (line.is_head) return own(line.text, "h3");
  if (!line.reference) return own(line.text, "p", { class: "cps-plain-line" });
  const isOn = marks.isOn(line);
  const said = marks.note(line);
  return h("div", { class: `cps-line ${isOn ? "cps-is-on" : ""}` },
    h("button", { type: "button", class: "cps-line-button", "data-key": `line:${line.key}`, "aria-pressed": String(isOn), "aria-disabled": marks.isBusy(line) ? "true" : null, onclick: () => marks.toggle(line) },
      h("span", { class: "cps-line-sign" }, isOn ? icon("check") : null), own(line.text)),
    said || isOn ? h("div", { class: "cps-line-says cps-tiny" }, said ?? h("span", {}, labels.marked, labels.unmark ? ` · ${labels.unmark}` : "")) : null);
}

/** @param {any} model @param {any} paper @param {any} labels @param {any} marks */
function sheetOf(model, paper, labels, marks) {
  const lines = list(paper.lines);
  const n = lines.filter((line) => line.reference && marks.isOn(line)).length;
  const go = (/** @type {string} */ name, /** @type {any} */ id) => (id ? h("button", { type: "button", class: "cps-button", "data-key": name, onclick: () => openPaper(model, id) }, labels[name]) : null);
  return h("div", { class: "cps-reader" },
    h("button", { type: "button", class: "cps-button cps-back", "data-key": "back", onclick: () => openPaper(model, "") }, labels.back),
    h("article", { class: "cps-paper-sheet" },
      h("header", {},
        h("p", { class: "cps-small cps-soft" }, dated(paper)),
        own(paper.title, "h2"),
        paper.issuer ? h("p", { class: "cps-small" }, labels.issuer ? h("span", { class: "cps-soft" }, `${labels.issuer} `) : null, own(paper.issuer)) : null,
        tagOf(paper.reliability)),
      lines.some((line) => line.reference) && labels.mark ? h("p", { class: "cps-small cps-soft cps-hint" }, labels.mark) : null,
      h("div", { class: "cps-lines" }, lines.map((line) => lineOf(line, labels, marks)))),
    h("div", { class: "cps-row cps-turn" }, go("previous", paper.previous), go("next", paper.next), n ? h("span", { class: "cps-small cps-soft" }, say(labels.count, { n })) : null));
}

/** After another paper opens one reads on from its title; back in the list one stands where one was. @param {Element} root @param {any} now @param {any} was */
function follow(root, now, was) {
  if (now) land(root.querySelector(".cps-paper-sheet h2"));
  else /** @type {any} */ (Array.from(root.querySelectorAll(".cps-paper-row")).find((row) => row.getAttribute("data-key") === `paper:${was}`))?.focus();
}

export default drawnSaving("cps-case-papers", ["papers", "paper"], (get, tools) => {
  const { model, view, root } = tools;
  const labels = get("labels") ?? {};
  const paper = get("paper");
  const marks = marking(tools, paper);
  const id = paper?.id ?? null;
  // On a phone an open paper hides the list and its heading: who lands here lands on the paper.
  if (view.isDrawn ? view.open !== id : id && model.get("lands")) {
    const was = view.open;
    queueMicrotask(() => follow(root, id, was));
  }
  Object.assign(view, { isDrawn: true, open: id });
  return [h("div", { class: `cps-desk ${paper ? "cps-is-open" : ""}` },
    h("section", { class: "cps-shelf" }, labels.list ? h("h2", {}, labels.list) : null, h("ul", {}, list(get("papers")).map((row) => rowOf(model, row, row.id === id, labels)))),
    paper ? sheetOf(model, paper, labels, marks) : labels.choose ? h("p", { class: "cps-soft cps-choose" }, labels.choose) : null)];
}, unmarkFailed);
