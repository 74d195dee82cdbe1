// @ts-check
/* The head of a plan. Its stages are circles, its two gates diamonds; on a phone they stand close, and the one that is now is named below them. */
import { actionButton, drawn, h, icon, linkButton, list, own, rich, say, tagOf } from "./_dom.js";

const TRAITS = ["title", "line", "tag", "back", "stages", "tabs", "current", "clock", "state", "notice", "labels"];

/** @param {any} stage @param {any} labels */
function stageOf(stage, labels) {
  return h("li", { class: `cps-stage cps-is-${stage.state} ${stage.is_gate ? "cps-gate" : ""}`, "aria-current": stage.state === "now" ? "step" : null },
    h("span", { class: "cps-stage-mark" }, stage.state === "done" ? icon("check") : null),
    h("span", { class: "cps-stage-words" }, h("span", { class: "cps-block" }, stage.label), stage.clause ? h("span", { class: "cps-block" }, stage.clause) : null,
      labels[stage.state] ? h("span", { class: "cps-hidden" }, ` ${labels[stage.state]}`) : null));
}

/** The stage that is now, for where the others are only marks. @param {any[]} stages @param {any} labels */
function nowOf(stages, labels) {
  const n = stages.findIndex((stage) => stage.state === "now");
  if (n < 0) return null;
  return h("p", { class: "cps-stage-now", "aria-hidden": "true" }, h("b", {}, stages[n].label), stages[n].clause ? h("span", { class: "cps-soft" }, ` ${stages[n].clause}`) : null,
    labels.step ? h("span", { class: "cps-block cps-tiny cps-soft" }, say(labels.step, { n: n + 1, total: stages.length })) : null);
}

/** @param {any} model @param {any} tab @param {boolean} isCurrent */
function tabOf(model, tab, isCurrent) {
  return h("li", {}, h("button", {
    type: "button", class: "cps-room-tab", "data-key": `tab:${tab.id}`, "aria-current": isCurrent ? "page" : null,
    onclick: () => model.send({ kind: "action", id: `tab:${tab.id}` }),
  }, h("span", {}, tab.label), tab.badge ? tagOf({ text: String(tab.badge), kind: tab.kind }) : null));
}

/** @param {any} model @param {any} clock @param {any} labels */
function clockOf(model, clock, labels) {
  return h("div", { class: "cps-room-clock", role: "group", "aria-label": labels.clock },
    h("div", {}, labels.clock ? h("p", { class: "cps-tiny cps-soft", "aria-hidden": "true" }, labels.clock) : null, h("p", { class: "cps-room-today" }, clock.today), clock.note ? h("p", { class: "cps-small cps-soft" }, rich(clock.note)) : null),
    h("div", { class: "cps-row" }, list(clock.steps).map((step) => actionButton(model, { id: String(step.id).startsWith("day:") ? step.id : `day:${step.id}`, label: step.label }))));
}

/** @param {any} model @param {any} notice */
function noticeOf(model, notice) {
  return h("div", { class: `cps-room-notice cps-is-${notice.kind || "plain"}` }, notice.kind ? icon("alert") : null, h("p", {}, rich(notice.text)), notice.action ? actionButton(model, notice.action) : null);
}

/** The row of tabs is scrolled, never the page. @param {Element} root */
function bringIn(root) {
  const row = root.querySelector(".cps-room-tabs");
  const at = row?.querySelector("[aria-current]");
  if (!row || !at || row.scrollWidth <= row.clientWidth) return;
  const [outer, inner] = [row.getBoundingClientRect(), at.getBoundingClientRect()];
  row.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2;
}

export default drawn("cps-plan-room", TRAITS, (get, { model, root, view, announce }) => {
  const labels = get("labels") ?? {};
  const back = linkButton(get("back"));
  if (back) back.className = "cps-room-back";
  const [stages, tabs, state, notice] = [list(get("stages")), list(get("tabs")), get("state"), get("notice")];
  const said = JSON.stringify(notice?.text ?? "");
  if (view.said !== undefined && view.said !== said && notice) announce(notice.text);
  view.said = said;
  // Where one has scrolled the tabs to, they stay; only another tab is brought in.
  const scrolled = root.querySelector(".cps-room-tabs")?.scrollLeft ?? 0;
  const isOther = view.current !== get("current");
  view.current = get("current");
  requestAnimationFrame(() => {
    if (isOther) bringIn(root);
    else root.querySelector(".cps-room-tabs")?.scrollTo(scrolled, 0);
  });
  return [
    h("div", { class: "cps-room-over" }, back, tagOf(get("tag")), state?.text ? h("p", { class: `cps-room-state cps-tiny cps-is-${state.kind || "plain"}` }, state.kind === "saved" ? icon("check") : state.kind === "error" ? icon("alert") : null, h("span", {}, rich(state.text))) : null),
    own(get("title"), "h1"),
    get("line") ? own(get("line"), "p", { class: "cps-small cps-soft" }) : null,
    stages.length ? h("ol", { class: "cps-stages", "aria-label": labels.stages }, stages.map((stage) => stageOf(stage, labels))) : null,
    nowOf(stages, labels),
    get("clock") ? clockOf(model, get("clock"), labels) : null,
    notice ? noticeOf(model, notice) : null,
    tabs.length ? h("nav", { "aria-label": labels.tabs }, h("ul", { class: "cps-room-tabs" }, tabs.map((tab) => tabOf(model, tab, tab.id === get("current"))))) : null,
  ];
});
