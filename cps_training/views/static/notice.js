// @ts-check
/* A message or an empty state: one card, a few words, at most one thing to do. */
import { drawn, h, icon, linkButton } from "./_dom.js";

const SIGN = /** @type {Record<string, any>} */ ({ good: "check", due: "alert", bad: "alert" });

export default drawn("cps-notice", ["text", "kind", "action"], (get) => {
  const text = get("text");
  const kind = SIGN[get("kind")] ? get("kind") : "plain";
  if (!text) return [];
  return [h("div", { class: `cps-card cps-kind-${kind}` },
    h("div", { class: "cps-says", "data-lands": true, role: kind === "plain" || kind === "good" ? "status" : "alert" }, SIGN[kind] ? icon(SIGN[kind]) : null, h("p", {}, text)),
    linkButton(get("action"), true))];
});
