// @ts-check
/* The ratios of a case: a small chart each, its formula and its years on request, attached as evidence where one wants to. */
import { h, list, uid } from "./_dom.js";
import { smallChart, yearsTable } from "./_small_chart.js";
import { drawnSaving } from "./_saving.js";
import { attachButton, marking, unmarkFailed } from "./_attach.js";

/** @param {string} label @param {any} text */
const explained = (label, text) => (text ? h("div", {}, h("dt", { class: "cps-tiny cps-soft" }, label), h("dd", {}, text)) : null);

/** @param {any} ratio @param {any} labels @param {any} marks */
function ratioCard(ratio, labels, marks) {
  const [named, id] = [uid("ratio"), uid("mark")];
  const isOn = ratio.reference && marks.isOn(ratio);
  return h("li", { class: `cps-card cps-ratio ${isOn ? "cps-is-on" : ""}`, "data-ratio": ratio.name },
    h("h3", { id: named }, ratio.title, ratio.unit ? h("span", { class: "cps-soft" }, ` (${ratio.unit})`) : null),
    smallChart(ratio.points),
    ratio.reference ? h("div", { class: "cps-row" }, attachButton(marks, ratio, labels, id, named), marks.note(ratio)) : null,
    h("details", { "data-key": `more:${ratio.name}` }, h("summary", { class: "cps-small" }, h("span", {}, labels.more, h("span", { class: "cps-hidden" }, ` ${ratio.title}`))),
      h("dl", { class: "cps-explained cps-small" }, explained(labels.formula, ratio.formula), explained(labels.definition, ratio.definition), explained(labels.warning, ratio.warning)),
      yearsTable(ratio.title, labels.year ?? "", [{ label: labels.value ?? "", points: ratio.points }])));
}

export default drawnSaving("cps-case-ratios", ["groups", "note"], (get, tools) => {
  const labels = get("labels") ?? {};
  const marks = marking(tools, get("groups"));
  return [
    get("note") ? h("p", { class: "cps-small cps-soft cps-about" }, get("note")) : null,
    list(get("groups")).map((group) => h("section", {}, h("h2", {}, group.title),
      h("ul", { class: "cps-ratios" }, list(group.ratios).map((ratio) => ratioCard(ratio, labels, marks))))),
  ];
}, unmarkFailed);
