// @ts-check
/* Attaching something as evidence and taking it back: one press is one `mark`, what is shown follows at once and what Python holds wins. */
import { h, icon, svg } from "./_dom.js";

const plusSign = () => svg("svg", { class: "cps-icon", viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" }, svg("path", { d: "M12 5.5v13M5.5 12h13" }));

/** @param {any} row */
const markPlace = (row) => `mark:${row.reference}`;

/**
 * What is attached in this view. `held` is the trait the rows come from: where it arrives anew, it alone says what is attached.
 * @param {any} tools of `drawnSaving` @param {any} held
 */
export function marking(tools, held) {
  const { view, isBusy } = tools;
  view.wanted ??= new Map();
  if (view.held !== held) {
    view.held = held;
    for (const place of [...view.wanted.keys()]) if (!isBusy(place)) view.wanted.delete(place);
  }
  const isOn = (/** @type {any} */ row) => view.wanted.get(markPlace(row)) ?? Boolean(row.is_marked);
  return {
    isOn,
    isBusy: (/** @type {any} */ row) => isBusy(markPlace(row)),
    note: (/** @type {any} */ row) => (row.reference ? tools.note(markPlace(row)) : null),
    toggle: (/** @type {any} */ row) => {
      if (isBusy(markPlace(row))) return;
      const on = !isOn(row);
      view.wanted.set(markPlace(row), on);
      tools.save("mark", { reference: row.reference, on }, markPlace(row));
    },
  };
}

/** For `drawnSaving`: what was not saved is shown as Python has it. @param {string} place @param {string} kind @param {Record<string, any>} view */
export function unmarkFailed(place, kind, view) {
  if (kind === "error") view.wanted?.delete(place);
}

/**
 * The button that attaches a row and takes it back. Its name is its words and those of the row.
 * @param {ReturnType<typeof marking>} marks @param {any} row @param {any} labels @param {string} id for the button @param {string} named id of what names the row
 */
export function attachButton(marks, row, labels, id, named) {
  const isOn = marks.isOn(row);
  return h("button", {
    type: "button", id, class: "cps-button cps-attach", "data-key": `mark:${row.reference}`, "aria-pressed": String(isOn), "aria-labelledby": `${id} ${named}`,
    "aria-disabled": marks.isBusy(row) ? "true" : null, onclick: () => marks.toggle(row),
  }, isOn ? icon("check") : plusSign(), h("span", { class: "cps-attach-text" }, isOn ? labels.attached : labels.attach));
}
