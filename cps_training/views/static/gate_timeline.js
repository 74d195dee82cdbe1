// @ts-check
/* Six steps with two gates, each opening its explanation; below, days that can be moved to see which order they break. Not scored. */
import { drawn, h, icon, list, own, say, tagOf, uid } from "./_dom.js";
import { citation } from "./_clause.js";

/** @param {any} step @param {number} index @param {number} now @param {any} view @param {() => void} repaint */
function stepItem(step, index, now, view, repaint) {
  const kind = index === now ? "cps-here" : index < now ? "cps-ok" : "";
  return h("li", { class: `${kind} ${step.gate ? "cps-gate" : ""}` },
    h("button", {
      type: "button", "data-key": `step:${step.id}`, "aria-expanded": String(index === now), "aria-controls": view.panel,
      onclick: () => { view.chosen = step.id; repaint(); },
    }, h("span", { class: "cps-step-label" }, step.label), own(step.clause, "span", { class: "cps-step-clause" })));
}

/**
 * Which rules the days break. A rule: {id, if_after: [a, b], or_equal, text} is broken when day a comes after day b.
 * @param {any[]} rules @param {Record<string, number>} days
 */
function broken(rules, days) {
  return rules.filter((rule) => {
    const [a, b] = list(rule.if_after).map((id) => days[id]);
    return a !== undefined && b !== undefined && (rule.or_equal ? a >= b : a > b);
  });
}

/** @param {any} model @param {any} scenario @param {any[]} rules @param {Record<string, string>} labels @param {any} view */
function explorer(model, scenario, rules, labels, view) {
  const fields = list(scenario?.fields);
  if (!fields.length) return null;
  view.days ??= {};
  for (const field of fields) view.days[field.id] ??= Number(field.value) || Number(field.min) || 1;
  const rows = fields.map((field) => {
    const input = h("input", { type: "range", id: uid("day"), min: field.min ?? 1, max: field.max ?? 28, step: 1, "data-key": `day:${field.id}`, oninput: () => set(field, Number(input.value)) });
    input.value = String(view.days[field.id]);
    const output = h("output", { for: input.id, class: "cps-day" });
    const nudge = (/** @type {number} */ by, /** @type {string} */ label) => label
      ? h("button", { type: "button", class: "cps-nudge", "data-key": `nudge:${by}:${field.id}`, "aria-label": `${label} ${field.label}`, onclick: () => set(field, view.days[field.id] + by) }, by < 0 ? "−" : "+")
      : null;
    const node = h("div", { class: "cps-field" }, h("label", { for: input.id }, field.label), output, h("span", { class: "cps-slide" }, nudge(-1, labels.earlier), input, nudge(1, labels.later)));
    return { field, input, output, node };
  });
  const findings = h("ul", { class: "cps-findings" });
  let said = "";

  /** @param {any} field @param {number} day */
  function set(field, day) {
    view.days[field.id] = Math.max(Number(field.min ?? 1), Math.min(Number(field.max ?? 28), day));
    update();
  }

  function update() {
    const found = broken(rules, view.days);
    const touched = new Set(found.flatMap((rule) => rule.if_after));
    for (const { field, input, output, node } of rows) {
      const day = view.days[field.id];
      const text = say(labels.day || "{n}", { n: day });
      if (Number(input.value) !== day) input.value = String(day);
      input.setAttribute("aria-valuetext", text);
      output.textContent = text;
      node.classList.toggle("cps-broken", touched.has(field.id));
    }
    const now = found.map((rule) => rule.id).join();
    if (now === said && findings.childNodes.length) return; // only what is new is read out
    said = now;
    findings.replaceChildren(...(found.length
      ? found.map((rule) => h("li", { class: "cps-bad" }, icon("cross"), h("div", {}, h("span", {}, rule.text), rule.cited ? citation(model, rule.cited, { key: rule.id }) : null)))
      : [h("li", { class: "cps-good" }, icon("check"), h("span", {}, labels.in_order ?? ""))]));
  }

  update();
  return h("section", { class: "cps-card cps-explorer" },
    h("div", { class: "cps-head" }, h("h3", {}, scenario.title), tagOf({ text: labels.not_scored, kind: "plain" })),
    scenario.note ? h("p", { class: "cps-small cps-soft" }, scenario.note) : null,
    h("div", { class: "cps-fields" }, rows.map((row) => row.node)),
    h("div", { role: "status", "aria-live": "polite" }, findings),
    labels.reset ? h("button", { type: "button", class: "cps-button cps-reset", "data-key": "reset", onclick: () => { for (const { field } of rows) view.days[field.id] = Number(field.value) || 1; update(); } }, labels.reset) : null);
}

export default drawn("cps-timeline", ["title", "intro", "steps", "labels", "scenario", "rules", "clause_labels"], (get, { model, view, repaint }) => {
  const steps = list(get("steps"));
  const labels = get("labels") ?? {};
  view.panel ??= uid("step");
  const now = Math.max(0, steps.findIndex((step) => step.id === view.chosen));
  const step = steps[now];
  const title = get("title");
  const intro = get("intro");
  return [
    h("section", { class: "cps-card" },
      title ? h("h2", {}, title) : null,
      intro ? h("p", {}, intro) : null,
      h("ol", { class: "cps-gates" }, steps.map((s, i) => stepItem(s, i, now, view, repaint))),
      step ? h("div", { class: `cps-panel ${step.gate ? "cps-is-gate" : ""}`, id: view.panel },
        h("h3", {}, step.label, " ", step.gate ? tagOf({ text: labels.gate, kind: "due" }) : null),
        h("p", {}, step.text),
        step.who ? h("p", { class: "cps-small cps-soft" }, [labels.who, step.who].filter(Boolean).join(" ")) : null,
        step.cited ? citation(model, step.cited, { key: step.id }) : step.clause ? own(step.clause, "p", { class: "cps-small cps-soft" }) : null) : null),
    explorer(model, get("scenario"), list(get("rules")), labels, view),
  ];
});
