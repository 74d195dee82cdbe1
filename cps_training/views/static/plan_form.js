// @ts-check
/* A part of a plan as a form: sections of fields that keep themselves, with what is to be mended where it is written.
 *
 * Its nodes live as long as what they show: `drawn` would draw them anew with every change, and take the caret, the keyboard's proposals and
 * what can be undone from who is writing. So the form stands beside the widget's body, which stays empty, and is brought up to date in place.
 *
 * Labels besides those of fields, rows and controls: findings, count_errors, count_warnings, count_hints "… {n}", unsent (before what was typed in a field
 * that is no more), forget.
 */
import { focused, h, icon, land, list, own, rich, tagOf, uid } from "./_dom.js";
import { drawnSaving } from "./_saving.js";
import { findingCounts, findingList } from "./_plan_finding.js";
import { askFirst } from "./_plan_ask.js";
import { inWords } from "./_plan_controls.js";
import { draftsOf } from "./_plan_drafts.js";
import { drawIfNew, fieldNode } from "./_plan_field.js";

const TRAITS = ["heading", "intro", "sections", "findings", "adds", "at"];

/** Put children in their order without moving the one that has the focus. @param {any} parent @param {any[]} wanted */
function arrange(parent, wanted) {
  for (const child of [...parent.children]) if (!wanted.includes(child)) child.remove();
  const held = focused(parent);
  let at = parent.firstElementChild;
  for (const child of wanted) {
    while (held && at && at !== child && child.contains(held) && child.parentNode === parent) {
      const next = at.nextElementSibling;
      at.remove();
      at = next;
    }
    if (at === child) at = at.nextElementSibling;
    else parent.insertBefore(child, at);
  }
}

/** A note as it can be compared. @param {any} note */
const noteKey = (note) => note && [note.className, note.textContent];

