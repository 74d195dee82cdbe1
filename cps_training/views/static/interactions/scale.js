// @ts-check
/* Scale: the points of an agreement scale, one beside the other where there is room. */
import { chooseOne } from "./choose_one.js";

/**
 * One point. Response: {choice: id}.
 * @param {import("./choose_one.js").Context} context
 * @returns {import("./choose_one.js").Interaction}
 */
export function scalePoints(context) {
  const points = chooseOne(context);
  points.el.classList.add("cps-scale");
  return points;
}
