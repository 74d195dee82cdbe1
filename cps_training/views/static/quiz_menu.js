// @ts-check
/* The quizzes as cards in groups, each card with one thing to do. */
import { actionButton, drawn, h, linkButton, list, own, tagOf } from "./_dom.js";

export default drawn("cps-quiz-menu", ["heading", "intro", "notice", "groups"], (get, { model }) => {
  const heading = get("heading");
  const intro = get("intro");
  const notice = get("notice");
  const groups = list(get("groups"));
  /** @param {any} form */
  const card = (form) => h("li", { class: `cps-card ${form.action?.primary ? "cps-next" : ""}` },
    h("div", { class: "cps-head" }, own(form.title, "h3"), tagOf(form.tag)),
    own(form.description, "p"),
    list(form.facts).length ? h("ul", { class: "cps-facts cps-small cps-soft" }, list(form.facts).map((fact) => h("li", {}, fact))) : null,
    h("div", { class: "cps-row cps-foot" }, form.action ? actionButton(model, form.action) : null, form.more ? actionButton(model, form.more) : null, form.state ? h("span", { class: "cps-tiny cps-soft" }, form.state) : null));
  /** @param {any} group */
  const cards = (group) => h("ul", { class: "cps-grid cps-forms" }, list(group.forms).map(card));
  return [
    heading ? h("h1", {}, heading) : null,
    intro ? h("p", { class: "cps-soft cps-intro" }, intro) : null,
    notice ? h("div", { class: `cps-card cps-heads-up ${notice.kind === "good" ? "cps-good" : ""}` }, h("p", {}, notice.text), linkButton(notice.action)) : null,
    groups.length === 1 ? cards(groups[0]) : groups.map((group) => h("details", { class: "cps-fold cps-group", "data-key": `group:${group.id}`, open: group.is_open ? "" : null },
      h("summary", {}, own(group.title, "h2"), h("span", { class: "cps-tiny cps-soft" }, group.note)),
      cards(group))),
  ];
});
