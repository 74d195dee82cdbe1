// @ts-check
/* One field of a plan's form with all that stands around it: label, hint, what was typed and not kept, what is to be mended. Knows no plan and no text.
 *
 * Labels besides those of controls and findings: retry, in_plan (before what stands in the plan), clash, keep_mine, use_theirs, locked.
 */
import { focused, h, icon, land, redraw, rich, uid } from "./_dom.js";
import { findingList } from "./_plan_finding.js";
import { controlOf, inWords, isSame } from "./_plan_controls.js";
import { rowsControl } from "./_plan_rows.js";

const GROUPS = ["radio", "checks", "rows", "lines"];
/** Fields that need the whole width. */
const WIDE = [...GROUPS, "area", "flag"];

/** Draw a part only when what it shows has changed: what is open or has the focus there stays. @param {any} node @param {any} what @param {() => any[]} make */
export function drawIfNew(node, what, make) {
  const key = JSON.stringify(what);
  if (node.cpsShown === key) return;
  node.cpsShown = key;
  redraw(node, make());
}

/**
 * @param {any} first the field as it is described at first
 * @param {{model: any, labels: () => any, drafts: any, touched: (field: string) => void, repaint: () => void, leave: () => void}} form
 */
export function fieldNode(first, { model, labels, drafts, touched, repaint, leave }) {
  const name = first.id;
  const [id, says, labelId] = [uid("field"), uid("says"), uid("label")];
  const isGroup = GROUPS.includes(first.type);
  const label = h(isGroup || first.type === "flag" ? "span" : "label", isGroup ? { id: labelId } : { for: id, id: labelId });
  const state = h("span", { class: "cps-field-state" });
  const hint = h("span", { class: "cps-tiny cps-soft cps-block" });
  const box = h("div", { class: "cps-control" });
  const wrong = h("span", { class: "cps-wrong-text cps-small" });
  const beside = h("div", { class: "cps-beside-draft" });
  const found = h("div", { class: "cps-field-findings" });
  const el = h("div", {
    class: `cps-field cps-plan-field ${WIDE.includes(first.type) ? "cps-wide" : ""}`, "data-field": name,
    role: isGroup ? (first.type === "radio" ? "radiogroup" : "group") : null, "aria-labelledby": isGroup ? labelId : null, "aria-describedby": isGroup ? says : null, onfocusout: left,
  }, h("div", { class: "cps-field-head" }, first.type === "flag" ? null : label, state), box, h("div", { id: says, class: "cps-says" }, hint, wrong, found), beside);
  /** @type {any} */
  let control = null;
  let spec = first;
  let shape = "";
  let isLocked = false;
  /** What the plan said of it when its writer last looked. */
  let seen = first.value;
  /** @type {any[]} */
  let said = [];

  function typed() {
    drafts.type(name, control.read(), Boolean(control.isBad()), seen);
    drafts.meet(name, spec.value);
    wrong.replaceChildren();
    touched(name);
    update(spec, said, null); // this field alone: a plan may have hundreds
  }

  function left(/** @type {FocusEvent} */ event) {
    if (el.contains(/** @type {Node | null} */ (event.relatedTarget))) return;
    if (control && !isLocked) {
      control.rest();
      const bad = first.type === "rows" ? "" : control.isBad(); // rows say it in their cells
      wrong.replaceChildren(...(bad ? [icon("alert"), h("span", {}, labels()[bad])] : []));
    }
    leave();
  }

  function build() {
    isLocked = Boolean(spec.disabled);
    if (isLocked) {
      control = null;
      box.replaceChildren();
      return;
    }
    const how = { id, says, key: `field:${name}`, labels, changed: typed };
    control = ["rows", "lines"].includes(spec.type) ? rowsControl(spec, how) : controlOf(spec, how);
    box.replaceChildren(control.el, h("span", { class: "cps-below" }, control.below));
    const draft = drafts.drafts.get(name);
    control.show(draft && !draft.isBad ? draft.value : spec.value);
  }

  /** Two texts, and which is to stand. @param {any} draft */
  function choice(draft) {
    const mine = () => { drafts.insist(name, spec.value); seen = spec.value; repaint(); control?.focus(); };
    const theirs = () => {
      drafts.giveUp(name);
      seen = spec.value;
      control?.show(spec.value);
      wrong.replaceChildren();
      repaint();
      control?.focus();
    };
    const way = (/** @type {string} */ key, /** @type {string} */ text, /** @type {() => void} */ press) => h("button", { type: "button", class: "cps-button", "data-key": `${key}:${name}`, onclick: press }, text);
    const words = inWords(spec, spec.value, labels());
    return [
      h("p", { class: "cps-wrong-text", role: "alert" }, icon("alert"), h("span", {}, rich(draft.isClash ? labels().clash : draft.refused))),
      h("div", { class: "cps-in-plan" }, h("p", { class: "cps-tiny cps-soft" }, labels().in_plan), words.length ? words : h("p", {}, "–")),
      h("div", { class: "cps-row" }, way("mine", draft.isClash ? labels().keep_mine : labels().retry, mine), way("theirs", labels().use_theirs, theirs)),
    ];
  }

  /** @param {any} next the field @param {any[]} findings @param {any} note what became of what was last written here */
  function update(next, findings, note) {
    const has = Boolean(focused(box));
    const other = JSON.stringify([next.type, next.options, next.columns, next.most, next.unit, next.label, Boolean(next.disabled)]);
    spec = next;
    said = findings;
    if (!control && !isLocked) build();
    else if (other !== shape && !has) {
      if (isLocked !== Boolean(next.disabled)) build();
      else control?.adapt(next);
    }
    if (other !== shape && !has) shape = other;
    const draft = drafts.drafts.get(name);
    if (!control) box.replaceChildren(h("div", { class: "cps-locked" }, inWords(spec, spec.value, labels()).concat(h("p", { class: "cps-tiny cps-soft" }, rich(spec.disabled)))));
    else if (draft) drafts.meet(name, spec.value);
    if (control && !draft && !has) {
      if (!isSame(control.read(), spec.value) || control.isBad()) control.show(spec.value);
      else if (first.type === "rows") control.adopt(spec.value);
      seen = spec.value;
    } else if (control && first.type === "rows") {
      control.adopt(spec.value);
      if (draft && !draft.isBad) draft.value = control.read();
    }
    drawIfNew(label, next.label, () => rich(next.label));
    drawIfNew(hint, next.hint ?? "", () => rich(next.hint));
    const now = drafts.drafts.get(name);
    state.replaceChildren(...(note && (!now || drafts.isSending(name)) ? [note] : [])); // nothing typed since is called kept
    const isAsked = Boolean(now && (now.isClash || now.refused !== null));
    drawIfNew(beside, isAsked ? [spec.value, now.isClash, now.refused] : "", () => (isAsked ? choice(now) : []));
    drawIfNew(found, findings, () => [findingList(model, findings, labels(), { hasNoPlace: true, key: `${name}:` })]);
  }

  return {
    el,
    update,
    focus: () => (control ? control.focus() : land(label)),
    seen: () => { seen = spec.value; },
  };
}
