// @ts-check
/* The head of a case and its steps. On a phone the steps run sideways, with the current one in sight. */
import { drawn, h, linkButton, list, own, say, tagOf } from "./_dom.js";

/** @param {any} model @param {any} tab @param {number} n @param {boolean} isCurrent */
function stepOf(model, tab, n, isCurrent) {
  return h("li", {}, h("button", {
    type: "button", class: "cps-room-step", "data-key": `tab:${tab.id}`, "aria-current": isCurrent ? "step" : null,
    onclick: () => model.send({ kind: "action", id: `tab:${tab.id}` }),
  },
  h("span", { class: "cps-room-number" }, String(n + 1)), h("span", {}, tab.label), tab.badge ? h("span", { class: "cps-tag" }, tab.badge) : null));
}

/** The row of steps is scrolled, never the page. @param {Element} root */
function bringIn(root) {
  const row = root.querySelector(".cps-room-steps");
  const at = row?.querySelector("[aria-current]");
  if (!row || !at || row.scrollWidth <= row.clientWidth) return;
  const [outer, inner] = [row.getBoundingClientRect(), at.getBoundingClientRect()];
  row.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2;
}

export default drawn("cps-case-room", ["letter", "name", "tag", "line", "back", "tabs", "current", "labels"], (get, { model, root }) => {
  const labels = get("labels") ?? {};
  const back = linkButton(get("back"));
  if (back) back.className = "cps-room-back";
  requestAnimationFrame(() => bringIn(root));
  return [
    h("div", { class: "cps-room-over" }, back, h("p", { class: "cps-small cps-soft" }, say(labels.case ?? "{letter}", { letter: get("letter") }), " ", tagOf(get("tag")))),
    own(get("name"), "h1"),
    own(get("line"), "p"),
    h("nav", { "aria-label": labels.tabs }, h("ol", { class: "cps-room-steps" }, list(get("tabs")).map((tab, n) => stepOf(model, tab, n, tab.id === get("current"))))),
  ];
});
