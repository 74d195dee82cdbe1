// @ts-check
/* A gate of a plan: the visits that can be sent, what each must mend first, its warnings with the reason they stand for, what was decided.
 *
 * A reason is saved by itself after a pause, or when its field is left; sending sends what is typed first.
 */
import { h, icon, land, list, own, rich, say, tagOf, uid } from "./_dom.js";
import { drawnSaving } from "./_saving.js";
import { findingList, findingRow } from "./_plan_finding.js";
import { askFirst } from "./_plan_ask.js";

const TYPED_REASON_MS = 1000;
/** After leaving a field: long enough for the press that left it to reach its button before the card is drawn anew. */
const LEFT_REASON_MS = 300;
const LONGEST_REASON = 500;

/** @param {any} visit */
const canSend = (visit) => visit.can === "send";

/** The reasons typed and not saved yet, by finding. @param {Record<string, any>} view @returns {Map<string, {text: string, timer: any, saved: string | null, hasFailed?: boolean}>} */
const typedReasons = (view) => (view.reasons ??= new Map());

/** @param {any} finding @param {any} visit @param {string} says the id of its hint @param {any} get @param {any} tools */
function reasonField(finding, visit, says, get, { view, save, isBusy, note, root }) {
  const labels = get("labels") ?? {};
  const id = uid("reason");
  const place = `reason:${finding.id}`;
  const key = `${visit.id}:${finding.id}`; // one finding may stand at several visits
  const typed = typedReasons(view);
  const before = finding.reason ?? "";
  const kept = typed.get(finding.id);

  const send = () => {
    const now = typed.get(finding.id);
    if (!now) return true;
    clearTimeout(now.timer);
    now.timer = 0;
    if (isBusy(place)) return false; // what was typed since goes once its answer is here
    if (now.text.trim() === (now.saved ?? before)) return typed.delete(finding.id);
    now.saved = now.text.trim();
    return save("reason", { finding: finding.id, text: now.saved }, place);
  };
  const later = (/** @type {number} */ ms) => {
    const now = typed.get(finding.id);
    if (!now) return;
    clearTimeout(now.timer);
    now.timer = setTimeout(send, ms);
  };
  const hear = (/** @type {any} */ event) => {
    typed.set(finding.id, { timer: 0, saved: null, ...typed.get(finding.id), hasFailed: false, text: event.target.value });
    later(TYPED_REASON_MS);
  };
  // A browser also tells of a change when a redraw takes the field away: only one that still stands there was left by somebody.
  const left = (/** @type {any} */ event) => setTimeout(() => event.target.isConnected && later(LEFT_REASON_MS));
  if (kept && !kept.timer && kept.saved !== null && !isBusy(place)) {
    if (kept.text.trim() !== kept.saved) later(TYPED_REASON_MS);
    else if (before === kept.saved) typed.delete(finding.id);
  }
  view.senders.set(key, { visit: visit.id, send });
  return h("div", { class: "cps-field cps-reason" }, h("label", { for: id }, labels.reason_label),
    h("textarea", { class: "cps-input", id, rows: "2", maxlength: LONGEST_REASON, "aria-describedby": says, "data-key": `reason:${key}`, oninput: hear, onchange: left, onfocus: (/** @type {any} */ e) => e.target.scrollIntoView({ block: "nearest" }) }, before),
    note(place),
    kept?.hasFailed && labels.retry ? h("div", {}, h("button", { type: "button", class: "cps-link", "data-key": `again:${key}`, onclick: () => send() && land(root.querySelector(`[data-key="reason:${CSS.escape(key)}"]`)) }, labels.retry)) : null);
}

/** @param {any} one @param {any} labels */
function decidedRow(one, labels) {
  return h("li", {}, h("p", { class: "cps-small" }, h("b", {}, one.what), h("span", { class: "cps-soft" }, " · ", one.when, one.who ? " · " : null, own(one.who))),
    one.comment ? h("p", { class: "cps-small cps-comment" }, h("span", { class: "cps-hidden" }, labels.comment, " "), own(one.comment)) : null);
}

