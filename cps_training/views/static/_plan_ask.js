// @ts-check
/* Asking once before what cannot be taken back: the question takes the place of the button. Knows no widget and no text. */
import { h } from "./_dom.js";

/**
 * @param {string} key of the question, found again as `[data-ask="<key>"]`
 * @param {{text: any, yes: string, no: string, more?: any}} words more: what stands between the question and its answers
 * @param {string} kind class of the button that does it
 * @param {() => void} yes @param {() => void} no @param {boolean} isBusy
 */
export function askFirst(key, words, kind, yes, no, isBusy) {
  return h("div", { class: "cps-ask", role: "group", "aria-label": words.text, "data-ask": key, "data-key": `ask:${key}`, tabindex: "-1" }, h("p", {}, words.text), words.more,
    h("div", { class: "cps-row" },
      h("button", { type: "button", class: `cps-button ${kind}`, "data-key": `yes:${key}`, "aria-disabled": isBusy ? "true" : null, onclick: yes }, words.yes),
      h("button", { type: "button", class: "cps-button", "data-key": `no:${key}`, onclick: no }, words.no)));
}
