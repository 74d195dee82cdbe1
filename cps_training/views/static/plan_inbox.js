// @ts-check
/* What waits for a decision: one request or report at a time is open, whole, with what was found and why it stands; then allow or return. */
import { h, icon, land, list, own, rich, say, tagOf, uid } from "./_dom.js";
import { drawnSaving } from "./_saving.js";
import { findingCounts, findingList } from "./_plan_finding.js";
import { askFirst } from "./_plan_ask.js";

const LONGEST_COMMENT = 1000;
const LONGEST_ORDER = 200;

/** @param {any} part */
function partOf(part) {
  const values = Array.isArray(part.values) ? part.values : null;
  return h("div", {}, h("dt", {}, part.label), h("dd", {}, values ? h("ul", {}, values.map((text) => own(text, "li"))) : own(part.value)));
}

/** @param {any} row @param {any} model @param {any} labels */
function wholeOf(row, model, labels) {
  const [findings, reasons] = [list(row.findings), list(row.reasons)];
  return [
    h("dl", { class: "cps-parts-of" }, list(row.parts).map(partOf)),
    h("div", {}, h("h4", {}, labels.findings, " ", findingCounts(findings)), findings.length ? findingList(model, findings, labels, { key: `${row.id}:` }) : h("p", { class: "cps-small cps-none" }, icon("check"), " ", labels.no_findings)),
    reasons.length ? h("div", {}, h("h4", {}, labels.reasons), h("ul", { class: "cps-reasons" }, reasons.map((one) => h("li", {}, own(one.where, "p", { class: "cps-tiny cps-soft" }), own(one.text, "p", { class: "cps-small" }))))) : null,
  ];
}

/** A field with what is wrong below it. @param {string} name @param {string} label @param {string} hint @param {string} wrong @param {(props: Record<string, any>) => any} control */
function fieldWith(name, label, hint, wrong, control) {
  const [id, says] = [uid(name), uid("says")];
  return h("div", { class: "cps-field" }, h("label", { for: id }, label), control({ class: "cps-input", id, "aria-describedby": says, "aria-invalid": wrong ? "true" : null, [`data-${name}`]: true }),
    h("span", { class: "cps-says", id: says }, hint ? h("span", { class: "cps-tiny cps-soft cps-block" }, hint) : null, h("span", { class: "cps-wrong-text" }, wrong ? [icon("alert"), h("span", {}, wrong)] : null)));
}

/** @param {any} row @param {any} get @param {any} tools */
function decisionForm(row, get, { view, repaint, save, isBusy, note, root, announce }) {
  const labels = get("labels") ?? {};
  const place = `decide:${row.id}`;
  const kind = row.gate_kind === "report" ? "report" : "request";
  const typed = (view.typed[row.id] ??= { comment: "" });
  const wrong = view.wrong ?? {};
  const order = () => (labels.order ? (view.order ?? "").trim() : "");

  const press = (/** @type {"yes" | "no"} */ decision) => {
    if (isBusy(place)) return;
    view.wrong = {
      comment: decision === "no" && !typed.comment.trim() ? labels.need_comment : "",
      order: labels.order && !order() ? labels.need_order : "",
    };
    const first = ["comment", "order"].find((name) => view.wrong[name]);
    view.asking = first ? "" : decision;
    repaint();
    if (!first) return land(root.querySelector("[data-ask]"));
    announce(view.wrong[first]);
    root.querySelector(`[data-${first}]`)?.focus();
  };
  const decide = () => {
    const decision = view.asking;
    view.asking = "";
    save("decide", { id: row.id, decision, comment: typed.comment.trim(), order: order() }, place);
    root.querySelector(`[data-key="${decision}:${CSS.escape(row.id)}"]`)?.focus();
  };
  const back = () => {
    const decision = view.asking;
    view.asking = "";
    repaint();
    root.querySelector(`[data-key="${decision}:${CSS.escape(row.id)}"]`)?.focus();
  };
  const button = (/** @type {"yes" | "no"} */ decision, /** @type {string} */ label, /** @type {string} */ more) =>
    h("button", { type: "button", class: `cps-button ${more}`, "data-key": `${decision}:${row.id}`, "aria-disabled": isBusy(place) ? "true" : null, onclick: () => press(decision) }, label);
  const hear = (/** @type {any} */ event) => { typed.comment = event.target.value; };
  const hearOrder = (/** @type {any} */ event) => { view.order = event.target.value; };
  const isYes = view.asking === "yes";

  return h("div", { class: "cps-decide" },
    fieldWith("comment", labels.comment, labels.comment_hint, wrong.comment, (props) => h("textarea", { ...props, rows: "3", maxlength: LONGEST_COMMENT, "data-key": `comment:${row.id}`, readonly: Boolean(view.asking), oninput: hear, onfocus: (/** @type {any} */ e) => e.target.scrollIntoView({ block: "nearest" }) }, typed.comment)),
    labels.order ? fieldWith("order", labels.order, labels.order_hint, wrong.order, (props) => h("input", { ...props, type: "text", autocomplete: "off", maxlength: LONGEST_ORDER, "data-key": "order", readonly: Boolean(view.asking), value: view.order ?? "", oninput: hearOrder })) : null,
    view.asking
      ? askFirst(`decide:${row.id}`, { text: isYes ? labels[`ask_yes_${kind}`] : labels.ask_no, yes: isYes ? labels.ask_yes_label : labels.ask_no_label, no: labels.ask_back }, isYes ? "cps-primary" : "cps-danger", decide, back, isBusy(place))
      : h("div", { class: "cps-row" }, button("yes", labels[`yes_${kind}`], "cps-primary"), button("no", labels.no, "")),
    note(place));
}

