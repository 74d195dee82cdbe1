// @ts-check
/* A message or an empty state: one card, a few words. */
import { drawn, h, icon } from "./_dom.js";

const SIGN = /** @type {Record<string, any>} */ ({ good: "check", due: "alert", bad: "alert" });

export default drawn("cps-notice", ["text", "kind"], (get) => {
  const text = get("text");
  const kind = SIGN[get("kind")] ? get("kind") : "plain";
  return [text ? h("div", { class: `cps-card cps-kind-${kind}`, role: kind === "bad" ? "alert" : "status" }, SIGN[kind] ? icon(SIGN[kind]) : null, h("p", {}, text)) : null];
});
