// @ts-check
/* The days of a plan as they were given, with their visits; a visit is put on another of these days: drawn there, taken there by keyboard, or chosen.
 *
 * Labels besides those of saving: views (the group of the two), month, week, previous, next, hint (how a visit is moved), days (the list), today,
 * closed (a closed day without a name), waiting (heading), none_waiting, due, wrong (what the kind of a visit is called), fixed (heard: it stays),
 * taken "{title}" (heard when taken up, with the keys), over "{day}", beside "{n}" (visits there already), edge (no day further on), placed
 * "{title} … {day}", taken_off "{title}", let_go "{title}", moving "{title}", choose (a day), choose_day (none yet), choose_first, put, take_off,
 * open, cancel, keys (which keys do what), all_days, only_visits.
 */
import { h, icon, land, list, mixed, own, rich, say, uid } from "./_dom.js";
import { carry } from "./_plan_carry.js";
import { drawnSaving } from "./_saving.js";

/** @param {any} day the day in full */
const nameOf = (day) => day.long || day.label;

/** The days and the visits without one, with every visit where it was put just now, though Python has not said so yet. @param {any} get @param {Map<string, any>} moved */
function arranged(get, moved) {
  const stays = (/** @type {any} */ visit) => !moved.has(visit.id);
  const come = (/** @type {string | null} */ on) => [...moved.values()].filter((one) => one.on === on).map((one) => ({ ...one.visit, clash: "", isMoved: true }));
  return {
    days: list(get("days")).map((day) => ({ ...day, visits: [...list(day.visits).filter(stays), ...come(day.date)] })),
    waiting: [...list(get("waiting")).filter(stays), ...come(null)],
  };
}

/** @param {any} visit @param {any} labels @param {any} tools @param {string | null} on */
function visitOf(visit, labels, { model, root, view, hold, keys, put }, on) {
  const isHeld = view.held?.id === visit.id;
  const sign = visit.kind === "ok" ? "" : labels[visit.kind] ?? "";
  return h("li", {}, h("button", {
    type: "button", class: `cps-visit cps-is-${visit.kind} ${isHeld ? "cps-is-held" : ""} ${visit.isMoved ? "cps-is-saving" : ""} ${visit.is_fixed ? "cps-is-fixed" : ""}`,
    "data-key": `visit:${visit.id}`, "aria-pressed": visit.is_fixed ? null : String(isHeld),
    onclick: () => (view.carried ? null : visit.is_fixed ? model.send({ kind: "action", id: `visit:${visit.id}` }) : hold(visit, on, true)),
    onkeydown: visit.is_fixed ? null : (/** @type {KeyboardEvent} */ e) => keys(e, visit, on),
    onkeyup: (/** @type {KeyboardEvent} */ e) => e.key === " " && !visit.is_fixed && e.preventDefault(),
    onpointerdown: visit.is_fixed ? null : (/** @type {any} */ e) => carry(e, e.currentTarget, root, view, (onto) => onto === null || put(visit, on, onto || null)),
  },
  own(visit.title, "b", { class: "cps-block" }),
  visit.line || sign ? h("span", { class: "cps-block" }, sign ? h("span", { class: "cps-sign" }, icon("alert"), h("span", {}, sign)) : null, sign && visit.line ? " " : null, own(visit.line)) : null,
  visit.clash ? h("span", { class: "cps-clash" }, icon("cross"), own(visit.clash)) : null,
  visit.is_fixed ? h("span", { class: "cps-hidden" }, ` ${labels.fixed ?? ""}`) : null));
}

/** Everything one may do with the visit that was taken up, in one row below it. @param {any} labels @param {any[]} days @param {any} tools @param {{tag?: string, style?: string}} [how] */
function moving(labels, days, { view, repaint, put, letGo, model, root }, { tag = "div", style } = {}) {
  const { visit, on } = view.held;
  const [field, says] = [uid("day"), uid("says")];
  const send = (/** @type {Event} */ e) => {
    e.preventDefault();
    if (view.target) return put(visit, on, view.target);
    view.isMissing = true;
    repaint();
    return root.querySelector("[data-key=day]")?.focus();
  };
  const escape = (/** @type {KeyboardEvent} */ e) => {
    if (e.key !== "Escape") return;
    e.stopPropagation();
    letGo();
  };
  const choose = (/** @type {any} */ e) => { view.target = e.target.value; view.isMissing = false; repaint(); };
  const button = (/** @type {string} */ key, /** @type {string} */ label, /** @type {() => void} */ press) => h("button", { type: "button", class: "cps-button", "data-key": `do:${key}`, onclick: press }, label);
  return h(tag, { class: "cps-moving", style }, h("form", { novalidate: true, "data-moving": true, tabindex: "-1", onsubmit: send, onkeydown: escape },
    h("p", {}, h("b", {}, rich(mixed(labels.moving, {}, { title: visit.title })))),
    h("div", { class: "cps-field" }, h("label", { for: field }, labels.choose),
      h("div", { class: "cps-beside" },
        h("select", { class: "cps-input", id: field, "data-key": "day", "aria-invalid": view.isMissing ? "true" : null, "aria-describedby": says, onchange: choose },
          h("option", { value: "", selected: !view.target }, labels.choose_day),
          days.map((day) => h("option", { value: day.date, selected: view.target === day.date }, [nameOf(day), day.is_closed ? day.closed || labels.closed : ""].filter(Boolean).join(" · ")))),
        h("button", { type: "submit", class: "cps-button cps-primary", "data-key": "do:put" }, labels.put)),
      h("p", { class: "cps-wrong-text", id: says }, view.isMissing ? [icon("alert"), h("span", {}, labels.choose_first)] : null)),
    h("div", { class: "cps-row" },
      on ? button("off", labels.take_off, () => put(visit, on, null)) : null,
      button("open", labels.open, () => model.send({ kind: "action", id: `visit:${visit.id}` })),
      button("cancel", labels.cancel, letGo)),
    labels.keys ? h("p", { class: "cps-tiny cps-soft cps-keys" }, labels.keys) : null));
}

