// @ts-check
/* Choose many: the option cards of choose_one with tick boxes. */
import { list } from "../_dom.js";
import { optionCards } from "./choose_one.js";

/**
 * Any number of several. Response: {choices: [ids]}; nothing chosen is blank (null).
 * @param {import("./choose_one.js").Context} context
 * @returns {import("./choose_one.js").Interaction}
 */
export function chooseMany(context) {
  return optionCards("checkbox", context, {
    read: (ids) => (ids.length ? { choices: ids } : null),
    chosen: (response) => list(response.choices),
  });
}
