// @ts-check
/* The line above a question: how far one is, and the time that is left. The clock only counts: what its end means is for Python. */
import { h, list, say } from "./_dom.js";

/** Full minutes that are told as they come. */
const WARN_MINUTES = [5, 1];

/** When each clock ends, on this page's own clock: a second view of it does not begin anew. @type {WeakMap<object, number>} */
const ENDS = new WeakMap();

/** @param {{announce: (text: string) => void, over: () => void}} tools over: the time is up; throws while it cannot be told */
export function progressLine({ announce, over }) {
  const steps = h("div", { class: "cps-steps", "aria-hidden": "true" });
  const label = h("p", { class: "cps-small cps-soft" });
  const time = h("p", { class: "cps-clock cps-small cps-soft", role: "timer", hidden: true });
  const el = h("div", { class: "cps-progress" }, steps, h("div", { class: "cps-progress-line" }, label, time));
  let shown = "";
  let timer = 0;
  let before = NaN; // seconds that were left when last looked at
  let isTold = false;
  /** @type {any} */
  let clock = null;

  /** @param {any} progress */
  function paintSteps(progress) {
    const key = JSON.stringify(progress ?? null);
    if (key === shown) return;
    shown = key;
    const marks = Array.from({ length: progress ? Math.max(0, Math.min(200, Number(progress.total) || list(progress.marks).length)) : 0 }, (_, i) => list(progress.marks)[i] || "");
    const known = new Set(["done", "now", "right", "wrong", "partly"]);
    steps.replaceChildren(...marks.map((m) => h("i", { class: known.has(m) ? `cps-${m}` : "" })));
    label.textContent = progress?.label ?? "";
  }

  function tick() {
    clearTimeout(timer);
    const ms = (ENDS.get(clock) ?? 0) - performance.now();
    const left = Math.max(0, Math.ceil(ms / 1000));
    for (const n of WARN_MINUTES) if (left > 0 && before > n * 60 && left <= n * 60) announce(say(clock.warn_label, { n: Math.ceil(left / 60) }));
    before = left;
    time.textContent = left ? say(clock.label, { time: [left / 60, left % 60].map((n) => String(Math.floor(n)).padStart(2, "0")).join(":") }) : clock.over_label ?? "";
    time.classList.toggle("cps-late", left < 60);
    if (left || !isTold) timer = window.setTimeout(tick, left ? ms % 1000 || 1000 : 1000);
    if (left) isTold = false;
    else if (!isTold) end();
  }

  function end() {
    try {
      over();
      isTold = true;
      clearTimeout(timer);
      announce(clock.over_label ?? "");
    } catch {
      // Without a connection it is tried again with the next tick.
    }
  }

  return {
    el,
    /** @param {any} progress @param {any} now the clock of this moment, or null */
    paint(progress, now) {
      paintSteps(progress);
      if (now !== clock) {
        clearTimeout(timer);
        if (!now || now.seconds > before + 60) before = NaN; // another sitting: its minutes are told anew
        clock = now;
        if (now) {
          if (!ENDS.has(now)) ENDS.set(now, performance.now() + 1000 * now.seconds);
          tick();
        }
      }
      time.hidden = !now;
      el.hidden = !progress && !now;
    },
    stop: () => clearTimeout(timer),
  };
}
