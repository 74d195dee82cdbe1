// @ts-check
/* One-time codes: big enough to copy by hand, printed as slips to cut, or saved as a table. They are never shown again. */
import { actionButton, drawn, h, list, own } from "./_dom.js";
import { saveCsv } from "./_form.js";

export default drawn("cps-slips", ["page"], (get, { model }) => {
  const page = get("page") ?? {};
  const rows = list(page.rows);
  if (!rows.length) return [];
  const labels = page.labels ?? {};
  const save = () => saveCsv(page.file, [list(page.columns), ...rows.map((row) => [row.name, row.code, row.letters])]);
  return [h("section", { class: "cps-card cps-next" },
    h("div", { class: "cps-no-print" },
      h("h2", {}, page.heading),
      h("p", { class: "cps-small" }, page.intro),
      h("div", { class: "cps-row" },
        h("button", { type: "button", class: "cps-button", "data-key": "print", onclick: () => window.print() }, labels.print),
        rows.length > 1 ? h("button", { type: "button", class: "cps-button", "data-key": "save", onclick: save }, labels.save) : null,
        list(page.actions).map((action) => actionButton(model, action)))),
    h("ul", { class: "cps-slip-list", tabindex: rows.length > 6 ? "0" : null, "aria-label": rows.length > 6 ? page.heading : null }, rows.map((row) => h("li", { class: "cps-slip" },
      own(row.name, "b"),
      h("dl", {}, h("div", {}, h("dt", { class: "cps-tiny cps-soft" }, labels.code), own(row.code, "dd")),
        h("div", {}, h("dt", { class: "cps-tiny cps-soft" }, labels.letters), own(row.letters, "dd", { class: "cps-letters" }))),
      list(page.lines).map((line) => h("p", { class: "cps-tiny" }, line))))))];
});
