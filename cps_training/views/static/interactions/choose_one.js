// @ts-check
/* Choose one: radio buttons as whole cards. Also holds the option cards that choose_many shares. Knows no key and no model. */
import { h, icon, list, own, uid } from "../_dom.js";

/**
 * What every interaction gives to the item card.
 * @typedef {object} Interaction
 * @property {HTMLElement} el
 * @property {() => object | null} read the response as it stands, null when blank
 * @property {(response: any) => void} show put a saved response (or null) into the form
 * @property {(how: "" | "waiting" | "final") => void} lock waiting keeps the focus where it is; final takes the controls out of use
 * @property {(feedback: any) => void} mark show what was right, or (null) take the marks away
 * @property {() => void} focus go to the first control
 */

/**
 * What every interaction gets.
 * @typedef {object} Context
 * @property {any} presentation
 * @property {Record<string, string>} labels
 * @property {(settle: boolean) => void} changed tell that the response changed; settle = more changes are likely at once
 * @property {(text: string) => void} announce
 */

const MARK_ICON = /** @type {const} */ ({ right: "check", missed: "check", wrong: "cross" });

/** The words at the end of an option after feedback. @param {any} of @param {Record<string, string>} labels */
export function markOf(of, labels) {
  const text = of?.label || { right: labels.right_answer, missed: labels.right_answer, wrong: labels.your_answer }[of?.mark] || "";
  return text ? [of?.mark ? icon(MARK_ICON[of.mark]) : null, h("span", {}, text)] : [];
}

/** Why this option is right or wrong. @param {any} of @param {Record<string, string>} labels */
export function rationaleOf(of, labels) {
  return of?.rationale ? [labels.why ? h("b", {}, `${labels.why} `) : null, own(of.rationale)] : [];
}

/**
 * @param {"radio" | "checkbox"} type
 * @param {Context} context
 * @param {{read: (chosen: string[]) => object | null, chosen: (response: any) => string[]}} form
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
  const rows = list(presentation.options).map((option) => {
    const text = h("span", { class: "cps-option-text", id: uid("text"), "data-cps-content": true }, option.text);
    const why = h("span", { class: "cps-option-why cps-small", id: uid("why"), hidden: true });
    const mark = h("span", { class: "cps-option-mark cps-small", id: uid("mark") });
    // The name is the text and the mark; the reason is a description, so that it is not read with every arrow key.
    const input = h("input", {
      type, name, value: option.id, "aria-labelledby": `${text.id} ${mark.id}`, "aria-describedby": why.id,
      onclick: guard, onkeydown: guard, onchange: () => changed(false),
    });
    return { id: option.id, input, mark, why, card: h("label", { class: "cps-option" }, input, text, mark, why) };
  });
  const chosen = () => rows.filter((row) => row.input.checked).map((row) => row.id);

  return {
    el: h("div", { class: "cps-options" }, rows.map((row) => row.card)),
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
        row.card.classList.toggle("cps-locked", how !== "");
      }
    },
    mark(feedback) {
      for (const row of rows) {
        const of = feedback?.options?.[row.id];
        for (const mark of ["right", "wrong", "missed"]) row.card.classList.toggle(`cps-${mark}`, of?.mark === mark);
        row.mark.replaceChildren(...markOf(of, labels).filter(Boolean));
        row.why.replaceChildren(...rationaleOf(of, labels).filter(Boolean));
        row.why.hidden = row.why.childNodes.length === 0;
      }
    },
    focus: () => rows[0]?.input.focus(),
  };
}

/** One of several. Response: {choice: id}. @param {Context} context @returns {Interaction} */
export function chooseOne(context) {
  return optionCards("radio", context, {
    read: (ids) => (ids.length ? { choice: ids[0] } : null),
    chosen: (response) => [response.choice],
  });
}
