// @ts-check
/* The board of findings, in the order they are to be dealt with; opening one, or a new one, shows its form in the place of the board.
 *
 * Labels besides those of the form: add, edit, drop, drop_ask, drop_yes, drop_no, up, down, moved "{title} … {n}", count "… {n}", empty,
 * own_words, unmatched, evidence_n "… {n}".
 */
import { actionButton, h, icon, land, list, mixed, own, rich, say, tagOf } from "./_dom.js";
import { citation } from "./_clause.js";
import { drawnSaving } from "./_saving.js";
import { sortOf } from "./_board_fields.js";
import { boardForm, closeForm, newDraft, openAtFirst } from "./_board_form.js";

const TRAITS = ["heading", "intro", "findings", "marked", "options", "matches", "submit"];

/** The findings in the order that stands here, which may be on its way to Python still. @param {any[]} findings @param {string[] | null} order */
function inOrder(findings, order) {
  const at = new Map((order ?? []).map((id, n) => [id, n]));
  return order && findings.every((f) => at.has(f.id)) ? [...findings].sort((a, b) => (at.get(a.id) ?? 0) - (at.get(b.id) ?? 0)) : findings;
}

/** @param {string} label @param {any} value */
function lineOf(label, value) {
  return value ? h("div", {}, h("dt", {}, label), h("dd", {}, own(value.label))) : null;
}

/** @param {any} finding @param {any} labels */
function evidenceOf(finding, labels) {
  const rows = list(finding.evidence);
  if (!rows.length) return null; // that it is missing is said by its hints
  return h("details", { "data-key": `evidence:${finding.id}` }, h("summary", { class: "cps-small" }, say(labels.evidence_n, { n: rows.length })),
    h("ul", { class: "cps-quotes" }, rows.map((row) => h("li", {}, own(row.text, "span", { class: "cps-block" }), own(row.source, "span", { class: "cps-tiny cps-soft" }), sortOf(row, labels)))));
}

/** A button with a sign only; what it does and to which finding is heard. @param {"up" | "down"} sign @param {string} label @param {any} finding @param {boolean} isOff @param {() => void} press */
function moveButton(sign, label, finding, isOff, press) {
  return h("button", { type: "button", class: "cps-button cps-square", "data-key": `${sign}:${finding.id}`, "aria-disabled": isOff ? "true" : null, onclick: () => isOff || press() },
    icon(sign), h("span", { class: "cps-hidden" }, label, " ", own(finding.title)));
}

/** Ask once before something that cannot be taken back. @param {string} key @param {any} words {text, yes, no} @param {string} kind of the button @param {() => void} yes @param {() => void} no @param {boolean} isBusy */
function askOnce(key, words, kind, yes, no, isBusy) {
  return h("div", { class: "cps-ask", role: "group", "aria-label": words.text, "data-ask": key, tabindex: "-1" }, h("p", {}, words.text),
    h("div", { class: "cps-row" },
      h("button", { type: "button", class: `cps-button ${kind}`, "data-key": `yes:${key}`, "aria-disabled": isBusy ? "true" : null, onclick: yes }, words.yes),
      h("button", { type: "button", class: "cps-button", "data-key": `no:${key}`, onclick: no }, words.no)));
}

/** @param {any} finding @param {number} n @param {number} total @param {any} get @param {any} tools */
function findingCard(finding, n, total, get, tools) {
  const { model, view, repaint, save, isBusy, note, root } = tools;
  const labels = get("labels") ?? {};
  const place = `drop:${finding.id}`;
  const ask = (/** @type {string} */ about, /** @type {string} */ to) => { view.asking = about; repaint(); land(root.querySelector(to)); };
  const head = own(finding.title, "h3", { tabindex: "-1" });
  const isOpen = get("submit") !== null;
  return h("li", { class: "cps-card cps-finding", "data-finding": finding.id },
    h("span", { class: "cps-number" }, String(n + 1)),
    h("div", { class: "cps-finding-body" },
      head,
      finding.words && finding.kind ? h("p", { class: "cps-small cps-soft" }, labels.own_words, " ", own(finding.words)) : null,
      h("div", { class: "cps-tags" }, finding.kind ? null : tagOf({ text: labels.unmatched, kind: "plain" }), list(finding.missing).map((text) => tagOf({ text, kind: "due" }))),
      evidenceOf(finding, labels),
      list(finding.clauses).length ? h("div", { class: "cps-cited cps-small" }, list(finding.clauses).map((c) => citation(model, c, { bare: true, key: finding.id }))) : null,
      h("dl", { class: "cps-said cps-small" }, lineOf(labels.cause, finding.cause), lineOf(labels.severity, finding.severity), lineOf(labels.partner, finding.partner), lineOf(labels.step, finding.step)),
      !isOpen ? null : view.asking === finding.id
        ? askOnce(finding.id, { text: labels.drop_ask, yes: labels.drop_yes, no: labels.drop_no }, "cps-danger", () => save("drop", { finding: finding.id }, place), () => ask("", `[data-finding="${finding.id}"] [data-drop]`), isBusy(place))
        : h("div", { class: "cps-row cps-tools" },
          h("button", { type: "button", class: "cps-link", "data-key": `edit:${finding.id}`, onclick: () => tools.open(finding.id) }, labels.edit, h("span", { class: "cps-hidden" }, " ", own(finding.title))),
          h("button", { type: "button", class: "cps-link cps-quiet", "data-key": `drop:${finding.id}`, "data-drop": true, onclick: () => ask(finding.id, `[data-ask="${finding.id}"]`) }, labels.drop, h("span", { class: "cps-hidden" }, " ", own(finding.title)))),
      note(place)),
    isOpen ? h("div", { class: "cps-moves" }, moveButton("up", labels.up, finding, n === 0, () => tools.move(n, -1)), moveButton("down", labels.down, finding, n === total - 1, () => tools.move(n, 1))) : null);
}

