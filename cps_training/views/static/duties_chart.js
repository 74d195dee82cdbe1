// @ts-check
/* People with their duties; giving a duty to somebody else mends or makes what should be kept apart. Not scored. */
import { drawn, h, icon, list, mixed, own, say, tagOf } from "./_dom.js";
import { citation } from "./_clause.js";

export default drawn("cps-duties", ["title", "intro", "advice", "duties", "pairs", "rules", "cases", "labels", "clause_labels"], (get, { model, view, repaint, announce, root }) => {
  const labels = get("labels") ?? {};
  const names = get("duties") ?? {};
  const cases = list(get("cases"));
  view.now ??= cases[0]?.id;
  view.holds ??= {};
  const one = cases.find((c) => c.id === view.now) ?? {};
  const people = list(one.people);
  const holds = (view.holds[one.id] ??= { ...one.holds });
  const of = (/** @type {string} */ id) => Object.keys(holds).filter((duty) => holds[duty] === id);

  /** What should be mended at somebody, or at nobody: [{duties, why, cited}]. @param {any} person */
  function faults(person) {
    const held = of(person?.id ?? "");
    const rules = list(get("rules"));
    if (!person) return held.map((duty) => ({ duties: [duty], why: labels.undone, ...rules.find((rule) => rule.duties.includes(duty)) }));
    return [
      ...list(get("pairs")).filter((pair) => pair.duties.every((/** @type {string} */ duty) => held.includes(duty))),
      ...rules.filter((rule) => !rule.kinds.includes(person.kind)).flatMap((rule) => rule.duties.filter((/** @type {string} */ duty) => held.includes(duty)).map((/** @type {string} */ duty) => ({ ...rule, duties: [duty] }))),
    ];
  }

  const count = () => [null, ...people].reduce((sum, person) => sum + faults(person).length, 0);
  const state = () => (count() ? say(labels.left, { n: count() }) : labels.none_left ?? "");

  /** @param {string} duty @param {string} id */
  function give(duty, id) {
    holds[duty] = id;
    view.moved = duty;
    repaint();
    const person = people.find((p) => p.id === id);
    announce([...mixed(labels.moved, {}, { person: person.label, duty: names[duty] }), ` ${state()} `, { own: faults(person).map((fault) => fault.why).join(" ") || (count() ? "" : one.done) }]);
    root.querySelector(".cps-moved")?.scrollIntoView({ block: "nearest" });
  }

  /** @param {string} id @param {boolean} [again] */
  function open(id, again) {
    view.now = id;
    view.moved = "";
    if (again) delete view.holds[id];
    repaint();
    const now = cases.find((c) => c.id === id);
    announce([{ own: `${now.label} ${now.note}` }]);
    root.querySelector(".cps-tabs")?.scrollIntoView({ block: "nearest" });
  }

  /** @param {any} person null: nobody */
  function card(person) {
    const held = of(person?.id ?? "");
    const wrong = faults(person);
    const inFault = new Set(wrong.flatMap((fault) => fault.duties));
    return h("li", { class: `cps-person ${wrong.length ? "cps-wrong" : ""} ${person ? "" : "cps-nobody"}` },
      h("h3", {}, person ? own(person.label) : labels.nobody),
      held.length
        ? h("ul", {}, held.map((duty) => h("li", { class: duty === view.moved ? "cps-moved" : "" },
            h("label", {}, h("span", { class: "cps-duty" }, inFault.has(duty) ? icon("alert") : null, own(names[duty])),
              h("span", { class: "cps-hidden" }, ` ${labels.doer ?? ""}`),
              h("select", { class: "cps-input", "data-key": `duty:${one.id}:${duty}`, onchange: (/** @type {any} */ event) => give(duty, event.target.value) },
                person ? null : h("option", { value: "", selected: true, disabled: true }, labels.nobody ?? ""),
                people.map((p) => own(p.label, "option", { value: p.id, selected: p.id === person?.id })))))))
        : h("p", { class: "cps-small cps-soft" }, labels.free ?? ""),
      wrong.map((fault) => h("div", { class: "cps-fault" },
        h("p", {}, own(fault.duties.map((/** @type {string} */ duty) => names[duty]).join(" + "), "b")), own(fault.why, "p"),
        fault.cited ? citation(model, fault.cited, { bare: true, key: `${person?.id}:${fault.duties.join("-")}` }) : null)));
  }

  const n = count();
  const another = cases[(cases.indexOf(one) + 1) % cases.length];
  const tabs = cases.map((c) => h("button", { type: "button", class: "cps-button", "aria-pressed": String(c.id === one.id), "data-key": `case:${c.id}`, onclick: () => open(c.id) }, own(c.label)));
  const levels = [...new Set(people.map((p) => p.level))].sort().map((level) => h("ul", { class: "cps-rank" }, people.filter((p) => p.level === level).map(card)));
  return [h("section", { class: "cps-card" },
    h("div", { class: "cps-head" }, get("title") ? h("h2", {}, get("title")) : null, tagOf({ text: labels.not_scored, kind: "plain" })),
    own(get("intro"), "p", { class: "cps-small cps-soft" }),
    h("div", { class: "cps-tabs", role: "group", "aria-label": labels.cases }, tabs),
    own(one.label, "p", { class: "cps-on-paper" }),
    own(one.note, "p", { class: "cps-small" }),
    h("p", { class: `cps-state ${n ? "" : "cps-ok"}` }, icon(n ? "alert" : "check"), h("span", {}, state())),
    h("div", { class: "cps-chart" }, of("").length ? h("ul", { class: "cps-rank" }, card(null)) : null, levels),
    n ? null : h("div", { class: "cps-done" }, h("p", { class: "cps-state cps-ok" }, icon("check"), h("span", {}, labels.none_left)), own(one.done, "p")),
    h("div", { class: "cps-row cps-no-print" },
      n || another === one ? null : h("button", { type: "button", class: "cps-button cps-primary", "data-key": "another", onclick: () => open(another.id) }, labels.another ?? ""),
      view.moved ? h("button", { type: "button", class: "cps-button", "data-key": "again", onclick: () => open(one.id, true) }, labels.again ?? "") : null),
    get("advice") ? h("p", { class: "cps-small cps-soft cps-advice" }, h("b", {}, labels.kit ?? ""), " ", own(get("advice"))) : null)];
});
