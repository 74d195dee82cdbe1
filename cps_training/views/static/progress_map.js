// @ts-check
/* What is known: one square a clause as a picture, and the same as rows that can be read and pressed. */
import { drawn, h, list, own } from "./_dom.js";
import { openClause } from "./_clause.js";

const STATES = ["mastered", "in_progress", "fading", "not_started"];

/** @param {string} state */
function square(state) {
  return h("i", { class: `cps-cell cps-${STATES.includes(state) ? state : "not_started"}` });
}

export default drawn("cps-map", ["sections", "legend", "title", "labels", "clause_labels"], (get, { model }) => {
  const sections = list(get("sections"));
  const legend = get("legend") ?? {};
  const labels = get("labels") ?? {};
  const title = get("title");
  return [
    h("section", { class: "cps-card" },
      title ? h("h2", {}, title) : null,
      h("div", { class: "cps-sections" }, sections.map((section) => [
        own(section.title, "span", { class: "cps-name" }),
        h("span", { class: "cps-cells", role: "img", "data-cps-content": true, "aria-label": `${section.title}: ${section.summary ?? ""}` }, list(section.cells).map((cell) => square(cell.state))),
        h("span", { class: "cps-sum cps-tiny cps-soft", "aria-hidden": "true" }, section.summary),
      ])),
      h("ul", { class: "cps-legend cps-tiny cps-soft" }, STATES.filter((state) => legend[state]).map((state) => h("li", {}, square(state), h("span", {}, legend[state])))),
      sections.length ? h("details", { "data-key": "all" },
        h("summary", {}, labels.details ?? ""),
        sections.map((section, index) => h("details", { "data-key": `section:${section.id ?? index}`, class: "cps-section" },
          h("summary", {}, own(section.title), h("span", { class: "cps-soft cps-tiny" }, section.summary)),
          h("ul", { class: "cps-rows" }, list(section.cells).map((cell) => h("li", {},
            h("button", { type: "button", class: "cps-map-row", "aria-haspopup": "dialog", "data-key": `clause:${cell.id}`, onclick: (/** @type {Event} */ event) => openClause(model, cell, event) },
              square(cell.state), own(cell.label, "span", { class: "cps-label" }), own(cell.title, "span", { class: "cps-cell-title" }), h("span", { class: "cps-soft cps-tiny cps-state" }, cell.state_label)))))))) : null),
  ];
});
