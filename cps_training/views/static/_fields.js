// @ts-check
/* What interactions share: marks after feedback, and fields that become plain words once nothing can be changed. Knows no key and no model. */
import { h, icon, list, own, rich, uid } from "./_dom.js";

/** So long nothing was typed: then it is sent. */
export const TYPED_MS = 1200;

const MARK_ICON = /** @type {const} */ ({ right: "check", missed: "check", wrong: "cross" });

/** The words at the end of an option after feedback. @param {any} of @param {Record<string, string>} labels */
function markOf(of, labels) {
  const text = of?.label || { right: labels.right_answer, missed: labels.right_answer, wrong: labels.your_answer }[of?.mark] || "";
  return text ? [of?.mark ? icon(MARK_ICON[of.mark]) : null, h("span", {}, rich(text))] : [];
}

/** Why this is right or wrong. @param {any} of @param {Record<string, string>} labels */
function rationaleOf(of, labels) {
  return of?.rationale ? [labels.why ? h("b", {}, `${labels.why} `) : null, own(of.rationale)] : [];
}

/** Where the mark of one thing is written, and the reason for it. */
export function markPlaces() {
  return {
    mark: h("span", { class: "cps-option-mark cps-small", id: uid("mark") }),
    why: h("span", { class: "cps-option-why cps-small", id: uid("why"), hidden: true }),
  };
}

/**
 * Show what is said of one thing, or (undefined) take it away.
 * @param {{box: Element, mark: any, why: any}} at @param {any} of {mark, label, rationale} @param {Record<string, string>} labels
 */
export function showMark({ box, mark, why }, of, labels) {
  for (const name of ["right", "wrong", "missed"]) box.classList.toggle(`cps-${name}`, of?.mark === name);
  mark.replaceChildren(...markOf(of, labels).filter(Boolean));
  why.replaceChildren(...rationaleOf(of, labels).filter(Boolean));
  why.hidden = !why.childNodes.length;
}

/**
 * A control and the words that stand in its place at the end: they wrap, print and are read where a control would be cut off.
 * @param {any} control @param {() => string} words
 */
function held(control, words) {
  const given = h("span", { class: "cps-given", hidden: true });
  const tell = () => given.replaceChildren(own(words()) ?? "–");
  return {
    el: h("span", { class: "cps-held" }, control, given),
    focus: () => control.focus(),
    /** @param {string} value */
    show(value) {
      if (control.value !== value) control.value = value; // the same again would move the caret
      tell();
    },
    /** @param {"" | "waiting" | "final"} how */
    lock(how) {
      control.disabled = control.hidden = how === "final";
      control.readOnly = how !== "";
      control.toggleAttribute("aria-disabled", false);
      if (how === "waiting") control.setAttribute("aria-disabled", "true");
      given.hidden = how !== "final";
      tell();
    },
  };
}

/**
 * A drop-down; "" while nothing is chosen.
 * @param {{options: any, first: string, key: string, props: Record<string, any>}} how first: what stands there before a choice
 * @param {(quiet: number) => void} changed
 */
export function dropDown({ options, first, key, props }, changed) {
  let was = "";
  const select = h("select", { class: "cps-input", "data-key": key, ...props, onchange: choose },
    h("option", { value: "" }, first), list(options).map((o) => h("option", { value: o.id, "data-cps-content": true }, o.text)));
  const base = held(select, () => (select.value ? select.selectedOptions[0].text : ""));
  function choose() {
    // A drop-down cannot be kept from opening everywhere: what is chosen while an answer is on its way is put back.
    if (select.hasAttribute("aria-disabled")) return void (select.value = was);
    was = select.value;
    changed(0);
  }
  return {
    ...base,
    read: () => select.value,
    /** @param {string} value */
    show(value) {
      was = list(options).some((o) => o.id === value) ? value : "";
      base.show(was);
    },
  };
}

/**
 * A field to type in. What is half composed by an input method is no answer yet: the card waits for it.
 * @param {{most: number, rows?: number, key: string, props: Record<string, any>}} how
 * @param {(quiet: number) => void} changed
 */
export function typeIn({ most, rows = 1, key, props }, changed) {
  const node = h(rows > 1 ? "textarea" : "input", {
    class: "cps-input", type: rows > 1 ? null : "text", rows: rows > 1 ? rows : null, maxlength: most || null, autocomplete: "off",
    "data-key": key, ...props, oninput: () => changed(TYPED_MS),
  });
  // Half of an emoji, cut off by the limit, would be no text.
  const text = () => node.value.toWellFormed?.() ?? node.value;
  return { ...held(node, text), read: text };
}

/**
 * The one field of an answer that is typed, with its label above, a unit beside and a note below.
 * @param {any} field of typeIn @param {string} id @param {Record<string, string>} labels @param {any} beside @param {any} below
 */
export function answerBox(field, id, labels, beside, below) {
  const { mark, why } = markPlaces();
  const box = h("div", { class: "cps-part" }, h("label", { class: "cps-small cps-soft", for: id }, labels.your_answer),
    h("div", { class: "cps-beside" }, field.el, beside), below, mark, why);
  return {
    el: box,
    lock: field.lock,
    focus: field.focus,
    mark: (/** @type {any} */ feedback) => showMark({ box, mark, why }, feedback?.options?.answer, labels),
  };
}
