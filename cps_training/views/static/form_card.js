// @ts-check
/* One form in a card: settings, somebody to add. */
import { actionButton, h, list, rich } from "./_dom.js";
import { formed, formOf } from "./_form.js";

export default formed("cps-form-card", ["card"], (get, { model, at }) => {
  const card = get("card") ?? {};
  const form = formOf(model, at, card.form);
  const intro = card.intro ? h("p", { class: "cps-small cps-soft" }, rich(card.intro)) : null;
  if (card.is_folded) {
    return [h("section", { class: "cps-card" }, h("details", { "data-key": "card" }, h("summary", {}, h("h2", {}, card.heading)), intro, form))];
  }
  return [
    h(card.level === 1 ? "h1" : "h2", {}, card.heading),
    h("section", { class: "cps-card" }, intro, form,
      list(card.actions).length ? h("div", { class: "cps-row" }, list(card.actions).map((action) => actionButton(model, action))) : null),
  ];
});
