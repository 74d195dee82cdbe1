// @ts-check
/* Small charts: a line over the years, its last value written beside its last dot. No verdict in the colour. Knows no text. */
import { h, list, svg } from "./_dom.js";

const CHART_WIDTH = 300;
const CHART_HEIGHT = 76;
const CHART_EDGE = 16;
/** Room for one letter of the value beside the last dot, which is set bold and large. */
const CHART_LETTER = 9.6;

/** A value as it is read; nothing known is a dash. @param {any} point */
const pointText = (point) => point?.text || "–";

/** The stretches of the line between years that are not known. @param {any[]} places @returns {any[][]} */
function stretchesOf(places) {
  /** @type {any[][]} */
  const stretches = [[]];
  for (const place of places) {
    if (place) stretches[stretches.length - 1].push(place);
    else if (stretches[stretches.length - 1].length) stretches.push([]);
  }
  return stretches.filter((one) => one.length);
}

/**
 * The chart of some years with the first and the last year below. A reader who does not see it hears every value.
 * @param {any} points [{year, value, text}] in the order of time
 */
export function smallChart(points) {
  const all = list(points);
  const known = all.filter((point) => typeof point.value === "number");
  if (!known.length) return h("p", { class: "cps-chart-none cps-soft" }, pointText(null));
  const last = known[known.length - 1];
  const [low, high] = [Math.min(...known.map((p) => p.value)), Math.max(...known.map((p) => p.value))];
  const since = last === all[all.length - 1] ? "" : ` ${last.year}`; // a value that is not the last year's says whose it is
  const right = CHART_WIDTH - 18 - CHART_LETTER * Math.max(4, pointText(last).length + since.length);
  const across = (/** @type {number} */ n) => (all.length > 1 ? 6 + ((right - 6) * n) / (all.length - 1) : right);
  const down = (/** @type {number} */ value) => (high > low ? CHART_HEIGHT - CHART_EDGE - ((CHART_HEIGHT - 2 * CHART_EDGE) * (value - low)) / (high - low) : CHART_HEIGHT / 2);
  const places = all.map((point, n) => (typeof point.value === "number" ? { x: across(n).toFixed(1), y: down(point.value).toFixed(1) } : null));
  const end = /** @type {any} */ (places[all.lastIndexOf(last)]);
  const lines = stretchesOf(places).map((one) => (one.length > 1
    ? svg("polyline", { class: "cps-chart-line", points: one.map(({ x, y }) => `${x},${y}`).join(" ") })
    : svg("circle", { class: "cps-chart-lone", cx: one[0].x, cy: one[0].y, r: 2.5 })));
  const heard = all.map((point) => `${point.year}: ${pointText(point)}`).join(", ");
  return h("div", { class: "cps-chart" },
    svg("svg", { viewBox: `0 0 ${CHART_WIDTH} ${CHART_HEIGHT}`, role: "img", "aria-label": heard, preserveAspectRatio: "xMinYMid meet" },
      lines,
      svg("circle", { class: "cps-chart-end", cx: end.x, cy: end.y, r: 4.5 }),
      svg("text", { class: "cps-chart-value", x: Number(end.x) + 11, y: Number(end.y) + 6 }, pointText(last), since ? svg("tspan", { class: "cps-chart-since" }, since) : null)),
    h("p", { class: "cps-tiny cps-soft", "aria-hidden": "true" }, all.length > 1 ? `${all[0].year} – ${all[all.length - 1].year}` : all[0].year));
}

/**
 * Figures as a table, years across, in a box that scrolls by itself and can be reached by keyboard.
 * @param {string} name what the table is called @param {any} corner heading of the first column
 * @param {{label: any, points: any}[]} rows all of the same years
 */
export function yearsTable(name, corner, rows) {
  const years = list(rows[0]?.points).map((point) => point.year);
  return h("div", { class: "cps-scroll cps-years", tabindex: "0", role: "region", "aria-label": name },
    h("table", {},
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, corner), years.map((year) => h("th", { scope: "col", class: "cps-num" }, year)))),
      h("tbody", {}, rows.map((row) => h("tr", {}, h("th", { scope: "row" }, row.label), list(row.points).map((point) => h("td", { class: "cps-num" }, pointText(point))))))));
}