/** @param {any} get @param {any} tools */
function submitCard(get, { view, repaint, save, isBusy, note, root }) {
  const submit = get("submit");
  if (!submit) return null;
  const ask = (/** @type {string} */ about, /** @type {string} */ to) => { view.asking = about; repaint(); land(root.querySelector(to)); };
  const isOff = submit.disabled;
  const isEmpty = !list(get("findings")).length; // the next thing to do is to add one
  return h("section", { class: "cps-card cps-hand-in" },
    submit.note ? h("p", { class: "cps-small" }, rich(submit.note)) : null,
    view.asking === "submit" && !isOff
      ? askOnce("submit", submit.confirm, "cps-primary", () => save("submit", {}, "submit"), () => ask("", "[data-key=submit]"), isBusy("submit"))
      : h("div", { class: "cps-row" }, h("button", { type: "button", class: `cps-button ${isOff || isEmpty ? "" : "cps-primary"}`, "data-key": "submit", "aria-disabled": isOff ? "true" : null, onclick: () => isOff || ask("submit", "[data-ask=submit]") }, submit.label)),
    note("submit"));
}

export default drawnSaving("cps-board", TRAITS, (get, tools) => {
  const { view, repaint, save, note, announce, root, landLater } = tools;
  const labels = get("labels") ?? {};
  openAtFirst(get, view);
  const matches = get("matches");
  if (matches?.send_id && matches.send_id === tools.sentId("match") && view.matched !== matches.send_id) {
    view.matched = matches.send_id;
    tools.quiet("match");
    landLater("[data-matches]");
  }
  if (view.done?.startsWith("form")) {
    const id = view.draft?.id;
    closeForm(get, view);
    landLater(list(get("findings")).some((f) => f.id === id) ? `[data-finding="${id}"] h3` : "h2");
    view.noted = id;
  } else if (view.done?.startsWith("drop:")) {
    view.asking = "";
    landLater("h2");
  }
  view.done = "";
  const submit = get("submit");
  if (view.draft && submit) return boardForm(get, tools);

  const findings = inOrder(list(get("findings")), view.order);
  const open = (/** @type {string} */ id) => {
    view.draft = newDraft(findings, id);
    Object.assign(view, { asking: "", refused: "" });
    repaint();
    land(root.querySelector("[data-form-title]"));
  };
  const move = (/** @type {number} */ n, /** @type {number} */ by) => {
    const ids = findings.map((f) => f.id);
    ids.splice(n + by, 0, ...ids.splice(n, 1));
    view.order = ids;
    save("order", { findings: ids }, "order", true);
    announce(/** @type {any} */ (mixed(labels.moved, { n: n + by + 1 }, { title: findings[n].title })));
    const [sign, other] = by < 0 ? ["up", "down"] : ["down", "up"];
    const pressed = root.querySelector(`[data-key="${sign}:${findings[n].id}"]`);
    (pressed?.getAttribute("aria-disabled") ? root.querySelector(`[data-key="${other}:${findings[n].id}"]`) : pressed)?.focus();
  };
  const more = { ...tools, open, move };
  return [
    h("h2", {}, get("heading")),
    get("intro") ? h("p", { class: "cps-soft cps-intro" }, rich(get("intro"))) : null,
    findings.length ? h("p", { class: "cps-small cps-soft" }, say(labels.count, { n: findings.length })) : h("p", { class: "cps-card cps-empty" }, labels.empty),
    findings.length ? h("ol", { class: "cps-findings" }, findings.map((finding, n) => findingCard(finding, n, findings.length, get, more))) : null,
    note("order"),
    view.noted ? note("form") : null,
    submit ? h("div", { class: "cps-row cps-add" }, h("button", { type: "button", class: `cps-button ${submit.disabled || !findings.length ? "cps-primary" : ""}`, "data-key": "add", onclick: () => open("new") }, labels.add)) : null,
    submitCard(get, more),
  ];
}, (place, kind, view) => {
  if (place === "order") view.order = null;
  if (kind === "saved") view.done = place;
});
