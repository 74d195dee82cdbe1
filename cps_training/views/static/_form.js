// @ts-check
/* Forms that Python describes: drawing fields, sending one once, showing its answer where it belongs. Knows no form and no text. */
import { announcer, content, focused, h, icon, land, list, onChange, own, randomHex, redraw, rich, uid } from "./_dom.js";

const SILENCE_MS = 20000;

/** @param {any} field @param {string} key @param {Record<string, any>} more */
function control(field, key, more) {
  const props = { name: field.name, "data-key": key, ...more };
  if (field.type === "select") {
    return h("select", { class: "cps-input", ...props }, list(field.options).map((o) =>
      h("option", { value: o.value, selected: o.value === field.value, ...(o.own ? content(o.label) : {}) }, o.label)));
  }
  if (field.type === "area") {
    const area = h("textarea", { class: "cps-input", rows: "3", maxlength: field.most, ...props }, field.value ?? "");
    // A browser brings only the caret's line into view: the rest would lie under a phone's tab bar.
    area.addEventListener("focus", () => area.scrollIntoView({ block: "nearest" }));
    return area;
  }
  const mode = field.type === "number" ? "numeric" : null;
  const choices = list(field.suggestions);
  const id = choices.length ? uid("list") : null;
  const input = h("input", { class: `cps-input cps-input-${field.type}`, type: "text", value: field.value ?? "", inputmode: mode, autocomplete: "off", list: id, maxlength: field.most ?? 200, ...props });
  return id ? [input, h("datalist", { id }, choices.map((c) => h("option", { value: c })))] : input;
}

/** Radios and checkboxes: whole rows to press. @param {any} field @param {string} key @param {string} group @param {string} says */
function choices(field, key, group, says) {
  const kind = field.type === "radio" ? "radio" : "checkbox";
  const on = (/** @type {any} */ o) => (kind === "radio" ? o.value === field.value : list(field.value).includes(o.value));
  return h("fieldset", { class: "cps-field", "aria-describedby": says, "data-field": field.name },
    field.label ? h("legend", {}, rich(field.label)) : null,
    list(field.options).map((o, n) => h("label", { class: "cps-check" },
      h("input", { type: kind, name: kind === "radio" ? group : field.name, value: o.value, checked: on(o), "data-key": `${key}:${o.value}`, "data-first": n === 0 }),
      h("span", {}, o.own ? own(o.label) : rich(o.label), o.note ? h("span", { class: "cps-tiny cps-soft cps-block" }, rich(o.note)) : null))),
    hintOf(field, says));
}

/** @param {any} field @param {string} id */
function hintOf(field, id) {
  return h("span", { class: "cps-says", id },
    field.hint ? h("span", { class: "cps-tiny cps-soft cps-block" }, rich(field.hint)) : null,
    h("span", { class: "cps-wrong-text", "data-error": field.name }));
}

/** @param {any} field @param {string} form */
function fieldOf(field, form) {
  const key = `field:${form}:${field.name}`;
  const says = uid("says");
  if (field.type === "radio" || field.type === "checks") return choices(field, key, uid("group"), says);
  if (field.type === "flag") {
    return h("div", { class: "cps-field", "data-field": field.name },
      h("label", { class: "cps-check" }, h("input", { type: "checkbox", name: field.name, checked: Boolean(field.value), "data-key": key, "aria-describedby": says }), h("span", {}, rich(field.label))),
      hintOf(field, says));
  }
  const id = uid("field");
  return h("div", { class: "cps-field", "data-field": field.name },
    h("label", { for: id }, rich(field.label)), control(field, key, { id, "aria-describedby": says }), hintOf(field, says));
}

/** What stands in a form now. @param {HTMLFormElement} element @param {any} form */
function valuesOf(element, form) {
  /** @type {Record<string, any>} */
  const values = {};
  for (const field of list(form.fields)) {
    const box = /** @type {Element} */ (element.querySelector(`[data-field="${CSS.escape(field.name)}"]`));
    const inputs = /** @type {HTMLInputElement[]} */ (Array.from(box.querySelectorAll("input, select, textarea")));
    if (field.type === "flag") values[field.name] = inputs[0].checked;
    else if (field.type === "checks") values[field.name] = inputs.filter((i) => i.checked).map((i) => i.value);
    else if (field.type === "radio") values[field.name] = inputs.find((i) => i.checked)?.value ?? "";
    else values[field.name] = inputs[0].value;
  }
  return values;
}

