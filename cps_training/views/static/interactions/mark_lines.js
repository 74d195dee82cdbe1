// @ts-check
/* Mark lines: a document as it lies on the desk; each of its numbered lines can be marked. */
import { h, list, own, uid } from "../_dom.js";
import { optionCards } from "./choose_one.js";

/**
 * Response: {choices: [ids]}; nothing marked is blank (null).
 * @param {import("./choose_one.js").Context} context
 * @returns {import("./choose_one.js").Interaction}
 */
export function markLines(context) {
  const title = own(context.presentation.document, "p", { id: uid("document"), class: "cps-part-title" });
  const lines = optionCards("checkbox", context, {
    read: (ids) => (ids.length ? { choices: ids } : null),
    chosen: (response) => list(response.choices),
    numbered: true,
  });
  return { ...lines, el: h("div", { class: "cps-paper", role: "group", "aria-labelledby": title?.id }, title, lines.el) };
}
