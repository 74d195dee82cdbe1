// @ts-check
/* Sort: each card is a question of its own with the bins as its answers; the bins beside them are a picture of what lies where. */
import { h, list, own, uid } from "../_dom.js";
import { markPlaces, showMark } from "../_fields.js";
import { optionCards } from "./choose_one.js";
import { pairsOf } from "./match.js";

/**
 * Cards into bins. Response: {pairs: {card id: bin id}}, cards that lie nowhere left out.
 * @param {import("./choose_one.js").Context} context
 * @returns {import("./choose_one.js").Interaction}
 */
export function sortCards(context) {
  const { presentation, labels, changed } = context;
  /** @type {any} */
  let told = null;
  const moved = () => {
    draw();
    changed(0);
  };
  const cards = list(presentation.prompts).map((prompt) => {
    const chips = optionCards("radio", { ...context, changed: moved }, { read: (ids) => ids[0] ?? "", chosen: (id) => [id] });
    chips.el.className = "cps-chips";
    const { mark, why } = markPlaces();
    const box = h("fieldset", { class: "cps-part" }, h("legend", { class: "cps-part-title" }, own(prompt.text)), chips.el, mark, why);
    return { ...chips, read: () => String(chips.read()), id: prompt.id, text: prompt.text, mark, why, box };
  });
  const bins = list(presentation.options).map((option) => {
    const lies = h("ul", {});
    return { id: option.id, lies, el: h("div", { class: "cps-bin cps-small" }, own(option.text, "b"), lies) };
  });

  function draw() {
    for (const bin of bins) {
      bin.lies.replaceChildren(...cards.filter((card) => card.read() === bin.id).map((card) => own(card.text, "li", { class: `cps-${told?.[card.id]?.mark || "lies"}` })));
    }
  }

  return {
    el: h("div", { class: "cps-sort" }, h("div", { class: "cps-parts" }, cards.map((card) => card.box)), h("div", { class: "cps-bins", "aria-hidden": "true" }, bins.map((bin) => bin.el))),
    read: () => pairsOf(cards),
    show(response) {
      for (const card of cards) card.show(response?.pairs?.[card.id]);
      draw();
    },
    lock(how) {
      for (const card of cards) {
        card.lock(how);
        card.box.classList.toggle("cps-final", how === "final");
      }
    },
    mark(feedback) {
      told = feedback?.options;
      for (const card of cards) showMark(card, told?.[card.id], labels);
      draw();
    },
    focus: () => (cards.find((card) => !card.read()) ?? cards[0])?.focus(),
  };
}