/** Take away what an earlier answer said. @param {Element} element */
function unsay(element) {
  element.querySelectorAll("[data-error]").forEach((e) => e.replaceChildren());
  element.querySelectorAll("[aria-invalid]").forEach((e) => e.removeAttribute("aria-invalid"));
}

/**
 * What a widget with forms keeps: what is under way, and how an answer is shown.
 * @param {any} model
 * @param {Element} root
 * @param {(text: string) => void} announce
 */
export function desk(model, root, announce) {
  /** @type {Map<string, {send_id: string, timer: any}>} */
  const waiting = new Map();
  const find = (/** @type {string} */ id) => /** @type {any} */ (Array.from(root.querySelectorAll("[data-form]")).find((f) => f.getAttribute("data-form") === id));

  /** @param {string} id @param {string} kind @param {any} text */
  function tell(id, kind, text) {
    const line = find(id)?.querySelector(".cps-form-status") ?? root.querySelector(".cps-note");
    if (!line) return null;
    line.className = `${line.classList.contains("cps-note") ? "cps-note" : "cps-form-status"} cps-small cps-is-${kind}`;
    line.replaceChildren(...(text ? [kind === "saved" ? icon("check") : kind === "error" ? icon("alert") : "", h("span", {}, ...rich(text))] : []));
    return line;
  }

  /** @param {string} id @param {boolean} is */
  function busy(id, is) {
    const element = find(id);
    if (!element) return;
    element.toggleAttribute("aria-busy", is);
    if (is) element.setAttribute("aria-busy", "true");
    element.querySelector("button[type=submit]")?.[is ? "setAttribute" : "removeAttribute"]("aria-disabled", "true");
  }

  /** @param {string} id */
  function settle(id) {
    clearTimeout(waiting.get(id)?.timer);
    waiting.delete(id);
    busy(id, false);
  }

  /** Send what a form says, once. @param {string} id @param {(send_id: string) => void} message @param {number} [patience] milliseconds */
  function send(id, message, patience = SILENCE_MS) {
    if (waiting.has(id)) return;
    const labels = model.get("labels") ?? {};
    const send_id = randomHex(16);
    const silent = () => { settle(id); tell(id, "error", labels.silent); announce(labels.silent ?? ""); };
    waiting.set(id, { send_id, timer: setTimeout(silent, patience) });
    busy(id, true);
    tell(id, "saving", labels.saving);
    try {
      message(send_id);
    } catch {
      silent();
    }
  }

  /** An answer came. */
  function hear() {
    const status = model.get("status") ?? {};
    const id = status.form;
    if (!id || waiting.get(id)?.send_id !== status.send_id || !["saved", "error"].includes(status.kind)) return;
    settle(id);
    const element = find(id);
    if (element) unsay(element);
    if (status.kind === "saved") {
      element?.reset?.();
      const line = tell(id, "saved", status.text);
      announce(plain(status.text));
      if (!focused(root)) land(element ? element.closest("details")?.querySelector("summary") ?? line : line);
      return;
    }
    const error = element?.querySelector(`[data-error="${CSS.escape(status.field || "-")}"]`);
    if (!error) {
      land(tell(id, "error", status.text));
      return;
    }
    tell(id, "idle", "");
    error.replaceChildren(icon("alert"), h("span", {}, ...rich(status.text)));
    const field = error.closest("[data-field]").querySelector("input, select, textarea");
    field.setAttribute("aria-invalid", "true");
    const folded = field.closest("details:not([open])");
    if (folded) folded.open = true;
    field.focus();
  }

  /** After a redraw: what is under way still looks so. */
  function again() {
    for (const id of waiting.keys()) { busy(id, true); tell(id, "saving", (model.get("labels") ?? {}).saving); }
  }

  return { send, hear, again, tell, isWaiting: (/** @type {string} */ id) => waiting.has(id), stop: () => waiting.forEach((w) => clearTimeout(w.timer)) };
}

/** @param {any} text */
function plain(text) {
  return Array.isArray(text) ? text.map((part) => (typeof part === "string" ? part : part?.own ?? "")).join("") : String(text ?? "");
}

