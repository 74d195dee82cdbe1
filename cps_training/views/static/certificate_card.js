// @ts-check
/* The certificate of the course, made to be printed alone; before it is earned, what is missing for it. */
import { drawn, h, linkButton, list, own } from "./_dom.js";
import { printAlone } from "./_print.js";

export default drawn("cps-certificate", ["certificate", "missing", "labels"], (get, { root }) => {
  const labels = get("labels") ?? {};
  const one = get("certificate");
  const missing = get("missing");
  if (one) {
    return [
      h("section", { class: "cps-card cps-sheet" },
        own(one.office, "p", { class: "cps-soft" }),
        h("h2", {}, one.heading),
        own(one.name, "p", { class: "cps-holder" }),
        list(one.lines).map((line) => h("p", {}, line)),
        h("p", { class: "cps-code" }, h("span", { class: "cps-soft cps-small" }, `${one.code_label} `), own(one.code, "b")),
        h("p", { class: "cps-tiny cps-soft" }, one.note)),
      labels.print ? h("div", { class: "cps-row cps-no-print" }, h("button", { type: "button", class: "cps-button", "data-key": "print", onclick: () => printAlone(root) }, labels.print)) : null,
    ];
  }
  if (!missing) return [];
  return [h("section", { class: "cps-card cps-no-print" },
    h("h2", {}, missing.heading),
    h("p", {}, missing.intro),
    h("ul", { class: "cps-needs" }, list(missing.rows).map((row) => h("li", {},
      h("span", { class: `cps-sign ${row.is_done ? "cps-is-done" : ""}`, "aria-hidden": "true" }, row.is_done ? "✓" : ""), h("span", {}, row.text, " ", h("span", { class: "cps-soft cps-small" }, row.state))))),
    h("div", { class: "cps-row" }, linkButton(missing.action)))];
});
