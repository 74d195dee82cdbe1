// @ts-check
/* What became of it: every decision with its outcome, oldest first, then the next one to make; the story grows downwards. */
import { actionButton, h, icon, linkButton, list, own, rich, say, tagOf, uid } from "./_dom.js";
import { citation } from "./_clause.js";
import { drawnSaving } from "./_saving.js";

/** @param {any[]} figures @param {any} labels */
function figuresOf(figures, labels) {
  return figures.length ? h("table", { class: "cps-figures" }, h("caption", { class: "cps-small" }, labels.figures),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, labels.figure), h("th", { scope: "col", class: "cps-right" }, labels.before), h("th", { scope: "col", class: "cps-right" }, labels.after))),
    h("tbody", {}, figures.map((f) => h("tr", {}, own(f.label, "th", { scope: "row" }), h("td", { class: "cps-right" }, f.before), h("td", { class: "cps-right" }, h("b", {}, f.after)))))) : null;
}

/** A paper as it would lie on the desk. @param {any} paper @param {any} labels */
function paperOf(paper, labels) {
  return paper ? h("figure", { class: "cps-paper" }, h("figcaption", {}, h("span", { class: "cps-tiny cps-soft cps-block" }, [labels.paper, paper.kind, paper.date].filter(Boolean).join(" · ")), own(paper.title, "b")),
    list(paper.lines).map((line) => own(line, "p", { class: "cps-small" }))) : null;
}

/** @param {any} one @param {number} n @param {any} model @param {any} labels */
function pastCard(one, n, model, labels) {
  return h("li", { class: "cps-card cps-past" },
    h("p", { class: "cps-tiny cps-soft" }, say(labels.step, { n: n + 1 })),
    own(one.question, "p", { class: "cps-small" }),
    h("h3", { "data-past": n, tabindex: "-1" }, h("span", { class: "cps-small cps-soft cps-block" }, labels.chosen), own(one.chosen)),
    own(one.text, "p"),
    figuresOf(list(one.figures), labels),
    paperOf(one.paper, labels),
    h("div", { class: "cps-expert" }, h("p", {}, h("b", {}, labels.expert), " ", tagOf(one.verdict)), own(one.why, "p", { class: "cps-small" }),
      list(one.clauses).length ? h("div", { class: "cps-cited cps-small" }, h("span", { class: "cps-soft" }, labels.clauses), list(one.clauses).map((ref) => citation(model, ref, { bare: true, key: String(n) }))) : null));
}

/** @param {any} now @param {any} get @param {any} tools */
function nowCard(now, get, { view, repaint, save, isBusy, note, root, announce }) {
  const labels = get("labels") ?? {};
  const says = uid("says");
  const group = uid("branch");
  const send = (/** @type {Event} */ e) => {
    e.preventDefault();
    const chosen = /** @type {HTMLInputElement | null} */ (/** @type {HTMLFormElement} */ (e.currentTarget).querySelector("input:checked"));
    view.missing = !chosen;
    if (chosen) return save("choose", { fork: now.id, branch: chosen.value }, "choose");
    repaint();
    announce(labels.choose_first ?? "");
    return root.querySelector("form input")?.focus();
  };
  return h("form", { class: "cps-card cps-next cps-now", novalidate: true, onsubmit: send },
    h("p", { class: "cps-tiny cps-soft" }, say(labels.step, { n: list(get("past")).length + 1 })),
    h("fieldset", { "aria-describedby": says }, h("legend", {}, own(now.question, "b"), h("span", { class: "cps-small cps-soft cps-block" }, labels.choose)),
      list(now.branches).map((branch) => h("label", { class: "cps-check cps-branch" }, h("input", { type: "radio", name: group, value: branch.id, "data-key": `${now.id}:${branch.id}` }), own(branch.label)))),
    h("p", { class: "cps-wrong-text cps-small", id: says }, view.missing ? [icon("alert"), h("span", {}, labels.choose_first)] : null),
    h("div", { class: "cps-row" }, h("button", { type: "submit", class: "cps-button cps-primary", "data-key": "choose", "aria-disabled": isBusy("choose") ? "true" : null }, labels.send)),
    note("choose"));
}

export default drawnSaving("cps-later", ["heading", "date", "intro", "past", "now", "end", "actions"], (get, tools) => {
  const { model, view, landLater } = tools;
  const labels = get("labels") ?? {};
  const past = list(get("past"));
  const now = get("now");
  const actions = list(get("actions"));
  if (view.done) {
    landLater(`[data-past="${past.length - 1}"]`);
    view.done = false;
  }
  return [
    get("heading") ? h("h2", {}, get("heading")) : null,
    get("date") ? h("p", { class: "cps-soft" }, rich(get("date"))) : null,
    own(get("intro"), "p", { class: "cps-intro" }),
    past.length ? h("ol", { class: "cps-story" }, past.map((one, n) => pastCard(one, n, model, labels))) : null,
    now ? nowCard(now, get, tools) : null,
    !now && get("end") ? h("section", { class: "cps-card" }, h("p", {}, rich(get("end"))),
      actions.length ? h("div", { class: "cps-row cps-end" }, actions.map((action) => (action.href ? linkButton(action, action.primary) : actionButton(model, action)))) : null) : null,
  ];
}, (_place, kind, view) => {
  if (kind === "saved") view.done = true;
});
