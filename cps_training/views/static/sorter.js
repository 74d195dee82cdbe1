// @ts-check
/* One card at a time into its bin, with the reason after each press; at the end what is worth another look. Not scored. */
import { drawn, h, icon, land, list, mixed, own, rich, say, tagOf, uid } from "./_dom.js";
import { citation } from "./_clause.js";

const KINDS = /** @type {const} */ ({ right: "check", careful: "ring", other: "alert" });

/** How a choice is met: right, careful (no mistake, and not the whole answer) or other. @param {any} card @param {string} chosen */
function met(card, chosen) {
  return chosen === card.bin ? "right" : list(card.careful).includes(chosen) ? "careful" : "other";
}

/** @param {any} model @param {any} card @param {string} key */
function citations(model, card, key) {
  return list(card.cited).map((ref) => citation(model, ref, { key }));
}

export default drawn("cps-sorter", ["title", "intro", "bins", "cards", "labels", "is_board", "clause_labels"], (get, { model, view, repaint, announce, root }) => {
  const bins = list(get("bins"));
  const cards = list(get("cards"));
  const labels = get("labels") ?? {};
  const isBoard = Boolean(get("is_board"));
  const binOf = (/** @type {string} */ id) => bins.find((bin) => bin.id === id) ?? {};
  view.question ??= uid("question");
  view.order ??= cards.map((card) => card.id);
  view.chosen ??= {};
  view.at ??= 0;
  const round = view.order.map((/** @type {string} */ id) => cards.find((card) => card.id === id)).filter(Boolean);
  const card = round[view.at];
  const chosen = card ? view.chosen[card.id] : undefined;
  const how = chosen ? met(card, chosen) : "";
  const verdict = (/** @type {string} */ id) => mixed(labels[met(card, id)], {}, { bin: binOf(card.bin).label });
  const reasons = (/** @type {string} */ id) => [card.why, id === card.bin ? "" : card.instead?.[id]].filter(Boolean);

  /** @param {() => void} change */
  function turn(change) {
    change();
    repaint();
    land(root.querySelector("[data-here]"));
  }

  /** @param {string} id */
  function choose(id) {
    if (chosen) return;
    view.chosen[card.id] = id;
    repaint();
    announce([...verdict(id), " ", { own: reasons(id).join(" ") }]);
    root.querySelector(".cps-why")?.scrollIntoView({ block: "nearest" });
  }

  /** Begin again with these cards. @param {string[]} ids */
  function start(ids) {
    turn(() => {
      view.order = ids;
      view.at = 0;
      for (const id of ids) delete view.chosen[id];
    });
  }

  const steps = h("div", { class: "cps-steps", "aria-hidden": "true" }, round.map((/** @type {any} */ one, /** @type {number} */ i) => {
    const id = view.chosen[one.id];
    return h("span", { class: id ? `cps-${met(one, id)}` : i === view.at ? "cps-now" : "" });
  }));

  /** The cards that lie in a bin: those whose answer is known. @param {any} bin */
  function gathered(bin) {
    const there = cards.filter((one) => one.bin === bin.id && view.chosen[one.id]);
    if (!isBoard || !there.length) return null;
    return [h("p", { class: "cps-tiny cps-soft cps-n" }, say(labels.placed, { n: there.length })),
      h("ul", { class: "cps-placed" }, there.map((one) => own(one.text, "li", { class: one.id === card?.id ? "cps-new" : "" })))];
  }

  const places = bins.map((bin, n) => {
    const mark = chosen && bin.id === card.bin ? "cps-answer" : chosen === bin.id ? `cps-${how}` : "";
    const note = mark ? [chosen === bin.id ? labels.chosen : "", bin.id === card.bin ? labels.answer : ""].filter(Boolean).join(" · ") : "";
    const label = [isBoard ? h("span", { class: "cps-number", "aria-hidden": "true" }, String(n + 1)) : null,
      h("span", { class: "cps-bin-text" }, own(bin.label, "span", { class: "cps-bin-label" }), " ", bin.tag ? h("span", { class: "cps-tag cps-plain", "data-cps-content": true }, bin.tag.text) : null,
        bin.note ? own(bin.note, "span", { class: "cps-bin-note" }) : null),
      note ? h("span", { class: "cps-bin-mark" }, note) : null];
    return h("li", { class: isBoard ? "cps-place" : "" },
      card
        ? h("button", { type: "button", class: `cps-bin ${mark}`, "data-key": `bin:${bin.id}`, "aria-disabled": chosen ? "true" : null, onclick: () => choose(bin.id) }, label)
        : h("div", { class: "cps-bin" }, label),
      !card && bin.text ? own(bin.text, "p", { class: "cps-small cps-soft" }) : null,
      !card && bin.cited ? citation(model, bin.cited, { key: bin.id }) : null,
      gathered(bin));
  });

  const answered = chosen
    ? h("div", { class: `cps-why cps-is-${how}` },
        h("p", { class: "cps-verdict" }, icon(KINDS[/** @type {keyof typeof KINDS} */ (how)]), h("span", {}, rich(verdict(chosen)), " ", tagOf(card.mark))),
        reasons(chosen).map((text, i) => own(text, "p", { class: i ? "cps-soft" : "" })),
        citations(model, card, card.id),
        h("button", { type: "button", class: "cps-button cps-primary", "data-key": "next", onclick: () => turn(() => { view.at += 1; }) }, view.at + 1 < round.length ? labels.next : labels.finish))
    : null;

  const again = round.filter((/** @type {any} */ one) => met(one, view.chosen[one.id] ?? "") !== "right");
  const values = card ? { n: view.at + 1, total: round.length } : { n: round.length - again.length, total: round.length };
  const title = get("title");
  const intro = get("intro");
  return [h("section", { class: `cps-card ${isBoard ? "cps-is-board" : ""}` },
    h("div", { class: "cps-head" }, title ? h("h2", {}, title) : null, tagOf({ text: labels.not_scored, kind: "plain" })),
    intro ? own(intro, "p", { class: "cps-small cps-soft" }) : null,
    steps,
    card
      ? [h("p", { class: "cps-small cps-soft" }, say(labels.progress, values)),
          h("div", { class: "cps-sides" },
            h("div", { class: "cps-now-card", "data-here": true }, own(card.text, "p", { class: "cps-situation" })),
            h("div", { class: "cps-choice" },
              h("p", { class: "cps-small cps-question", id: view.question }, labels.question ?? ""),
              h("div", { role: "group", "aria-labelledby": view.question }, h("ul", { class: "cps-bins" }, places))),
            answered)]
      : [h("h3", { "data-here": true }, say(labels.done, values)),
          isBoard ? h("ul", { class: "cps-bins" }, places) : null,
          again.length
            ? h("div", { class: "cps-again" }, h("p", {}, labels.look_again ?? ""),
                h("ul", {}, again.map((/** @type {any} */ one) => h("li", {}, own(one.text, "p"), own(binOf(one.bin).label, "p", { class: "cps-belongs" }), own(one.why, "p", { class: "cps-small cps-soft" }), citations(model, one, one.id)))))
            : null,
          h("div", { class: "cps-row" },
            again.length ? h("button", { type: "button", class: "cps-button cps-primary", "data-key": "again-these", onclick: () => start(again.map((/** @type {any} */ one) => one.id)) }, labels.again_these ?? "") : null,
            h("button", { type: "button", class: "cps-button", "data-key": "again", onclick: () => start(cards.map((one) => one.id)) }, labels.again ?? ""))])];
});
