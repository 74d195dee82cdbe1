// @ts-check
/* A roster file: choose, look at everything that is wrong at once, look at what would change, take it over. */
import { actionButton, h, list, own, rich, tagOf, uid } from "./_dom.js";
import { formed, formOf, saveCsv, tableOf } from "./_form.js";

const PART_LETTERS = 120000;
const PATIENCE_MS = 180000;

/** The bytes of a file as base64. @param {File} file @returns {Promise<string>} */
function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ""));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

/** @param {any} model @param {any} at @param {any} choose */
function chooser(model, at, choose) {
  const id = uid("file");
  const labels = model.get("labels") ?? {};
  const name = h("span", { class: "cps-small" });
  const chosen = () => { name.replaceChildren(own(input.files?.[0]?.name) ?? ""); at.tell("file", "idle", ""); };
  const input = h("input", { type: "file", id, accept: ".csv,.xlsx,text/csv", "aria-describedby": `${id}-hint`, onchange: chosen });
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const file = input.files?.[0];
    const refuse = (/** @type {string} */ text) => { at.tell("file", "error", text); input.focus(); };
    if (!file) return refuse(labels.no_file);
    if (file.size > model.get("most")) return refuse(labels.too_big);
    let letters = "";
    try {
      letters = await base64(file);
    } catch {
      return refuse(labels.not_read);
    }
    at.send("file", (/** @type {string} */ upload) => {
      const of = Math.max(1, Math.ceil(letters.length / PART_LETTERS));
      for (let n = 0; n < of; n += 1) model.send({ kind: "part", upload, name: file.name.slice(0, 200), n, of, data: letters.slice(n * PART_LETTERS, (n + 1) * PART_LETTERS) });
    }, PATIENCE_MS);
  };
  return h("section", { class: "cps-card" },
    h("form", { class: "cps-form", novalidate: true, "data-form": "file", onsubmit: submit },
      h("div", { class: "cps-field" }, h("p", {}, choose.label), h("div", { class: "cps-row" }, h("span", { class: "cps-pick" }, h("label", { class: "cps-button", for: id }, choose.pick), input), name), h("span", { class: "cps-tiny cps-soft", id: `${id}-hint` }, choose.hint)),
      h("div", { class: "cps-row" }, h("button", { type: "submit", class: "cps-button cps-primary", "data-key": "submit:file" }, choose.button), h("span", { class: "cps-form-status cps-small", role: "status", tabindex: "-1" }))),
    choose.template ? h("button", { type: "button", class: "cps-button", "data-key": "template", onclick: () => saveCsv(choose.template.file, list(choose.template.rows)) }, choose.template.label) : null,
    choose.columns ? h("details", { "data-key": "columns", class: "cps-small" }, h("summary", {}, choose.columns.title), tableOf(choose.columns, choose.columns.title)) : null);
}

export default formed("cps-upload", ["step"], (get, { model, at }) => {
  const step = get("step") ?? {};
  const { findings, difference } = step;
  return [
    step.back ? h("div", { class: "cps-row cps-back" }, actionButton(model, step.back)) : null,
    h("h1", {}, step.heading),
    step.intro ? h("p", { class: "cps-soft cps-lead" }, rich(step.intro)) : null,
    step.choose ? chooser(model, at, step.choose) : null,
    step.verdict ? h("section", { class: `cps-card cps-verdict cps-kind-${step.verdict.kind}` }, own(step.file, "p", { class: "cps-small cps-soft" }), h("h2", {}, step.verdict.text), step.verdict.detail ? h("p", { class: "cps-small" }, rich(step.verdict.detail)) : null,
      list(step.actions).length ? h("div", { class: "cps-row" }, list(step.actions).map((action) => actionButton(model, action))) : null) : null,
    findings ? h("section", { class: "cps-card" }, h("h2", {}, findings.title),
      tableOf({ columns: findings.columns, labelled: 2, rows: list(findings.rows).map((row) => [...list(row.cells), tagOf({ text: row.kind_label, kind: row.kind })]) }, findings.title),
      findings.rest ? h("p", { class: "cps-small cps-soft" }, findings.rest) : null) : null,
    difference ? h("section", { class: "cps-card" }, h("h2", {}, difference.title), list(difference.rows).map((row) => (list(row.rows).length
      ? h("details", { "data-key": `difference:${row.id}`, class: "cps-fold" }, h("summary", {}, row.title), tableOf(row, row.title)) : h("p", { class: "cps-none" }, row.title)))) : null,
    step.form ? h("section", { class: "cps-card" }, formOf(model, at, step.form)) : null,
  ];
});