/** The last decision stands open, what came before it folds away. @param {any} visit @param {any} labels */
function historyOf(visit, labels) {
  const [last, ...earlier] = list(visit.history);
  if (!last) return null;
  return h("div", { class: "cps-history" }, h("h4", {}, labels.history), h("ul", {}, decidedRow(last, labels)),
    earlier.length ? h("details", { "data-key": `history:${visit.id}` }, h("summary", { class: "cps-small" }, h("span", {}, say(labels.earlier, { n: earlier.length }), h("span", { class: "cps-hidden" }, " ", own(visit.title)))),
      h("ul", {}, earlier.map((one) => decidedRow(one, labels)))) : null);
}

/** @param {any} visit @param {any} get @param {any} tools */
function visitCard(visit, get, tools) {
  const { model, view, repaint } = tools;
  const labels = get("labels") ?? {};
  const [errors, warnings] = [list(visit.errors), list(visit.warnings)];
  const canWrite = canSend(visit);
  const choose = (/** @type {any} */ event) => {
    if (event.target.checked) view.chosen.add(visit.id);
    else view.chosen.delete(visit.id);
    view.missing = "";
    repaint();
  };
  const title = own(visit.title);
  const hint = uid("says");
  const below = (/** @type {any} */ one) => (canWrite && typeof one.reason === "string" ? reasonField(one, visit, hint, get, tools) : undefined);
  const warned = warnings.map((one) => findingRow(model, one, labels, { key: `${visit.id}:`, below: below(one) }));
  return h("li", { class: "cps-card cps-visit-card", "data-visit": visit.id },
    h("div", { class: "cps-visit-head" },
      h("h3", {}, canSend(visit)
        ? h("label", { class: "cps-check" }, h("input", { type: "checkbox", checked: view.chosen.has(visit.id), "data-key": `choose:${visit.id}`, "data-choose": true, onchange: choose }), title)
        : title),
      tagOf(visit.state)),
    visit.line ? own(visit.line, "p", { class: "cps-small cps-soft" }) : null,
    visit.note ? h("p", { class: "cps-small" }, rich(visit.note)) : null,
    errors.length ? h("div", { class: "cps-found" }, h("h4", { "data-errors": visit.id, "data-key": `errors:${visit.id}`, tabindex: "-1" }, labels.errors, " ", tagOf({ text: String(errors.length), kind: "bad" })), findingList(model, errors, labels, { key: `${visit.id}:` })) : null,
    warned.length ? h("div", { class: "cps-found" }, h("h4", {}, canWrite ? labels.warnings : labels.warnings_sent ?? labels.warnings, " ", tagOf({ text: String(warned.length), kind: "due" })),
      canWrite ? h("p", { class: "cps-tiny cps-soft", id: hint }, rich(labels.reason_hint)) : null,
      h("ul", { class: "cps-plan-findings" }, warned)) : null,
    historyOf(visit, labels));
}

