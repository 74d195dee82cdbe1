// @ts-check
/* One control of a plan's form for each type of field: how it shows a value, what was typed in it, what it says in plain words. Knows no plan and
 * no text. A control lives as long as its field: it is never drawn anew, so that nothing is taken from who writes in it.
 *
 * Labels: choose (nothing chosen in a drop-down), letters "{n} … {most}", bad_date, bad_time, bad_number, yes, no, months, months_long, weekdays,
 * date, date_long "… {weekday} {day} {month} {be} {ce}".
 */
import { h, list, own, redraw, rich, say, uid } from "./_dom.js";
import { dayInWords, readDay, readFigure, readTime } from "./_plan_dates.js";

/** From this share of its letters on a field says how many are left. */
const NEARLY_FULL = 0.8;
/** Letters of a day, a time or a number. */
const LONGEST_TYPED = 60;
/** @param {any} spec @returns {number} */
const mostLetters = (spec) => spec.most ?? (spec.type === "area" ? 2000 : 200);
/** @type {Record<string, {read: (text: string, labels: any) => any, show: (value: any, labels: any) => string, bad: string}>} */
const READERS = {
  date: { read: readDay, show: (value, labels) => dayInWords(value, labels), bad: "bad_date" },
  time: { read: readTime, show: (value) => String(value ?? "").slice(0, 5), bad: "bad_time" },
  number: { read: readFigure, show: (value) => String(value ?? ""), bad: "bad_number" },
};

/** Nothing chosen, nothing written. @param {any} value */
export const isNothing = (/** @type {any} */ value) => value === null || value === undefined || value === "" || value === false || (Array.isArray(value) && !value.length);

/** Whether two values are one; rows may have got their ids meanwhile, and space around a text is nothing. @param {any} a @param {any} b @returns {boolean} */
export function isSame(a, b) {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, n) => isSame(one, b[n]));
  if (a && b && typeof a === "object" && typeof b === "object") {
    const names = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...names].every((name) => (name === "id" && (a.id === undefined || b.id === undefined)) || isSame(a[name] ?? null, b[name] ?? null));
  }
  if (typeof a === "string" && typeof b === "string") return a.trim() === b.trim();
  return a === b || (isNothing(a) && isNothing(b));
}

/** @param {any} spec @param {any} value */
function optionWords(spec, value) {
  const option = list(spec.options).find((one) => one.value === value);
  return option ? option.label : value;
}

/**
 * A value in plain words, for where nothing is typed. @param {any} spec a field or a column @param {any} value @param {any} labels
 * @returns {any[]} paragraphs
 */
export function inWords(spec, value, labels) {
  if (spec.type === "rows") {
    const cells = (/** @type {any} */ row) => list(spec.columns).map((column) => inWords(column, row?.[column.name], labels).map((e) => e.textContent).join(" · ")).filter(Boolean);
    return list(value).map((row) => own(cells(row).join(" · "), "p"));
  }
  if (spec.type === "lines") return list(value).map((text) => own(text, "p"));
  if (spec.type === "checks") return list(value).map((one) => own(optionWords(spec, one), "p"));
  const text = spec.type === "flag" ? (value ? labels.yes : labels.no)
    : ["select", "radio"].includes(spec.type) ? optionWords(spec, value)
      : spec.type in READERS ? READERS[spec.type].show(value, labels) : value;
  return text || text === 0 ? [own(`${text}${spec.unit ? ` ${spec.unit}` : ""}`, "p", { class: "cps-as-written" })] : [];
}

/**
 * @typedef {{el: any, read: () => any, isBad: () => string, show: (value: any) => void, rest: () => void, adapt: (spec: any) => void, focus: () => void, below?: any}} Control
 * read: the value, null for nothing; isBad: the label of what is wrong with what was typed, "" where nothing is; show: puts a value in;
 * rest: what was typed is written as it is shown, once the field was left; adapt: its options or limits are others now
 */

