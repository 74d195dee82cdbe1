// @ts-check
/* A first day, the days counted from it, and the calendar around the last one. Says what is closed and rules on nothing. Not scored. */
import { drawn, h, icon, list, own, say, tagOf, uid } from "./_dom.js";
import { citation } from "./_clause.js";

const DAY_MS = 864e5;
const BUDDHIST = 543;

/** Days since 1970 of an ISO day; no clock and no time zone anywhere. @param {string} iso */
function dayOf(iso) {
  return Date.parse(`${iso}T00:00:00Z`) / DAY_MS;
}

/** Year, month from 0, day, weekday from Monday. @param {number} n */
function partsOf(n) {
  const date = new Date(n * DAY_MS);
  return { ce: date.getUTCFullYear(), m: date.getUTCMonth(), day: date.getUTCDate(), w: (date.getUTCDay() + 6) % 7 };
}

export default drawn("cps-deadline", ["title", "intro", "cases", "closed", "known", "years", "labels", "clause_labels"], (get, { model, view, announce }) => {
  const labels = get("labels") ?? {};
  const cases = list(get("cases"));
  const closed = new Map(list(get("closed")).map((one) => [dayOf(one.date), one]));
  const [first, last] = list(get("known")).map(dayOf);
  view.start ??= Object.fromEntries(cases.map((one) => [one.id, dayOf(one.start)]));
  view.now ??= cases[0]?.id;
  const isKnown = (/** @type {number} */ n) => n >= first && n <= last;
  const isWeekend = (/** @type {number} */ n) => partsOf(n).w > 4;
  const isClosed = (/** @type {number} */ n) => isWeekend(n) || closed.has(n);
  const write = (/** @type {number} */ n, label = labels.date) => {
    const { ce, m, day, w } = partsOf(n);
    return say(label, { day, ce, be: ce + BUDDHIST, month: list(labels.months)[m], weekday: list(labels.weekdays)[w] });
  };

  /** @param {string} key @param {string} name @param {[number, string][]} options */
  const select = (key, name, options) => h("select", { class: "cps-input", "aria-label": name, "data-key": `start:${key}`, onchange: read }, options.map(([value, text]) => h("option", { value }, text)));
  const days = select("day", labels.day_name, Array.from({ length: 31 }, (_, i) => [i + 1, String(i + 1)]));
  const months = select("month", labels.month_name, list(labels.months).map((name, i) => [i, name]));
  const years = select("year", labels.year_name, list(get("years")).map((ce) => [ce, say(labels.year, { ce, be: ce + BUDDHIST })]));
  const range = list(get("years"));

  function read() {
    const [ce, m] = [Number(years.value), Number(months.value)];
    const longest = new Date(Date.UTC(ce, m + 1, 0)).getUTCDate(); // 31 February is the last of February
    set(Date.UTC(ce, m, Math.min(Number(days.value), longest)) / DAY_MS);
  }

  /** @param {number} n */
  function set(n) {
    if (!range.includes(partsOf(n).ce)) return;
    view.start[view.now] = n;
    update();
    announce(`${due.textContent} ${until.textContent}`);
  }

  const nudge = (/** @type {number} */ by, /** @type {string} */ label) => h("button", { type: "button", class: "cps-button", "data-key": `nudge:${by}`, onclick: () => set(view.start[view.now] + by) }, label);
  const legend = h("legend", { class: "cps-small" });
  const tabs = cases.map((one) => h("button", { type: "button", class: "cps-button", "data-key": `case:${one.id}`, onclick: () => { view.now = one.id; update(); announce(`${due.textContent} ${until.textContent}`); } }, one.label));
  const tries = h("div", { class: "cps-row cps-tries cps-no-print" });
  const due = h("p", { class: "cps-due-day" });
  const until = h("div", { class: "cps-until" });
  const grid = h("table", { class: "cps-days" });
  const around = h("ul", { class: "cps-small cps-around" });
  const source = h("div", { class: "cps-source" });

  /** A cell of the calendar. @param {number} n @param {number} end @param {number} open */
  function cell(n, end, open) {
    const { day, m } = partsOf(n);
    const marks = [n === end ? labels.legend_due : "", n === open ? labels.legend_last : "", isClosed(n) ? labels.legend_closed : ""].filter(Boolean);
    return h("td", { class: `${isClosed(n) ? "cps-shut" : ""} ${n === end ? "cps-end" : ""} ${n === open ? "cps-open" : ""}` },
      h("span", { class: "cps-date" }, String(day), day === 1 ? h("span", { class: "cps-month" }, ` ${list(labels.months)[m]}`) : null),
      n === open ? icon("check") : null, marks.length ? h("span", { class: "cps-hidden" }, ` ${marks.join(" ")}`) : null);
  }

  function update() {
    const one = cases.find((each) => each.id === view.now) ?? {};
    const start = view.start[view.now];
    const { ce, m, day } = partsOf(start);
    [days.value, months.value, years.value] = [String(day), String(m), String(ce)];
    tabs.forEach((tab, i) => tab.setAttribute("aria-pressed", String(cases[i].id === view.now)));
    legend.textContent = one.date_label ?? "";
    tries.replaceChildren(...list(one.tries).map((each) => h("button", { type: "button", class: "cps-button", "data-key": `try:${each.date}`, onclick: () => set(dayOf(each.date)) }, each.label)));

    const end = start + Number(one.days);
    let open = end;
    while (isClosed(open)) open -= 1;
    const why = closed.get(end)?.name ?? labels.weekend;
    due.replaceChildren(say(labels.due, { days: one.days, date: write(end) }), " ", tagOf(isClosed(end) ? { text: why, kind: "due" } : labels.due_is_open) ?? "");
    until.replaceChildren(h("p", { class: "cps-last-day" }, icon("check"), h("span", {}, say(labels.last, { date: write(open) }))),
      ...(open < end ? [h("p", { class: "cps-small" }, labels.advice ?? "")] : []),
      ...(isKnown(end) && isKnown(open) ? [] : [h("p", { class: "cps-small cps-unknown" }, say(labels.unknown, { date: write(last) }))]));

    const from = open - partsOf(open).w - (partsOf(open).w < 2 ? 7 : 0); // something of the week before, too
    const to = end + 13 - partsOf(end).w;
    const weeks = Array.from({ length: (to - from + 1) / 7 }, (_, i) => from + 7 * i);
    grid.replaceChildren(h("caption", { class: "cps-small cps-soft" }, write(from, labels.short_date), " – ", write(to, labels.short_date)),
      h("thead", {}, h("tr", {}, list(labels.weekdays_short).map((name, i) => h("th", { scope: "col" }, h("span", { "aria-hidden": "true" }, name), h("span", { class: "cps-hidden" }, list(labels.weekdays)[i]))))),
      h("tbody", {}, weeks.map((week) => h("tr", {}, Array.from({ length: 7 }, (_, i) => cell(week + i, end, open))))));
    const inside = [...closed.keys()].filter((n) => n >= from && n <= to).sort((a, b) => a - b);
    around.replaceChildren(...inside.map((n) => h("li", {}, write(n, labels.short_date), " ", own(closed.get(n).name), " ", closed.get(n).is_unverified ? tagOf({ text: labels.unverified, kind: "due" }) : null)));
    source.replaceChildren(...[one.mark ? h("p", {}, tagOf(one.mark)) : null, one.note ? own(one.note, "p", { class: "cps-small" }) : null, one.cited ? citation(model, one.cited, { key: one.id }) : null].filter(Boolean));
  }

  update();
  const name = uid("cases");
  const title = get("title");
  const intro = get("intro");
  const sign = (/** @type {string} */ kind, /** @type {string} */ text) => h("span", {}, h("i", { class: kind }), text);
  return [h("section", { class: "cps-card" },
    h("div", { class: "cps-head" }, title ? h("h2", {}, title) : null, tagOf({ text: labels.not_scored, kind: "plain" })),
    intro ? own(intro, "p", { class: "cps-small cps-soft" }) : null,
    h("p", { class: "cps-hidden", id: name }, labels.cases ?? ""),
    h("div", { class: "cps-tabs", role: "group", "aria-labelledby": name }, tabs),
    h("div", { class: "cps-sides" },
      h("div", { class: "cps-from" },
        h("fieldset", {}, legend, h("div", { class: "cps-when" }, days, months, years), h("div", { class: "cps-row cps-tries cps-no-print" }, nudge(-1, labels.earlier), nudge(1, labels.later)))),
      h("div", { class: "cps-outcome" }, due, until, grid,
        h("p", { class: "cps-tiny cps-soft cps-signs", "aria-hidden": "true" }, sign("cps-end", labels.legend_due), sign("cps-open", labels.legend_last), sign("cps-shut", labels.legend_closed)),
        around),
      h("div", { class: "cps-more" }, h("p", { class: "cps-small cps-soft cps-no-print" }, labels.tries ?? ""), tries, source)))];
});