/** @param {any} row @param {any} get @param {any} tools */
function rowCard(row, get, tools) {
  const { model, view, repaint, root } = tools;
  const labels = get("labels") ?? {};
  const isOpen = view.open === row.id;
  const id = uid("row");
  const press = () => {
    Object.assign(view, { open: isOpen ? "" : row.id, asking: "", wrong: {}, noted: "" });
    repaint();
    root.querySelector(`[data-row="${CSS.escape(row.id)}"]`)?.scrollIntoView({ block: "nearest" });
  };
  return h("li", { class: `cps-card cps-waiting ${isOpen ? "cps-is-open" : ""}`, "data-row": row.id },
    h("div", { class: "cps-visit-head" },
      h("h3", {}, h("button", { type: "button", class: "cps-opener", "data-key": `open:${row.id}`, "aria-expanded": String(isOpen), "aria-controls": isOpen ? id : null, onclick: press }, own(row.title))),
      h("span", { class: "cps-tags" }, tagOf({ text: row.gate, kind: "plain" }), row.late ? tagOf({ text: row.late, kind: "due" }) : null)),
    row.line ? own(row.line, "p", { class: "cps-small" }) : null,
    h("p", { class: "cps-small cps-soft" }, row.officer ? [labels.officer, " ", own(row.officer)] : null, row.officer && row.asked ? " · " : null, row.asked),
    isOpen ? h("div", { class: "cps-whole", id }, wholeOf(row, model, labels), decisionForm(row, get, tools)) : null);
}

export default drawnSaving("cps-inbox", ["heading", "intro", "rows", "empty"], (get, tools) => {
  const { view, note, landLater } = tools;
  const labels = get("labels") ?? {};
  const rows = list(get("rows"));
  const isHere = (/** @type {string} */ id) => rows.some((row) => row.id === id);
  view.typed ??= {};
  view.open ??= rows.length === 1 ? rows[0].id : "";
  if (view.done) {
    const id = view.done.replace(/^decide:/, "");
    delete view.typed[id];
    Object.assign(view, { done: "", noted: view.done, wrong: {} });
    if (view.open === id) view.open = "";
    landLater("[data-noted]");
  }
  if (view.open && !isHere(view.open)) Object.assign(view, { open: "", asking: "" }); // somebody else decided
  const shown = view.noted || "";
  return [
    get("heading") ? h("h2", {}, get("heading")) : null,
    get("intro") ? h("p", { class: "cps-soft cps-intro" }, rich(get("intro"))) : null,
    h("div", { class: "cps-noted", "data-noted": true, "data-key": "noted", tabindex: "-1" }, shown ? note(shown) : null),
    rows.length ? [h("p", { class: "cps-small cps-soft" }, say(labels.count, { n: rows.length })), h("ul", { class: "cps-waitings" }, rows.map((row) => rowCard(row, get, tools)))] : h("p", { class: "cps-card" }, rich(get("empty"))),
  ];
}, (place, kind, view) => {
  if (kind === "saved") view.done = place;
});