/**
 * A form of the widget by its id, or null where Python gave none.
 * @param {any} model
 * @param {any} at the widget's desk
 * @param {string} id
 */
export function formOf(model, at, id) {
  const form = (model.get("forms") ?? {})[id];
  if (!form) return null;
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const element = /** @type {HTMLFormElement} */ (event.currentTarget);
    unsay(element);
    at.send(id, (/** @type {string} */ send_id) => model.send({ kind: "intent", id, values: valuesOf(element, form), send_id }));
  };
  const kind = { primary: "cps-primary", danger: "cps-danger" }[/** @type {string} */ (form.kind)] ?? "";
  return h("form", { class: "cps-form", novalidate: true, "data-form": id, onsubmit: submit },
    form.intro ? h("p", { class: "cps-small cps-soft" }, rich(form.intro)) : null,
    h("div", { class: "cps-fields" }, list(form.fields).map((field) => fieldOf(field, id))),
    h("div", { class: "cps-row" }, h("button", { type: "submit", class: `cps-button ${kind}`, "data-key": `submit:${id}` }, form.submit), h("span", { class: "cps-form-status cps-small", tabindex: "-1" })));
}

/** The same behind its title. @param {any} model @param {any} at @param {string} id */
export function folded(model, at, id) {
  const form = (model.get("forms") ?? {})[id];
  return form ? h("details", { "data-key": `fold:${id}`, class: "cps-fold" }, h("summary", {}, rich(form.title)), formOf(model, at, id)) : null;
}

/**
 * A widget that is drawn from its traits and has forms. `build` gets (get, tools) as for `drawn`, with the desk as tools.at.
 * @param {string} name
 * @param {string[]} traits
 * @param {(get: (trait: string) => any, tools: {model: any, at: any, view: Record<string, any>, repaint: () => void, announce: (text: string) => void, root: Element}) => any[]} build
 */
export function formed(name, traits, build) {
  return {
    /** @param {{model: any, el: HTMLElement}} context */
    render({ model, el }) {
      const body = h("div", { class: "cps-body" });
      const note = h("p", { class: "cps-note", tabindex: "-1" });
      const root = h("div", { class: `cps-root ${name}` }, note, body);
      const announce = announcer(root);
      const at = desk(model, root, announce);
      const view = {};
      const paint = () => {
        root.lang = model.get("locale") || "th";
        redraw(body, build((trait) => model.get(trait), { model, at, view, repaint: paint, announce, root }));
        at.again();
      };
      paint();
      el.append(root);
      if (model.get("lands")) land(root.querySelector("h1, h2"));
      const stops = [onChange(model, [...traits, "forms", "labels", "locale"], paint), onChange(model, ["status"], at.hear)];
      return () => {
        stops.forEach((stop) => stop());
        at.stop();
        root.remove();
      };
    },
  };
}

/** Cells that a spreadsheet would take for a formula get an apostrophe. @param {unknown} cell */
function cellOf(cell) {
  const text = String(cell ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** Give a table to the person as a CSV file that Thai Excel opens. @param {string} name @param {any[][]} rows */
export function saveCsv(name, rows) {
  const text = `\ufeff${rows.map((row) => row.map(cellOf).join(",")).join("\r\n")}\r\n`;
  const href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = h("a", { href, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(href), 10000);
}

/**
 * Rows behind a number: a table where there is room, a list of people or places on a phone.
 * @param {{columns: any[], rows: any[][], labelled?: number}} block cells: text, rich text, {own} or an element; labelled: how many cells a phone shows with their column's name
 * @param {string} label
 */
export function tableOf(block, label) {
  const columns = list(block.columns);
  const cell = (/** @type {any} */ c) => (c instanceof Node ? c : c && typeof c === "object" && "own" in c ? own(c.own) : rich(c));
  return h("div", { class: "cps-scroll", role: "region", tabindex: "0", "aria-label": label },
    h("table", { class: "cps-rows" }, h("thead", {}, h("tr", {}, columns.map((c) => h("th", { scope: "col" }, c)))),
      h("tbody", {}, list(block.rows).map((cells) => h("tr", {}, list(cells).map((c, n) => h("td", { "data-label": n < (block.labelled ?? 0) ? columns[n] : null }, cell(c))))))));
}