/** @param {any} day @param {number} n @param {any} labels @param {any} tools */
function dayOf(day, n, labels, tools) {
  const { view } = tools;
  const isTarget = view.held && view.target === day.date;
  const visits = list(day.visits);
  const classes = [["closed", day.is_closed], ["out", day.is_out], ["today", day.is_today], ["bare", !visits.length && !day.is_today && !isTarget], ["target", isTarget]];
  return h("li", { class: `cps-day ${classes.filter(([, is]) => is).map(([name]) => `cps-is-${name}`).join(" ")}`, "data-onto": day.date, style: `order:${2 * n}` },
    h("p", { class: "cps-day-name" },
      h("time", { datetime: day.date }, day.long ? [h("span", { "aria-hidden": "true" }, day.label), h("span", { class: "cps-hidden" }, day.long)] : day.label),
      day.is_today ? h("b", { class: "cps-now" }, labels.today) : null),
    day.is_closed ? h("p", { class: "cps-closed" }, own(day.closed || labels.closed)) : null,
    visits.length ? h("ul", { class: "cps-visits" }, visits.map((visit) => visitOf(visit, labels, tools, day.date))) : null);
}

/** Month or week, the way back and the way on. @param {any} get @param {any} labels @param {any} model */
function headOf(get, labels, model) {
  const act = (/** @type {string} */ id) => ({ "data-key": id, onclick: () => model.send({ kind: "action", id }) });
  const turn = (/** @type {string} */ id, /** @type {string} */ label, /** @type {"up" | "down"} */ sign) => h("button", { type: "button", class: "cps-button cps-turn", ...act(id) }, icon(sign), h("span", { class: "cps-hidden" }, label));
  return h("div", { class: "cps-head" },
    h("div", { class: "cps-turns" }, turn("turn:-1", labels.previous, "up"), h("h3", {}, get("title")), turn("turn:1", labels.next, "down")),
    h("div", { class: "cps-views", role: "group", "aria-label": labels.views }, ["month", "week"].map((name) => h("button", { type: "button", class: "cps-chip", "aria-pressed": String(get("view") === name), ...act(`view:${name}`) }, labels[name]))));
}