/** Whether a finding's place is this field or something in it. @param {string} field @param {string} place */
const isWithin = (field, place) => place === field || (place.startsWith(field) && /[./:[]/.test(place[field.length]));

/** The nearest of these ids that holds a place, "" where none does. @param {string[]} ids @param {string} place */
function nearest(ids, place) {
  return ids.filter((id) => isWithin(id, place)).sort((a, b) => b.length - a.length)[0] ?? "";
}

/** @param {any} section @param {any} form */
function sectionNode(section, form) {
  const { tools, labels } = form;
  const titled = uid("section");
  const isFold = Boolean(section.title);
  const head = h(isFold ? "summary" : "div", { class: "cps-section-head", tabindex: isFold ? "0" : null });
  const intro = h("p", { class: "cps-small cps-soft cps-section-intro" });
  const found = h("div", { class: "cps-section-findings" });
  const fields = h("div", { class: "cps-fields" });
  const foot = h("div", { class: "cps-section-foot" });
  const noted = h("div", { class: "cps-section-notes" });
  const body = h("div", { class: "cps-section-body" }, intro, found, fields, foot, noted);
  const el = h(isFold ? "details" : "section", { class: "cps-card cps-plan-section", "data-section": section.id, "aria-labelledby": isFold ? titled : null }, head, body);
  if (isFold) /** @type {any} */ (el).open = Boolean(section.is_open); // later only its reader folds it

  /** A button that asks first where it is said to. @param {any} button @param {string} key @param {string} kind @param {() => void} press */
  function pressed(button, key, kind, press) {
    const { view, repaint, root, isBusy } = tools();
    const say = (/** @type {string} */ about, /** @type {string} */ to) => { view.asking = about; repaint(); land(root.querySelector(to)); };
    const yes = () => {
      view.asking = "";
      press();
    };
    if (view.asking === key && button.confirm) return askFirst(key, button.confirm, kind, yes, () => say("", `[data-key="${key}"]`), isBusy(key));
    const off = button.disabled ?? "";
    const why = off ? h("span", { class: "cps-tiny cps-soft cps-block", id: uid("why") }, rich(off)) : null;
    const isQuiet = key.startsWith("remove:");
    return h("div", { class: "cps-press" }, h("button", {
      type: "button", class: isQuiet ? "cps-plan-link cps-quiet" : `cps-button ${kind}`, "data-key": key, "aria-disabled": off ? "true" : null, "aria-describedby": why?.id,
      onclick: () => off || (button.confirm ? say(key, `[data-ask="${key}"]`) : yes()),
    }, button.label, isQuiet ? h("span", { class: "cps-hidden" }, " ", own(section.title)) : null), why);
  }

  return {
    el,
    open: () => { if (isFold) el.open = true; },
    land: () => { if (isFold) { el.open = true; land(head); } },
    /** @param {any} next @param {any[]} nodes of its fields @param {any[]} findings those of none of its fields */
    update(next, nodes, findings) {
      section = next;
      drawIfNew(head, [next.title, next.tags, next.summary], () => [
        isFold ? own(next.title, "h3", { id: titled }) : null,
        h("span", { class: "cps-section-tags" }, list(next.tags).map((tag) => tagOf(tag))),
        next.summary ? own(next.summary, "span", { class: "cps-small cps-soft cps-section-summary" }) : null]);
      drawIfNew(intro, next.intro ?? "", () => rich(next.intro));
      drawIfNew(found, findings, () => [findingList(tools().model, findings, labels(), { hasNoPlace: true, key: `${next.id}:` })]);
      arrange(fields, nodes);
      const { view, note, save } = tools();
      const notes = [...list(next.buttons).map((button) => `press:${button.id}`), `remove:${next.id}`].map(note);
      const asked = [...list(next.buttons).map((button) => `press:${button.id}`), `remove:${next.id}`].includes(view.asking) ? view.asking : "";
      drawIfNew(noted, notes.map(noteKey), () => notes);
      drawIfNew(foot, [next.buttons, next.remove, next.note, next.title, asked], () => [
        list(next.buttons).length ? h("div", { class: "cps-row cps-presses" }, list(next.buttons).map((button) =>
          pressed(button, `press:${button.id}`, { primary: "cps-primary", danger: "cps-danger" }[/** @type {string} */ (button.kind)] ?? "", () => save("press", { button: button.id }, `press:${button.id}`)))) : null,
        next.note ? h("p", { class: "cps-small cps-soft" }, rich(next.note)) : null,
        next.remove ? pressed(next.remove, `remove:${next.id}`, "cps-danger", () => save("remove", { section: next.id }, `remove:${next.id}`)) : null]);
    },
  };
}

/** All of the form that lives on. @param {any} view @param {any} root */
function formNode(view, root) {
  const heading = h("h2", {});
  const intro = h("p", { class: "cps-soft cps-intro" });
  const top = h("section", { class: "cps-form-findings" });
  const gone = h("div", { class: "cps-form-gone" });
  const sections = h("div", { class: "cps-sections" });
  const adds = h("div", { class: "cps-row cps-adds" });
  const added = h("div", { class: "cps-section-notes" });
  const lost = h("div", { class: "cps-form-lost", role: "group" });
  const el = h("div", { class: "cps-plan-form-all" }, heading, intro, top, gone, sections, adds, added, lost);
  root.insertBefore(el, root.querySelector(".cps-announce"));

  const tools = () => view.tools;
  const get = (/** @type {string} */ trait) => view.get(trait);
  const labels = () => get("labels") ?? {};
  const all = () => list(get("sections")).flatMap((section) => list(section.fields));
  const specOf = (/** @type {string} */ field) => all().find((one) => one.id === field);
  const drafts = draftsOf(tools, (field) => { const spec = specOf(field); return Boolean(spec && !spec.disabled); });
  const form = { tools, labels };
  /** @type {Map<string, any>} */
  const fieldNodes = new Map();
  /** @type {Map<string, any>} */
  const sectionNodes = new Map();
  let lastField = "";
  let isLost = false;
  let isPressing = false;
  let isLeft = false;

  /** A field was left. By a press: what is drawn stays under the pointer until it is up, then what was typed goes before what was pressed. */
  function leave() {
    isLeft = true;
    if (isPressing) return;
    isLeft = false;
    drafts.flush(true);
    setTimeout(() => root.isConnected && tools().repaint()); // what waited for the field to be left
  }

  /** What was heard of what was sent. */
  function hear() {
    const heard = view.heard;
    view.heard = null;
    if (!heard) return;
    const saved = get("saved") ?? {};
    const isAnswer = saved.send_id === tools().sentId("edit");
    isLost = heard === "error" && !(isAnswer && saved.kind === "error");
    if (heard === "saved") for (const field of drafts.saved((one) => specOf(one)?.value)) view.settled.add(field);
    else if (isLost) drafts.lost();
    else drafts.refused(saved.text ?? "");
  }

  /** Texts whose field is no more: they are shown, so that their writer can take them elsewhere. @param {Set<string>} ids */
  function leftOver(ids) {
    const rows = [...drafts.drafts].filter(([field]) => !ids.has(field)).map(([field, draft]) => ({ field, words: inWords(view.described.get(field) ?? {}, draft.value, labels()) })).filter((row) => row.words.length);
    drawIfNew(gone, rows.map((row) => [row.field, row.words.map((e) => e.textContent)]), () => rows.map((row) => h("div", { class: "cps-card cps-unsent" },
      h("p", { class: "cps-small" }, labels().unsent, " ", own(view.described.get(row.field)?.label)), row.words,
      h("button", { type: "button", class: "cps-button", "data-key": `forget:${row.field}`, onclick: () => { drafts.giveUp(row.field); tools().repaint(); } }, labels().forget))));
  }

  function paintFields() {
    const given = list(get("sections"));
    const ids = new Set(all().map((field) => field.id));
    const findings = list(get("findings"));
    const placed = findings.map((row) => ({ row, field: row.field ? nearest([...ids], row.field) : "", section: row.field ? nearest(given.map((s) => s.id), row.field) : "" }));
    for (const [field] of [...fieldNodes]) if (!ids.has(field)) fieldNodes.delete(field);
    const note = tools().note("edit");
    const nodes = given.map((section) => {
      if (!sectionNodes.has(section.id)) sectionNodes.set(section.id, sectionNode(section, form));
      const own = list(section.fields).map((field) => {
        view.described.set(field.id, field);
        const known = fieldNodes.get(field.id);
        const node = known?.type === field.type ? known.node : fieldNode(field, { model: tools().model, labels, drafts, touched: (one) => { lastField = one; }, repaint: () => tools().repaint(), leave });
        fieldNodes.set(field.id, { type: field.type, node });
        node.update(field, placed.filter((one) => one.field === field.id).map((one) => one.row), field.id === lastField && !isLost ? note : null);
        if (view.settled.delete(field.id)) node.seen();
        return node.el;
      });
      sectionNodes.get(section.id).update(section, own, placed.filter((one) => !one.field && one.section === section.id).map((one) => one.row));
      return sectionNodes.get(section.id).el;
    });
    for (const [id] of [...sectionNodes]) if (!given.some((section) => section.id === id)) sectionNodes.delete(id);
    arrange(sections, nodes);
    leftOver(ids);
    return placed.filter((one) => !one.field && !one.section).map((one) => one.row);
  }

  /** Where the focus goes after something was done, or where Python sends it. @param {string[]} before */
  function goOn(before) {
    const at = get("at") ?? "";
    const done = view.done;
    view.done = "";
    if (done === "add") {
      const added = list(get("sections")).find((section) => !before.includes(section.id));
      if (added) sectionNodes.get(added.id).land();
    } else if (done.startsWith("remove:")) land(heading);
    if (at === view.at) return;
    view.at = at;
    const section = list(get("sections")).find((one) => one.id === at || list(one.fields).some((field) => field.id === at));
    if (!section) return;
    let tries = 30; // the form may be drawn before it stands in the page
    const go = () => {
      if (!root.isConnected) return void (tries-- > 0 && requestAnimationFrame(go));
      sectionNodes.get(section.id)?.open();
      if (section.id === at) sectionNodes.get(section.id)?.land();
      else fieldNodes.get(at)?.node.focus();
    };
    go();
  }

  return {
    drafts,
    /** @param {boolean} isDown */
    press(isDown) {
      isPressing = isDown;
      if (isLeft && !isDown) leave();
    },
    /** Whether something typed is not on its way. */
    isHeldUp: () => drafts.drafts.size > 0 && (isLost || drafts.hasHeld()),
    paint() {
      const before = [...sectionNodes.keys()];
      hear();
      drawIfNew(heading, get("heading"), () => [get("heading")]);
      drawIfNew(intro, get("intro"), () => rich(get("intro")));
      const open = paintFields();
      drawIfNew(top, [open, labels().findings], () => (open.length
        ? [h("h3", {}, labels().findings, " ", findingCounts(open, labels())), findingList(tools().model, open, labels(), { key: "top:" })] : []));
      const { save, note, isBusy } = tools();
      drawIfNew(added, noteKey(note("add")), () => [note("add")]);
      drawIfNew(adds, [get("adds"), isBusy("add")], () => [list(get("adds")).map((one) =>
        h("button", { type: "button", class: "cps-button", "data-key": `add:${one.id}`, "aria-disabled": isBusy("add") ? "true" : null, onclick: () => save("add", { to: one.id }, "add") }, one.label))]);
      const isShown = isLost && drafts.drafts.size > 0;
      drawIfNew(lost, isShown ? labels().silent : "", () => (isShown
        ? [h("p", { class: "cps-wrong-text" }, icon("alert"), h("span", {}, labels().silent)), h("button", { type: "button", class: "cps-button", "data-key": "retry", onclick: () => drafts.flush(true) }, labels().retry)] : []));
      goOn(before);
    },
  };
}

const shown = drawnSaving("cps-plan-form", TRAITS, (get, tools) => {
  const { view, root } = tools;
  Object.assign(view, { get, tools, settled: view.settled ?? new Set(), described: view.described ?? new Map(), done: view.done ?? "", heard: view.heard ?? null, at: view.at ?? "" });
  view.form ??= formNode(view, root);
  root.cpsForm = view.form;
  view.form.paint();
  return [];
}, (place, kind, view) => {
  if (place === "edit") view.heard = kind;
  else if (kind === "saved") view.done = place;
});

export default {
  /** What is typed is sent before its writer is gone. @param {{model: any, el: HTMLElement}} context */
  render(context) {
    const stopDrawing = shown.render(context);
    const form = /** @type {any} */ (context.el.querySelector(".cps-plan-form")).cpsForm;
    const { drafts } = form;
    const stop = new AbortController();
    const { signal } = stop;
    addEventListener("pointerdown", () => form.press(true), { signal, capture: true });
    addEventListener("pointerup", () => form.press(false), { signal, capture: true });
    addEventListener("pointercancel", () => form.press(false), { signal, capture: true });
    addEventListener("pagehide", () => drafts.flush(true), { signal });
    addEventListener("online", () => drafts.flush(true), { signal });
    addEventListener("beforeunload", (event) => {
      drafts.flush(true);
      if (form.isHeldUp()) event.preventDefault();
    }, { signal });
    document.addEventListener("visibilitychange", () => { if (document.hidden) drafts.flush(true); }, { signal });
    return () => {
      drafts.flush(true);
      drafts.stop();
      stop.abort();
      stopDrawing();
    };
  },
};
