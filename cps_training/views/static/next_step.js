// @ts-check
/* The top of the home page: a greeting, the one next step, and at most a few quieter cards. */
import { drawn, h, linkButton, list, rich, tagOf } from "./_dom.js";

const MOST_BESIDE = 1;

export default drawn("cps-next-step", ["greeting", "summary", "step", "cards"], (get) => {
  const step = get("step");
  const cards = list(get("cards"));
  const greeting = rich(get("greeting")).filter(Boolean);
  const summary = get("summary");
  const main = step && h("section", { class: "cps-card cps-next" },
    step.title ? h("h2", {}, step.title) : null,
    step.heading ? h("h3", {}, rich(step.heading)) : null,
    step.detail ? h("p", {}, rich(step.detail)) : null,
    h("div", { class: "cps-row" }, linkButton(step.action, true)));
  const others = cards.map((card) => h("section", { class: "cps-card" },
    h("h2", {}, rich(card.title), " ", tagOf(typeof card.tag === "string" ? { text: card.tag, kind: "due" } : card.tag)),
    card.text ? h("p", {}, rich(card.text)) : null,
    card.action ? h("div", { class: "cps-row" }, linkButton(card.action)) : null));
  // Beside the step only as many cards as are about as tall as it; more of them stand in rows below.
  const isBeside = main && others.length && others.length <= MOST_BESIDE;
  return [
    greeting.length ? h("h1", {}, greeting) : null,
    summary ? h("p", { class: "cps-soft cps-summary" }, summary) : null,
    h("div", { class: `cps-grid ${isBeside ? "cps-two" : ""}` }, main, others.length ? h("div", { class: `cps-grid ${isBeside ? "" : "cps-rows"}` }, others) : null),
  ];
});
