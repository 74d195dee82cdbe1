// @ts-check
/* Number: a number or a date, typed as one writes it; what it means is for Python to read. */
import { h, own, uid } from "../_dom.js";
import { answerBox, typeIn } from "../_fields.js";

/**
 * Response: {number: text as it was typed}.
 * @param {import("./choose_one.js").Context} context
 * @returns {import("./choose_one.js").Interaction}
 */
export function giveNumber({ presentation, labels, changed }) {
  const [id, says] = [uid("number"), uid("says")];
  const isDate = presentation.kind === "date";
  const field = typeIn({ most: 40, key: "answer", props: { id, "aria-describedby": says, inputmode: isDate ? null : "decimal" } }, changed);
  field.el.classList.add("cps-short");
  return {
    ...answerBox(field, id, labels,
      presentation.unit ? own(presentation.unit, "span", { id: isDate ? null : says }) : null,
      isDate && labels.date_hint ? h("p", { class: "cps-tiny cps-soft cps-open", id: says }, labels.date_hint) : null),
    read: () => (field.read().trim() ? { number: field.read() } : null),
    show: (response) => field.show(response?.number ?? ""),
  };
}
