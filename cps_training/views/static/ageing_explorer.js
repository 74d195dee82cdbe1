// @ts-check
/* Loans by age: a bar a year, the table of the chosen one, the allowance against the old ones, and what if they cannot be collected. */
import { drawn, h, list, own, say, tagOf, uid } from "./_dom.js";
import { citation } from "./_clause.js";

const group = (baht) => baht.toLocaleString("en-US");
/** Tenths of a percent, halves up. @param {number} part @param {number} whole */
const share = (part, whole) => (Math.floor((2000 * part + whole) / (2 * whole)) / 10).toFixed(1);
const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

export default drawn("cps-ageing", ["title", "intro", "buckets", "years", "renewal", "what_if", "state", "labels", "clause_labels"], (get, { model, view, repaint, announce }) => {
  const labels = get("labels") ?? {};
  const buckets = list(get("buckets"));
  const years = list(get("years"));
  const renewal = get("renewal") ?? {};
  const whatIf = get("what_if") ?? {};
  view.year ??= years[years.length - 1]?.id;
  view.lost ??= whatIf.start ?? 0;
  view.range ??= uid("lost");
  const most = Math.max(...years.map((year) => sum(year.parts)));
  const isApart = (/** @type {any} */ year) => Boolean(view.apart) && year.id === renewal.year;
  /** The parts as they are shown: what was renewed stands apart, after what is not overdue. @param {any} year */
  const parts = (year) => buckets.flatMap((bucket, i) => {
    const part = { n: i, label: bucket.label, baht: year.parts[i], isOld: bucket.is_old };
    return i || !isApart(year) ? [part] : [{ ...part, baht: part.baht - renewal.amount }, { n: "r", label: renewal.label, baht: renewal.amount }];
  });
  const overdue = (/** @type {any} */ year) => sum(parts(year).slice(1).map((part) => part.baht));
  const arrears = (/** @type {any} */ year) => share(overdue(year), sum(year.parts));
  const swatch = (/** @type {any} */ n) => h("i", { class: "cps-part", "data-part": n, "aria-hidden": "true" });

  const rows = years.map((year) => {
    const loans = sum(year.parts);
    return h("li", {}, h("button", { type: "button", class: "cps-year", "aria-pressed": String(year.id === view.year), "data-key": `year:${year.id}`, onclick: () => choose(year) },
      h("b", {}, year.label),
      h("span", { class: "cps-bar", "aria-hidden": "true", style: `width:${(100 * loans) / most}%` }, parts(year).map((part) => h("span", { class: "cps-part", "data-part": part.n, style: `width:${(100 * part.baht) / loans}%` }))),
      h("span", { class: "cps-figures" }, h("b", {}, say(labels.share, { n: arrears(year) })), " ", h("span", { class: "cps-tiny cps-soft" }, say(labels.total, { n: (loans / 1e6).toFixed(2) })))));
  });

  /** @param {any} year */
  function choose(year) {
    view.year = year.id;
    repaint();
    announce(`${say(labels.of_year, { year: year.label })} ${say(labels.share, { n: arrears(year) })}`);
  }

  const year = years.find((one) => one.id === view.year);
  if (!year) return [];
  const loans = sum(year.parts);
  const line = (/** @type {any} */ head, /** @type {number} */ baht, more = "") => h("tr", { class: more }, h("th", { scope: "row" }, head), h("td", {}, group(baht)), h("td", {}, share(baht, loans)));
  const table = h("table", {}, h("caption", { class: "cps-small" }, say(labels.of_year, { year: year.label })),
    h("thead", {}, h("tr", {}, [labels.bucket, labels.baht, labels.percent].map((text) => h("th", { scope: "col" }, text)))),
    h("tbody", {}, parts(year).map((part) => line([swatch(part.n), own(part.label)], part.baht)), line(labels.arrears, overdue(year), "cps-sum"), line(labels.loans, loans, "cps-sum")));

  const old = sum(parts(year).filter((part) => part.isOld).map((part) => part.baht));
  const against = (/** @type {string} */ label, /** @type {number} */ baht, /** @type {any} */ n) => h("div", {}, h("dt", {}, label), h("dd", {}, h("span", { class: "cps-part", "data-part": n, "aria-hidden": "true", style: `width:${(100 * baht) / old}%` }), h("b", {}, group(baht))));
  const cover = h("div", {}, h("h3", {}, labels.cover ?? ""), h("dl", { class: "cps-against" }, against(labels.old, old, 3), against(labels.allowance, year.allowance, 0), against(labels.gap, old - year.allowance, 1)));

  const shown = h("b", {});
  const outcome = h("div", { class: "cps-outcome" });
  const slider = h("input", { type: "range", id: view.range, min: 0, max: whatIf.most, step: whatIf.step, "data-key": "lost", oninput: () => { view.lost = Number(slider.value); update(); announce(`${shown.textContent} ${told()}`); } });
  slider.value = slider.defaultValue = String(view.lost);

  function update() {
    const lost = (old * view.lost) / 100;
    const burden = Math.max(0, lost - year.allowance);
    const left = year.reserve - burden;
    shown.textContent = say(labels.what_if_value, { n: view.lost });
    slider.setAttribute("aria-valuetext", shown.textContent);
    const sumRow = (/** @type {string} */ label, /** @type {string} */ baht, more = "") => h("div", { class: more }, h("dt", {}, label), h("dd", {}, baht));
    outcome.replaceChildren(
      h("dl", { class: "cps-reckoning" }, sumRow(labels.lost, group(lost)), sumRow(labels.minus, `−${group(year.allowance)}`), burden ? sumRow(labels.burden, group(burden), "cps-sum") : null),
      h("ul", {}, (burden
        ? [say(left < 0 ? labels.reserve_short : labels.reserve_holds, { reserve: group(year.reserve), left: group(Math.abs(left)) }), say(labels.equity, { before: group(year.equity), after: group(year.equity - burden) })]
        : [labels.within ?? ""]).map((text) => h("li", {}, text))));
  }

  const told = () => Array.from(outcome.querySelectorAll("li"), (li) => li.textContent).join(" ");
  update();
  const toggle = h("label", { class: "cps-check" }, h("input", { type: "checkbox", checked: view.apart, "data-key": "apart", onchange: (/** @type {any} */ event) => turn(event.target.checked) }), h("span", {}, renewal.toggle));
  const whose = years.find((one) => one.id === renewal.year);
  const note = view.apart && whose ? say(renewal.note, { share: arrears(whose), shown: share(overdue(whose) - renewal.amount, sum(whose.parts)) }) : "";

  /** @param {boolean} isOn */
  function turn(isOn) {
    view.apart = isOn;
    view.year = renewal.year;
    repaint();
    announce(say(labels.share, { n: arrears(whose) }));
  }

  const aside = (/** @type {string} */ text, /** @type {any} */ cited, /** @type {string} */ key) => h("div", { class: "cps-aside cps-small" }, own(text, "p"), cited ? citation(model, cited, { key }) : null);
  const title = get("title");
  return [h("section", { class: "cps-card" },
    h("div", { class: "cps-head" }, title ? h("h2", {}, title) : null, tagOf({ text: labels.not_scored, kind: "plain" })),
    own(get("intro"), "p", { class: "cps-small cps-soft" }),
    h("div", { class: "cps-sides" },
      h("div", {}, h("h3", {}, labels.years ?? ""), h("ul", { class: "cps-years" }, rows), toggle, note ? aside(note, renewal.cited, "renewal") : null),
      h("div", {}, table),
      cover,
      h("div", {}, h("label", { for: view.range, class: "cps-if" }, h("span", {}, labels.what_if ?? ""), " ", shown), slider, outcome)),
    aside(whatIf.note, whatIf.cited, "if"),
    aside(get("state")?.text, get("state")?.cited, "state"))];
});
