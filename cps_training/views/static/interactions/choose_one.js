// @ts-check
/* Choose one: radio buttons as whole cards. Also holds the option cards that others share. Knows no key and no model. */
import { h, list, own, uid } from "../_dom.js";
import { markPlaces, showMark } from "../_fields.js";

/**
 * What every interaction gives to the item card.
 * @typedef {object} Interaction
 * @property {HTMLElement} el
 * @property {() => object | null} read the response as it stands, null when blank
 * @property {() => string} [lacks] the name of the label that says what is missing in a half given response, "" when nothing is
 * @property {(response: any) => void} show put a saved response (or null) into the form
 * @property {(how: "" | "waiting" | "final") => void} lock waiting keeps the focus where it is; final takes the controls out of use
 * @property {(feedback: any) => void} mark show what was right, or (null) take the marks away
 * @property {() => void} focus go to the first control, or to what is missing
 */

/**
 * What every interaction gets.
 * @typedef {object} Context
 * @property {any} presentation
 * @property {Record<string, string>} labels
 * @property {(quiet: number) => void} changed tell that the response changed; it is sent after so many milliseconds without another change
 * @property {(text: string) => void} announce
 */

/**
 * Options as whole cards. An option may have a note; numbered puts the number of its line before each; isInterface: their words are the page's own.
 * @param {"radio" | "checkbox"} type
 * @param {Context} context
 * @param {{read: (chosen: string[]) => any, chosen: (response: any) => string[], numbered?: boolean, isInterface?: boolean}} form
 * @returns {Interaction}
 */
export function optionCards(type, { presentation, labels, changed }, form) {
  const name = uid("option");
  /** @type {"" | "waiting" | "final"} */
  let locked = "";
  const guard = (/** @type {Event} */ event) => {
    const key = /** @type {KeyboardEvent} */ (event).key;
    if (locked && (key === undefined || (key !== "Tab" && key !== "Escape"))) event.preventDefault();
  };
  const rows = list(presentation.options).map((option, index) => {
    const number = form.numbered ? h("span", { class: "cps-line-number cps-small", id: uid("number") }, String(index + 1)) : null;
    const note = option.note ? h("span", { class: "cps-block cps-tiny cps-soft" }, option.note) : null;
    const text = h("span", { class: "cps-option-text", id: uid("text") }, form.isInterface ? h("span", {}, option.text) : own(option.text), note);
    const { mark, why } = markPlaces();
    // The name is the text and the mark; the reason is a description, so that it is not read with every arrow key.
    const input = h("input", {
      type, name, value: option.id, "aria-labelledby": `${number ? `${number.id} ` : ""}${text.id} ${mark.id}`, "aria-describedby": why.id,
      onclick: guard, onkeydown: guard, onchange: () => changed(0),
    });
    return { id: option.id, input, mark, why, box: h("label", { class: "cps-option" }, input, number, text, mark, why) };
  });
  const chosen = () => rows.filter((row) => row.input.checked).map((row) => row.id);

  return {
    el: h("div", { class: "cps-options" }, rows.map((row) => row.box)),
    read: () => form.read(chosen()),
    show(response) {
      const ids = response ? form.chosen(response) : [];
      for (const row of rows) row.input.checked = ids.includes(row.id);
    },
    lock(how) {
      locked = how;
      for (const row of rows) {
        row.input.disabled = how === "final";
        row.input.toggleAttribute("aria-disabled", false);
        if (how === "waiting") row.input.setAttribute("aria-disabled", "true");
        row.box.classList.toggle("cps-locked", how !== "");
      }
    },
    mark(feedback) {
      for (const row of rows) showMark(row, feedback?.options?.[row.id], labels);
    },
    focus: () => (rows.find((row) => row.input.checked) ?? rows[0])?.input.focus(),
  };
}

/** One of several. Response: {choice: id}. @param {Context} context @returns {Interaction} */
export function chooseOne(context) {
  return optionCards("radio", context, {
    read: (ids) => (ids.length ? { choice: ids[0] } : null),
    chosen: (response) => [response.choice],
  });
}
