// @ts-check
/* The CPS cycle as a ring of four arcs. The drawing is silent; four real buttons lie over its quarters, and each opens its text. */
import { drawn, h, list, own, svg, uid } from "./_dom.js";
import { citation } from "./_clause.js";

const SIZE = 340;
const R = 145;
const QUARTERS = [180, 270, 0, 90]; // where each arc starts, clockwise from the left, so that reading starts at the top left

/** A point on the ring. @param {number} degrees @param {number} [r] */
function at(degrees, r = R) {
  const a = (degrees * Math.PI) / 180;
  return [SIZE / 2 + r * Math.cos(a), SIZE / 2 + r * Math.sin(a)].map((v) => Math.round(v * 10) / 10);
}

/** One arc with the arrow that leads on. @param {number} from @param {number} index @param {boolean} on */
function arc(from, index, on) {
  const [a, b] = [from + 5, from + 76];
  const [x1, y1] = at(a);
  const [x2, y2] = at(b + 1); // a little under the head: no seam
  const head = [at(b, R - 21), at(b, R + 21), at(from + 87)].map((p) => p.join(",")).join(" ");
  const [nx, ny] = at(from + 40);
  return svg("g", { class: `cps-arc ${on ? "cps-on" : ""}` },
    svg("g", { class: "cps-shape" }, svg("path", { d: `M${x1} ${y1}A${R} ${R} 0 0 1 ${x2} ${y2}` }), svg("polygon", { points: head })),
    svg("text", { x: nx, y: ny, dy: ".36em" }, String(index + 1)));
}

export default drawn("cps-cycle", ["title", "note", "phases", "clause_labels"], (get, { model, view, repaint }) => {
  const phases = list(get("phases")).slice(0, 4);
  view.ids ??= QUARTERS.map(() => uid("phase"));
  const now = Math.max(0, phases.findIndex((phase) => phase.id === view.chosen));
  const title = get("title");
  const note = get("note");
  return [
    h("section", { class: "cps-card" },
      title ? h("h2", {}, title) : null,
      h("div", { class: "cps-sides" },
        h("div", { class: "cps-ring" },
          svg("svg", { viewBox: `0 0 ${SIZE} ${SIZE}`, "aria-hidden": "true", focusable: "false" }, phases.map((_, i) => arc(QUARTERS[i], i, i === now))),
          phases.map((phase, i) => h("button", {
            type: "button", class: `cps-quarter cps-q${i + 1}`, "data-key": `phase:${phase.id}`, "aria-expanded": String(i === now), "aria-controls": view.ids[i],
            onclick: () => { view.chosen = phase.id; repaint(); },
          }, h("span", {}, h("span", { class: "cps-hidden" }, `${i + 1} `), phase.label)))),
        h("div", { class: "cps-panels" }, phases.map((phase, i) => h("section", { id: view.ids[i], class: "cps-panel", hidden: i !== now },
          h("h3", {}, `${i + 1} · ${phase.label}`, phase.en ? h("span", { class: "cps-soft cps-en", lang: "en", "data-cps-content": true }, phase.en) : null),
          phase.text ? h("p", {}, phase.text) : null,
          h("ul", { class: "cps-clause-list" }, list(phase.clauses).map((clause) => h("li", {}, citation(model, clause, { key: phase.id }))))))),
      ),
      note ? h("p", { class: "cps-tiny cps-soft cps-note" }, note) : null),
  ];
});