/** @param {any} get @param {any} tools */
function submitCard(get, tools) {
  const { view, repaint, save, isBusy, note, root, announce } = tools;
  const submit = get("submit");
  const labels = get("labels") ?? {};
  const visits = list(get("visits"));
  const [able, chosen] = [visits.filter(canSend), visits.filter((visit) => view.chosen.has(visit.id))];
  if (!submit) return null;
  const ids = chosen.map((visit) => visit.id);
  const ready = able.filter((visit) => !list(visit.errors).length);
  const says = uid("says");
  const go = () => {
    view.asking = false;
    // A reason still being typed goes first: the plan is sent with it.
    for (const { visit, send } of view.senders.values()) if (ids.includes(visit)) send();
    save("send", { visits: ids }, "send");
    root.querySelector("[data-key=send]")?.focus();
  };
  const press = () => {
    if (!able.length || isBusy("send")) return;
    view.missing = chosen.length ? "" : labels.choose_first;
    view.asking = chosen.length > 0 && Boolean(submit.confirm);
    if (chosen.length && !submit.confirm) return go();
    repaint();
    if (view.asking) return land(root.querySelector("[data-ask=send]"));
    announce(labels.choose_first ?? "");
    root.querySelector("[data-choose]")?.focus();
  };
  const all = () => {
    ready.forEach((visit) => view.chosen.add(visit.id));
    view.missing = "";
    repaint();
    announce(say(labels.chosen, { n: view.chosen.size, total: able.length }));
    root.querySelector("[data-key=send]")?.focus();
  };
  const back = () => {
    view.asking = false;
    repaint();
    root.querySelector("[data-key=send]")?.focus();
  };
  return h("section", { class: "cps-card cps-hand-in" },
    able.length ? h("p", { class: "cps-chosen" }, say(labels.chosen, { n: chosen.length, total: able.length })) : null,
    ready.some((visit) => !view.chosen.has(visit.id)) && ready.length > 1 && !view.asking ? h("div", {}, h("button", { type: "button", class: "cps-link", "data-key": "all", onclick: all }, labels.choose_all)) : null,
    view.asking && chosen.length
      ? askFirst("send", { ...submit.confirm, more: h("ul", { class: "cps-small cps-sending" }, chosen.map((visit) => own(visit.title, "li"))) }, "cps-primary", go, back, isBusy("send"))
      : h("div", { class: "cps-row" }, h("button", { type: "button", class: "cps-button cps-primary", "data-key": "send", "aria-describedby": says, "aria-disabled": able.length && !isBusy("send") ? null : "true", onclick: press }, submit.label)),
    h("div", { id: says }, h("p", { class: "cps-wrong-text cps-small" }, view.missing ? [icon("alert"), h("span", {}, view.missing)] : null),
      submit.note ? h("p", { class: "cps-small cps-soft" }, rich(submit.note)) : null),
    h("div", { "data-sent": true, "data-key": "sent", tabindex: "-1" }, note("send")));
}

/** @param {any} get @param {any} tools */
function downloadsCard(get, { model }) {
  const rows = list(get("downloads"));
  const labels = get("labels") ?? {};
  return rows.length ? h("section", { class: "cps-card cps-downloads" }, h("h3", {}, labels.downloads),
    h("ul", {}, rows.map((row) => h("li", {}, h("button", { type: "button", class: "cps-link", "data-key": `download:${row.id}`, onclick: () => model.send({ kind: "action", id: `download:${row.id}` }) }, h("span", {}, row.label)),
      row.note ? h("p", { class: "cps-tiny cps-soft" }, rich(row.note)) : null)))) : null;
}

export default drawnSaving("cps-gate", ["heading", "intro", "visits", "submit", "downloads"], (get, tools) => {
  const { view, landLater } = tools;
  const labels = get("labels") ?? {};
  const visits = list(get("visits"));
  view.senders = new Map();
  view.chosen ??= new Set();
  for (const id of [...view.chosen]) if (!visits.some((visit) => visit.id === id && canSend(visit))) view.chosen.delete(id);
  if (!view.chosen.size) view.asking = false;
  if (view.done === "send") {
    // What stayed behind has something to mend: that is where to go on.
    const refused = visits.find((visit) => view.chosen.has(visit.id) && list(visit.errors).length);
    landLater(refused ? `[data-errors="${CSS.escape(refused.id)}"]` : "[data-sent]");
  }
  view.done = "";
  return [
    get("heading") ? h("h2", {}, get("heading")) : null,
    get("intro") ? h("p", { class: "cps-soft cps-intro" }, rich(get("intro"))) : null,
    h("div", { class: "cps-gate-parts" },
      visits.length ? h("ol", { class: "cps-visits" }, visits.map((visit) => visitCard(visit, get, tools))) : h("p", { class: "cps-card" }, labels.empty),
      h("div", { class: "cps-gate-side" }, submitCard(get, tools), downloadsCard(get, tools))),
  ];
}, (place, kind, view) => {
  if (kind === "saved") view.done = place;
  const reason = view.reasons?.get(place.replace(/^reason:/, ""));
  if (reason) reason.hasFailed = kind === "error";
  if (reason && kind === "error") reason.saved = null; // it did not arrive: the next try sends it again
});
