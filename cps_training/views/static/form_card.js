// @ts-check
/* One form in a card: settings, somebody to add. */
import { actionButton, h, list, own, rich } from "./_dom.js";
import { formed, formOf } from "./_form.js";

/** @param {any} passage @param {number} n */
function passageOf(passage, n) {
  const text = own(passage.text, "blockquote", { class: "cps-passage" });
  return passage.is_folded ? h("details", { "data-key": `passage:${n}` }, h("summary", {}, passage.label), text)
    : h("div", {}, h("h3", {}, passage.label), text);
}

export default formed("cps-form-card", ["card"], (get, { model, at, root }) => {
  const card = get("card") ?? {};
  const passages = list(card.passages).map(passageOf);
  root.classList.toggle("cps-to-read", passages.length > 0);
  const form = formOf(model, at, card.form);
  const intro = card.intro ? h("p", { class: "cps-small cps-soft" }, rich(card.intro)) : null;
  if (card.is_folded) {
    return [h("section", { class: "cps-card" }, h("details", { "data-key": "card" }, h("summary", {}, h("h2", {}, card.heading)), intro, form))];
  }
  return [
    h(card.level === 1 ? "h1" : "h2", {}, card.heading),
    h("section", { class: "cps-card" }, intro, passages, form,
      list(card.actions).length ? h("div", { class: "cps-row" }, list(card.actions).map((action) => actionButton(model, action))) : null),
  ];
});
