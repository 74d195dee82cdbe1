// @ts-check
/* Steps that come round again: numbered stops on a ring, one of them open. The ring is drawn silently under real buttons. */
import { drawn, h, list, own, say, svg, tagOf, uid } from "./_dom.js";
import { citation } from "./_clause.js";

const SIZE = 300;
const R = 118;

/** A point of the ring, from the top, clockwise. @param {number} share @param {number} [r] */
function at(share, r = R) {
  const a = 2 * Math.PI * share - Math.PI / 2;
  return [SIZE / 2 + r * Math.cos(a), SIZE / 2 + r * Math.sin(a)];
}

/** The way from a stop to the next one, with its arrow. @param {number} i @param {number} n */
function way(i, n) {
  const [mid, tip] = [(i + 0.5) / n, (i + 0.5) / n + 0.016];
  const corners = [at(mid - 0.012, R - 8), at(mid - 0.012, R + 8), at(tip)].map((p) => p.map((v) => v.toFixed(1)).join(",")).join(" ");
  return svg("polygon", { points: corners });
}

export default drawn("cps-ring-of-steps", ["title", "intro", "steps", "labels", "clause_labels"], (get, { model, view, repaint, announce }) => {
  const steps = list(get("steps"));
  const labels = get("labels") ?? {};
  view.panel ??= uid("step");
  const now = Math.max(0, steps.findIndex((step) => step.id === view.chosen));
  const step = steps[now] ?? {};
  const title = get("title");
  const intro = get("intro");

  /** @param {number} i */
  function open(i) {
    view.chosen = steps[i].id;
    repaint();
    announce([`${i + 1} `, { own: steps[i].label }]);
  }

  const stops = steps.map((one, i) => {
    const [x, y] = at(i / steps.length);
    const stop = h("button", { type: "button", class: "cps-stop", "data-key": `step:${one.id}`, "aria-expanded": String(i === now), "aria-controls": view.panel, onclick: () => open(i) },
      h("span", {}, String(i + 1)), h("span", { class: "cps-hidden" }, " ", own(one.label)));
    stop.style.left = `${(100 * x) / SIZE}%`;
    stop.style.top = `${(100 * y) / SIZE}%`;
    return stop;
  });
  return [h("section", { class: "cps-card" },
    h("div", { class: "cps-head" }, title ? h("h2", {}, title) : null, tagOf({ text: labels.not_scored, kind: "plain" })),
    intro ? own(intro, "p", { class: "cps-small cps-soft" }) : null,
    h("div", { class: "cps-sides" },
      h("div", { class: "cps-round" },
        svg("svg", { viewBox: `0 0 ${SIZE} ${SIZE}`, "aria-hidden": "true", focusable: "false" }, svg("circle", { cx: SIZE / 2, cy: SIZE / 2, r: R }), steps.map((_, i) => way(i, steps.length))),
        h("p", { class: "cps-middle", "aria-hidden": "true" }, own(step.label)), stops),
      h("div", { class: "cps-panel", id: view.panel },
        h("p", { class: "cps-small cps-soft" }, say(labels.step, { n: now + 1, total: steps.length })),
        h("h3", {}, own(step.label), " ", tagOf(step.tag)),
        own(step.text, "p"),
        step.ask ? h("p", { class: "cps-small cps-ask" }, h("b", {}, labels.ask ?? ""), " ", own(step.ask)) : null,
        step.cited ? citation(model, step.cited, { key: step.id }) : null,
        h("p", {}, h("button", { type: "button", class: "cps-button", "data-key": "next", onclick: () => open((now + 1) % steps.length) }, now + 1 < steps.length ? labels.next : labels.round)))),
    h("ol", { class: "cps-on-paper" }, steps.map((one) => h("li", {}, own(one.label, "b"), " ", own(one.text)))))];
});
