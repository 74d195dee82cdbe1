// @ts-check
/* Choose with a reason: the option cards of choose_one twice, what is so and why it is so. */
import { h, own, uid } from "../_dom.js";
import { optionCards } from "./choose_one.js";

/**
 * Response: {choice: id, reason: id}; half of it is no answer yet.
 * @param {import("./choose_one.js").Context} context
 * @returns {import("./choose_one.js").Interaction}
 */
export function chooseReason(context) {
  const { presentation } = context;
  const part = (/** @type {any} */ options, /** @type {"choice" | "reason"} */ name) =>
    optionCards("radio", { ...context, presentation: { options } }, { read: (ids) => ids[0] ?? null, chosen: (response) => [response[name]] });
  const choice = part(presentation.options, "choice");
  const reason = part(presentation.reasons, "reason");
  choice.el.classList.add("cps-across");
  const title = h("legend", { id: uid("reason"), class: "cps-part-title" }, own(presentation.reason_label));
  const half = () => (choice.read() === null) !== (reason.read() === null);
  const both = [choice, reason];
  return {
    el: h("div", {}, choice.el, h("fieldset", { class: "cps-reason" }, title, reason.el)),
    read: () => (choice.read() || reason.read() ? { ...(choice.read() && { choice: choice.read() }), ...(reason.read() && { reason: reason.read() }) } : null),
    lacks: () => (half() ? "choose_both" : ""),
    show: (response) => both.forEach((one) => one.show(response)),
    lock: (how) => both.forEach((one) => one.lock(how)),
    mark: (feedback) => both.forEach((one) => one.mark(feedback)),
    focus: () => (choice.read() === null ? choice : reason).focus(),
  };
}
