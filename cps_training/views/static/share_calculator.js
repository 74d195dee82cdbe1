// @ts-check
/* How many of a unit are enough, in exact integers: people are whole, and a share that is nearly enough is not enough. Not scored. */
import { drawn, h, icon, list, own, say, tagOf, uid } from "./_dom.js";
import { citation } from "./_clause.js";

/** A whole number as people type it, Thai digits too; null for anything else. @param {string} text */
function whole(text) {
  const written = text.replace(/[\u0e50-\u0e59]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50)).replace(/[\s,]/g, "");
  return /^\d{1,6}$/.test(written) ? Number(written) : null;
}

/** Hundredths of a whole as a decimal without needless zeros: 3760 → 37.6. @param {number} hundredths */
function decimal(hundredths) {
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}`.replace(/\.?0+$/, "");
}

/** What the numbers make. @param {number} total @param {number} joined @param {number} percent */
function share(total, joined, percent) {
  const isReached = 100 * joined >= percent * total;
  const needed = Math.ceil((percent * total) / 100);
  const rounded = Math.floor((20000 * joined + total) / (2 * total)); // hundredths of a percent, halves up
  const rate = isReached ? rounded : Math.min(rounded, 100 * percent - 1); // never written as if it were enough
  return { isReached, needed, rate: (rate / 100).toFixed(2), exact: decimal(percent * total), left: 100 * joined, right: percent * total };
}

export default drawn("cps-share", ["title", "intro", "percent", "fields", "extras", "tries", "labels", "cited", "clause_labels"], (get, { model, view, announce }) => {
  const labels = get("labels") ?? {};
  const percent = Number(get("percent"));
  const fields = get("fields") ?? {};
  const extras = list(get("extras"));
  const most = Number(fields.total?.most) || 200;
  view.n ??= { total: Number(fields.total?.value) || 1, joined: Number(fields.joined?.value) || 0, ...Object.fromEntries(extras.map((one) => [one.id, Number(one.value) || 0])) };
  const n = view.n;
  const group = (/** @type {number} */ value) => value.toLocaleString("en-US");

  const rows = [{ id: "total", least: 1, ...fields.total, most }, { id: "joined", least: 0, ...fields.joined, most }, ...extras.map((one) => ({ least: 0, most: 50, ...one }))].map((field) => {
    const number = h("input", { type: "text", inputmode: "numeric", class: "cps-input", id: uid("number"), "data-key": `number:${field.id}`, autocomplete: "off", maxlength: 6, oninput: () => type(), onchange: () => { set(field.id, n[field.id]); } });
    const slider = h("input", { type: "range", min: field.least, max: field.most, step: 1, "aria-label": field.label, "data-key": `slide:${field.id}`, oninput: () => set(field.id, Number(slider.value)) });
    const wrong = h("p", { class: "cps-wrong-text cps-tiny", id: uid("wrong") });
    number.setAttribute("aria-describedby", wrong.id);
    const nudge = (/** @type {number} */ by) => h("button", { type: "button", class: "cps-nudge", "data-key": `nudge:${by}:${field.id}`, "aria-label": `${by < 0 ? labels.fewer : labels.more} ${field.label}`, onclick: () => set(field.id, n[field.id] + by) }, by < 0 ? "−" : "+");
    const highest = () => (field.id === "joined" ? n.total : field.most);

    function type() {
      const value = whole(number.value);
      const isFine = value !== null && value >= field.least && value <= highest();
      number.setAttribute("aria-invalid", String(!isFine));
      wrong.textContent = isFine ? "" : say(labels.bad, { least: field.least, most: highest() });
      if (isFine) set(field.id, value, true);
    }

    return { field, number, slider, wrong, highest, node: h("div", { class: "cps-quantity" }, h("label", { for: number.id }, field.label), number, h("span", { class: "cps-slide" }, nudge(-1), slider, nudge(1)), wrong) };
  });

  const result = h("p", { class: "cps-result" });
  const verdict = h("p", { class: "cps-verdict" });
  const reasons = h("ul", { class: "cps-small cps-reasons" });
  const dots = h("div", { class: "cps-people", "aria-hidden": "true" });
  const line = h("p", { class: "cps-tiny cps-soft" });

  /** @param {string} id @param {number} value @param {boolean} [isTyped] the field is being typed in and stays as it is */
  function set(id, value, isTyped = false) {
    const { field, highest } = /** @type {any} */ (rows.find((row) => row.field.id === id));
    n[id] = Math.max(field.least, Math.min(highest(), value));
    n.joined = Math.min(n.joined, n.total);
    update(isTyped ? id : "");
    announce(`${result.textContent} ${verdict.textContent}`);
  }

  /** @param {string} [typed] */
  function update(typed) {
    const now = share(n.total, n.joined, percent);
    for (const { field, number, slider, wrong, highest } of rows) {
      if (field.id !== typed) {
        number.value = String(n[field.id]);
        number.setAttribute("aria-invalid", "false");
        wrong.textContent = "";
      }
      slider.max = String(highest());
      slider.value = String(n[field.id]);
    }
    const values = { ...n, ...now, percent, n: Math.max(0, now.needed - n.joined) };
    result.textContent = say(labels.result, values);
    verdict.className = `cps-verdict ${now.isReached ? "cps-ok" : "cps-short"}`;
    verdict.replaceChildren(icon(now.isReached ? "check" : "alert"), h("span", {}, say(now.isReached ? labels.reached : labels.missing, values)));
    const others = extras.filter((one) => n[one.id] > 0);
    const signed = n.joined + others.reduce((sum, one) => sum + n[one.id], 0);
    reasons.replaceChildren(...[
      say(labels.needed, values),
      say(labels.check, { ...values, left: group(now.left), right: group(now.right) }),
      others.length ? say(labels.signed, { n: signed, joined: n.joined }) : "",
      ...others.map((one) => say(one.text, { n: n[one.id] })),
    ].filter(Boolean).map((text) => h("li", {}, text)));
    dots.replaceChildren(...Array.from({ length: n.total }, (_, i) => h("span", { class: `${i < n.joined ? "cps-there" : ""} ${i + 1 === now.needed ? "cps-line" : ""}` })));
    line.textContent = say(labels.line, values);
  }

  update();
  const tries = list(get("tries"));
  const cited = get("cited");
  const title = get("title");
  const intro = get("intro");
  return [h("section", { class: "cps-card" },
    h("div", { class: "cps-head" }, title ? h("h2", {}, title) : null, tagOf({ text: labels.not_scored, kind: "plain" })),
    intro ? own(intro, "p", { class: "cps-small cps-soft" }) : null,
    h("div", { class: "cps-sides" },
      h("div", { class: "cps-outcome" }, result, verdict, dots, line),
      h("div", { class: "cps-quantities" }, rows.map((row) => row.node),
        tries.length ? h("div", { class: "cps-tries cps-no-print" }, h("p", { class: "cps-small cps-soft" }, labels.tries ?? ""), h("div", { class: "cps-row" }, tries.map((one, i) => h("button", { type: "button", class: "cps-button", "data-key": `try:${i}`, onclick: () => { n.total = one.total; set("joined", one.joined); } }, one.label)))) : null),
      h("div", { class: "cps-because" }, reasons, cited ? citation(model, cited, { key: "rule" }) : null)))];
});