export default drawnSaving("cps-plan-calendar", ["heading", "intro", "view", "title", "days", "waiting"], (get, tools) => {
  const { model, view, repaint, save, note, announce, root, landLater } = tools;
  const labels = get("labels") ?? {};
  view.moved ??= new Map();
  const { days, waiting } = arranged(get, view.moved);
  const visits = [...days.flatMap((day) => day.visits), ...waiting];
  const isFixedNow = visits.some((visit) => visit.id === view.held?.id && visit.is_fixed);
  if (isFixedNow) view.held = null; // permission was asked for meanwhile: it stays where it is
  const at = (/** @type {string | null | undefined} */ date) => days.findIndex((day) => day.date === date);
  const told = (/** @type {string} */ label, /** @type {any} */ visit, /** @type {string | null} */ on = null) => announce(mixed(label, {}, { title: visit.title, day: at(on) < 0 ? "" : nameOf(days[at(on)]) }));
  const focusOn = (/** @type {string} */ key) => root.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();

  const hold = (/** @type {any} */ visit, /** @type {string | null} */ on, isToChoose = false) => {
    const isHeld = view.held?.id === visit.id;
    Object.assign(view, { held: isHeld ? null : { id: visit.id, visit, on }, target: isHeld ? "" : on ?? "", isMissing: false });
    repaint();
    if (!isHeld && isToChoose) focusOn("day");
    told(isHeld ? labels.let_go : labels.taken, visit, on);
  };
  const letGo = () => {
    const { visit } = view.held;
    Object.assign(view, { held: null, target: "" });
    repaint();
    focusOn(`visit:${visit.id}`);
    told(labels.let_go, visit);
  };
  const put = (/** @type {any} */ visit, /** @type {string | null} */ from, /** @type {string | null} */ on) => {
    Object.assign(view, { held: null, target: "" });
    if (on !== from) {
      view.moved.set(visit.id, { visit, on });
      view.last = `place:${visit.id}`;
    }
    told(on === from ? labels.let_go : on ? labels.placed : labels.taken_off, visit, on);
    if (on === from) repaint();
    else save("place", { visit: visit.id, on }, view.last, true);
    focusOn(`visit:${visit.id}`);
  };
  const step = (/** @type {number} */ by) => {
    const first = days.findIndex((day) => !day.is_out && !day.is_closed);
    const next = at(view.target) < 0 ? Math.max(first, 0) : at(view.target) + by;
    const day = days[next];
    if (!day) return announce(labels.edge ?? "");
    view.target = day.date;
    repaint();
    root.querySelector(".cps-day.cps-is-target")?.scrollIntoView({ block: "nearest" });
    const others = list(day.visits).filter((/** @type {any} */ visit) => visit.id !== view.held.id).length;
    const parts = [day.is_closed ? [{ own: day.closed || labels.closed || "" }] : [], others ? [say(labels.beside, { n: others })] : []].filter((part) => part.length);
    return announce([...mixed(labels.over, {}, { day: nameOf(day) }), ...parts.flatMap((part) => [" · ", ...part])]);
  };
  const keys = (/** @type {KeyboardEvent} */ e, /** @type {any} */ visit, /** @type {string | null} */ on) => {
    const isHeld = view.held?.id === visit.id;
    const isColumn = getComputedStyle(root.querySelector(".cps-days")).gridTemplateColumns.split(" ").length < 7;
    const steps = /** @type {Record<string, number>} */ ({ ArrowLeft: -1, ArrowRight: 1, ArrowUp: isColumn ? -1 : -7, ArrowDown: isColumn ? 1 : 7 });
    const does = e.key === "Enter" || e.key === " " ? () => (isHeld && view.target ? put(visit, on, view.target) : hold(visit, on))
      : isHeld && e.key in steps ? () => step(steps[e.key])
        : isHeld && e.key === "Escape" ? letGo : null;
    if (!does || e.altKey || e.ctrlKey || e.metaKey) return;
    e.preventDefault();
    e.stopPropagation(); // JupyterLab has meanings of its own for these keys
    if (!e.repeat || e.key in steps) does();
  };

  if (view.title !== undefined && view.title !== get("title")) announce(get("title"));
  view.title = get("title");
  const more = { ...tools, hold, letGo, put, keys };
  const heldAt = view.held ? days.findIndex((day) => list(day.visits).some((/** @type {any} */ visit) => visit.id === view.held.id)) : -1;
  const isWaiting = view.held && waiting.some((visit) => visit.id === view.held.id);
  // Taken up in another month than the one that is shown now: what may be done with it stands above the days.
  const isElsewhere = view.held && heldAt < 0 && !isWaiting;
  if (view.held && at(view.target) < 0) view.target = "";
  if (isElsewhere && view.elsewhere !== view.held.id) landLater("[data-moving]");
  view.elsewhere = isElsewhere ? view.held.id : "";
  const isSlim = days.length > 0 && days.every((day, n) => n % 7 < 5 || !list(day.visits).length);
  const hasBare = get("view") === "month" && days.some((day) => !list(day.visits).length);
  return [
    h("section", { class: `cps-card ${view.isAll || get("view") !== "month" ? "cps-is-all" : ""}` },
      h("h2", {}, get("heading")),
      get("intro") ? h("p", { class: "cps-soft cps-intro" }, rich(get("intro"))) : null,
      headOf(get, labels, model),
      h("div", { class: "cps-tray", "data-onto": "" },
        h("h3", {}, waiting.length ? labels.waiting : h("span", { class: "cps-soft" }, labels.none_waiting)),
        waiting.length ? h("ul", { class: "cps-visits" }, waiting.map((visit) => visitOf(visit, labels, more, null))) : null,
        isWaiting ? moving(labels, days, more) : null),
      isElsewhere ? moving(labels, days, more) : null,
      h("ol", { class: `cps-days ${isSlim ? "cps-is-slim" : ""}`, "aria-label": labels.days }, days.map((day, n) => [
        dayOf(day, n, labels, more),
        n === heldAt ? moving(labels, days, more, { tag: "li", style: `--cps-below:${2 * n + 1};--cps-under:${2 * (n - (n % 7) + 6) + 1}` }) : null,
      ])),
      hasBare ? h("button", { type: "button", class: "cps-button cps-all", "data-key": "all", "aria-pressed": String(!!view.isAll), onclick: () => { view.isAll = !view.isAll; repaint(); } }, view.isAll ? labels.only_visits : labels.all_days) : null,
      view.last ? note(view.last) : null,
      labels.hint && visits.some((visit) => !visit.is_fixed) ? h("p", { class: "cps-tiny cps-soft cps-hint" }, labels.hint) : null),
  ];
}, (place, _kind, view) => view.moved?.delete(place.slice("place:".length)));
