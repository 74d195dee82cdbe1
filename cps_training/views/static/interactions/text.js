// @ts-check
/* Text: a line or an area to write in, with how many letters are left. */
import { h, say, uid } from "../_dom.js";
import { answerBox, typeIn } from "../_fields.js";

/** In a single line the rest is only told when it becomes short. */
const FEW_LEFT = 20;

/**
 * Response: {text}.
 * @param {import("./choose_one.js").Context} context
 * @returns {import("./choose_one.js").Interaction}
 */
export function writeText({ presentation, labels, changed, announce }) {
  const [id, says] = [uid("text"), uid("left")];
  const { rows, most } = presentation;
  const count = h("p", { class: "cps-tiny cps-soft cps-open", id: says });
  let left = most;
  const field = typeIn({ most, rows, key: "answer", props: { id, "aria-describedby": says } }, (quiet) => {
    const before = left;
    tell();
    if (left <= FEW_LEFT && (before > FEW_LEFT || left === 0)) announce(count.textContent ?? "");
    changed(quiet);
  });
  function tell() {
    left = most - field.read().length;
    count.textContent = rows > 1 || left <= FEW_LEFT ? say(labels.letters_left, { n: left }) : "";
  }
  return {
    ...answerBox(field, id, labels, null, count),
    read: () => (field.read().trim() ? { text: field.read() } : null),
    show(response) {
      field.show(response?.text ?? "");
      tell();
    },
  };
}
