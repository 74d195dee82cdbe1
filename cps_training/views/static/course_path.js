// @ts-check
/* The course: a line of stops, each with what can be opened there. */
import { drawn, h, linkButton, list, own, safeHref, tagOf } from "./_dom.js";

const STATES = ["done", "begun", "waiting"];

export default drawn("cps-course", ["title", "rows", "states", "labels", "more"], (get) => {
  const states = get("states") ?? {};
  const labels = get("labels") ?? {};
  /** @param {any} link */
  const linkOf = (link) => h("a", { class: "cps-stop-link", href: safeHref(link.href), "aria-label": `${link.name}${link.is_done ? ` (${labels.done})` : ""}`, "data-key": `link:${link.href}` },
    own(link.label), link.is_done ? h("span", { class: "cps-tick", "aria-hidden": "true" }, "✓") : null);
  return [
    h("section", { class: "cps-card" },
      h("h2", {}, get("title")),
      h("ol", { class: "cps-stops" }, list(get("rows")).map((row) => h("li", { class: `cps-stop cps-${STATES.includes(row.state) ? row.state : "waiting"} ${row.is_next ? "cps-is-next" : ""}` },
        h("i", { class: "cps-dot", role: "img", "aria-label": states[row.state] ?? "" }),
        h("div", { class: "cps-what" },
          h("p", { class: "cps-stop-title" }, own(row.title), " ", row.is_next ? tagOf(labels.next) : null),
          own(row.note, "p", { class: "cps-tiny cps-soft" })),
        h("div", { class: "cps-links" }, list(row.links).filter((link) => safeHref(link.href)).map(linkOf))))),
      h("div", { class: "cps-row" }, linkButton(get("more")))),
  ];
});