/** What is typed. @param {any} spec @param {any} how {id, says, key, label, labels, changed} @returns {Control} */
function typedControl(spec, { id, says, key, label, labels, changed }) {
  const isArea = spec.type === "area";
  const reader = READERS[spec.type];
  const left = h("span", { class: "cps-tiny cps-soft cps-letters" });
  const echo = h("span", { class: "cps-tiny cps-soft cps-echo", "aria-live": "polite" });
  const node = h(isArea ? "textarea" : "input", {
    class: `cps-input cps-input-${spec.type}`, id, "data-key": key, type: isArea ? null : "text", rows: isArea ? "3" : null, autocomplete: "off",
    inputmode: spec.type === "number" ? "decimal" : null, maxlength: reader ? LONGEST_TYPED : mostLetters(spec), "aria-describedby": says, "aria-label": label, oninput: typed,
    // A browser brings only the caret's line into view: the rest would lie under a phone's tab bar.
    onfocus: isArea ? (/** @type {any} */ e) => e.target.scrollIntoView({ block: "nearest" }) : null,
  });
  let most = mostLetters(spec);
  /** What stands in the box as a value: a day shown in words is that day, whatever the words are. */
  let kept = /** @type {{text: string, value: any} | null} */ (null);
  const value = () => (kept && kept.text === node.value ? kept.value : reader ? reader.read(node.value, labels()) : (node.value.toWellFormed?.() ?? node.value) || null);

  function grow() {
    if (!isArea || CSS.supports("field-sizing", "content")) return;
    node.style.height = "auto";
    if (node.scrollHeight) node.style.height = `${node.scrollHeight + 4}px`;
  }
  function count() {
    if (!reader) left.replaceChildren(node.value.length >= most * NEARLY_FULL ? say(labels().letters, { n: node.value.length, most }) : "");
    if (spec.type === "date") echo.replaceChildren(value() && labels().date_long ? dayInWords(value(), labels(), "date_long") : "");
  }
  function typed() {
    node.removeAttribute("aria-invalid");
    grow();
    count();
    changed();
  }
  return {
    el: spec.unit ? h("span", { class: "cps-with-unit" }, node, h("span", { class: "cps-soft" }, spec.unit)) : node,
    below: [echo, left],
    read: () => value() ?? null,
    isBad: () => (value() === undefined ? reader.bad : ""),
    show(given) {
      const text = reader ? reader.show(given, labels()) : String(given ?? "");
      kept = reader ? { text, value: given ?? null } : null;
      if (node.value !== text) node.value = text;
      node.removeAttribute("aria-invalid");
      grow();
      count();
    },
    rest() {
      const now = value();
      if (now === undefined) node.setAttribute("aria-invalid", "true");
      else if (reader) this.show(now);
    },
    adapt(next) {
      most = mostLetters(next);
      if (!reader) node.setAttribute("maxlength", String(most));
      count();
    },
    focus: () => node.focus(),
  };
}

/** @param {any} spec @param {any} how @returns {Control} */
function selectControl(spec, { id, says, key, label, labels, changed }) {
  const node = h("select", { class: "cps-input", id, "data-key": key, "aria-describedby": says, "aria-label": label, onchange: changed });
  let now = spec;
  /** @param {any} value */
  const fillIn = (value) => {
    const options = list(now.options);
    const lost = value && !options.some((o) => o.value === value) ? [{ value, label: value, own: true }] : [];
    node.replaceChildren(...[{ value: "", label: labels().choose ?? "" }, ...options.filter((o) => o.value !== ""), ...lost].map((o) =>
      h("option", { value: o.value, ...(o.own ? { "data-cps-content": true } : {}) }, o.label)));
    node.value = value ?? "";
  };
  return {
    el: node, read: () => node.value || null, isBad: () => "", rest: () => {}, focus: () => node.focus(),
    show: fillIn,
    adapt(next) {
      now = next;
      fillIn(node.value);
    },
  };
}

/** Radios and boxes to tick: whole rows to press. @param {any} spec @param {any} how @returns {Control} */
function choiceControl(spec, { key, changed }) {
  const isMany = spec.type === "checks";
  const group = uid("choice");
  const box = h("div", { class: "cps-choices" });
  let now = spec;
  const inputs = () => /** @type {any[]} */ (Array.from(box.querySelectorAll("input")));
  const chosen = () => inputs().filter((i) => i.checked).map((i) => i.value);
  /** @param {any[]} values */
  const fillIn = (values) => {
    const options = list(now.options);
    const lost = values.filter((v) => !options.some((o) => o.value === v)).map((v) => ({ value: v, label: v, own: true }));
    redraw(box, [...options, ...lost].map((o) => h("label", { class: "cps-check" },
      h("input", { type: isMany ? "checkbox" : "radio", name: group, value: o.value, "data-key": `${key}:${o.value}`, onchange: changed }),
      h("span", {}, o.own ? own(o.label) : rich(o.label)))));
    for (const input of inputs()) input.checked = values.includes(input.value);
  };
  return {
    el: box, read: () => (isMany ? chosen() : chosen()[0] ?? null), isBad: () => "", rest: () => {}, focus: () => (inputs().find((i) => i.checked) ?? inputs()[0])?.focus(),
    show: (value) => fillIn(isMany ? list(value) : value ? [value] : []),
    adapt(next) {
      now = next;
      fillIn(chosen());
    },
  };
}

/** One box; its words stand beside it. @param {any} spec @param {any} how @returns {Control} */
function flagControl(spec, { id, says, key, changed }) {
  const node = h("input", { type: "checkbox", id, "data-key": key, "aria-describedby": says, onchange: changed });
  const words = h("span", {}, rich(spec.label));
  return {
    el: h("label", { class: "cps-check" }, node, words), read: () => node.checked, isBad: () => "", rest: () => {}, focus: () => node.focus(),
    show(value) {
      node.checked = Boolean(value);
    },
    adapt: (next) => words.replaceChildren(...rich(next.label)),
  };
}

/**
 * The control of a field or a column, except of rows and lines.
 * @param {any} spec {type, label, options, most, unit}
 * @param {{id: string, says: string | null, key: string, label?: string | null, labels: () => any, changed: () => void}} how label: heard where none stands beside it
 * @returns {Control}
 */
export function controlOf(spec, how) {
  if (spec.type === "select") return selectControl(spec, how);
  if (spec.type === "radio" || spec.type === "checks") return choiceControl(spec, how);
  if (spec.type === "flag") return flagControl(spec, how);
  return typedControl(spec, how);
}
