// @ts-check
/* One question: choose, send, be told whether it was saved, be told why. Knows presentations; never a key before Python sends feedback. */
import { actionButton, announcer, focused, h, land, linkButton, list, onChange, own, randomHex, redraw } from "./_dom.js";
import { certaintyGroup } from "./_certainty.js";
import { adoptLinks } from "./_clause.js";
import { chosenMarks, clauseOf, nudgeOf, statusLine, verdictOf } from "./_feedback.js";
import { progressLine } from "./_progress.js";
import { chooseMany } from "./interactions/choose_many.js";
import { chooseOne } from "./interactions/choose_one.js";
import { chooseReason } from "./interactions/choose_reason.js";
import { fillGaps } from "./interactions/cloze.js";
import { markLines } from "./interactions/mark_lines.js";
import { matchRows } from "./interactions/match.js";
import { giveNumber } from "./interactions/number.js";
import { order } from "./interactions/order.js";
import { scalePoints } from "./interactions/scale.js";
import { sortCards } from "./interactions/sort.js";
import { writeText } from "./interactions/text.js";

/** How a response is collected. A new one: a file in interactions/ and its line here. */
const INTERACTIONS = { choose_one: chooseOne, choose_many: chooseMany, choose_reason: chooseReason, order, match: matchRows, sort: sortCards, number: giveNumber, text: writeText, cloze: fillGaps, mark_lines: markLines, scale: scalePoints };

/** Without a word from Python for this long an answer counts as not saved; the same answer_id makes sending again safe. */
const WAIT_MS = 8000;

const TRAITS = ["presentation", "response", "feedback", "nudge", "certainty", "clock", "mode", "status", "progress", "actions", "labels", "locale"];

/**
 * An answer on its way. state: sent → (acknowledged: forgotten) | silent (nobody answered) | refused (Python said it was not saved)
 * @typedef {{message: any, answer_id: string, state: "sent" | "silent" | "refused", timer: number}} Sending
 */

/** @param {{model: any, el: HTMLElement}} context */
function render({ model, el }) {
  const legend = h("legend", {});
  const notes = h("div", { class: "cps-notes" });
  const slot = h("div", { onchange: flush, oncompositionstart: () => { composing = true; }, oncompositionend: () => { composing = false; } });
  const fieldset = h("fieldset", { class: "cps-question" }, legend, notes, slot);
  const certainty = certaintyGroup((quiet) => changed(quiet));
  const heard = h("div", { class: "cps-verdict", role: "status", "aria-live": "polite" });
  const clauses = h("div", { class: "cps-clauses" });
  const feedbackBox = h("div", { class: "cps-feedback", hidden: false }, heard, clauses);
  const status = statusLine();
  const buttons = h("div", { class: "cps-buttons" });
  const form = h("form", { class: "cps-card", novalidate: true, "data-lm-suppress-shortcuts": "true", onsubmit: submit }, fieldset, certainty.el, feedbackBox, h("div", { class: "cps-row cps-foot" }, buttons, status.el));
  const root = h("div", { class: "cps-root cps-item" }, form);
  const announce = announcer(root);
  const progress = progressLine({ announce, over });
  root.prepend(progress.el);

  /** @type {import("./interactions/choose_one.js").Interaction | null} */
  let ui = null;
  let built = "";
  let item = "";
  /** @type {Sending | null} */
  let sending = null;
  let settling = 0;
  let final = ""; // answer_id of a submit that was saved: submitting is once
  let hint = "";
  let stale = false; // a saved response arrived while a newer one was on its way
  let composing = false; // an input method has half a word
  let told = ""; // the feedback or nudge that is shown
  let judged = false; // feedback is shown
  let held = ""; // how the form is locked
  let buttonsShown = "";

  const get = (/** @type {string} */ trait) => model.get(trait);
  const labels = () => get("labels") ?? {};

  // --- sending -------------------------------------------------------------------------------------------------
  /** @param {Sending} answer */
  function post(answer) {
    clearTimeout(answer.timer);
    answer.state = "sent";
    answer.timer = window.setTimeout(() => silent(answer), WAIT_MS);
    sending = answer;
    hint = "";
    paintFoot();
    try {
      model.send(answer.message);
    } catch {
      silent(answer); // the connection is gone: say so at once
    }
  }

  /** @param {Sending} answer */
  function silent(answer) {
    clearTimeout(answer.timer);
    if (sending !== answer) return;
    answer.state = "silent";
    paintFoot();
  }

  /** The same intent, therefore the same answer_id. */
  function again() {
    if (!sending) return;
    post(sending);
    lock();
  }

  /** A new intent, therefore a new answer_id. @param {any} response */
  function send(response) {
    if (sending) clearTimeout(sending.timer);
    const answer_id = randomHex(16);
    const sure = certainty.read();
    post({ message: { kind: "answer", item, response, answer_id, ...(sure !== null && { certainty: sure }) }, answer_id, state: "sent", timer: 0 });
  }

  /** @param {Event} event */
  function submit(event) {
    event.preventDefault();
    if (get("mode") !== "submit" || locked() || !ui) return;
    if (sending?.state === "refused") return again();
    const response = ui.read();
    if (response === null) return ask("choose_first", ui);
    if (ui.lacks?.()) return ask(ui.lacks(), ui);
    if (get("certainty") && certainty.read() === null) return ask("choose_certainty", certainty);
    send(response);
    lock();
  }

  /** @param {string} label @param {{focus: () => void}} where */
  function ask(label, where) {
    hint = labels()[label] ?? "";
    paintFoot();
    where.focus();
  }

  /** @param {number} quiet milliseconds without another change, after which it is sent */
  function changed(quiet) {
    if (locked()) return;
    const first = hint !== "" || sending?.state === "refused";
    hint = "";
    if (get("mode") !== "autosave") {
      // The answer that was refused is no longer what is chosen: the next press is a new intent.
      if (sending?.state === "refused") sending = null;
      if (first) paintFoot();
      return;
    }
    clearTimeout(settling);
    if (!quiet) return flush(true);
    const rest = () => { settling = window.setTimeout(() => (composing ? rest() : flush()), quiet); };
    rest();
  }

  /** Send what a settling change left waiting. @param {unknown} [now] true: whether or not something waits */
  function flush(now) {
    if (!settling && now !== true) return;
    clearTimeout(settling);
    settling = 0;
    if (ui && get("mode") === "autosave" && !ui.lacks?.()) send(ui.read());
  }

  /** The time is up: what is not sent yet goes first. */
  function over() {
    flush();
    model.send({ kind: "action", id: "time-up" });
  }

  /** @returns {"" | "waiting" | "final"} */
  function locked() {
    if (get("mode") === "review" || get("feedback") || final) return "final";
    return get("mode") === "submit" && sending && sending.state !== "refused" ? "waiting" : "";
  }

  function lock() {
    const how = locked();
    if (how === held) return;
    held = how;
    ui?.lock(how);
    certainty.lock(how);
  }

  // --- what Python said -----------------------------------------------------------------------------------------
  function hear() {
    const said = get("status") ?? {};
    if (!sending) {
      if (said.answer_id !== final) final = "";
      return;
    }
    if (get("feedback")) return settle(); // feedback is only ever sent after saving
    if (said.answer_id !== sending.answer_id) return;
    if (said.kind === "saving") {
      if (sending.state === "sent") {
        clearTimeout(sending.timer);
        const waiting = sending;
        sending.timer = window.setTimeout(() => silent(waiting), WAIT_MS);
      }
    } else if (said.kind === "error") {
      clearTimeout(sending.timer);
      sending.state = "refused";
    } else {
      if (said.kind === "saved" && get("mode") === "submit" && !get("nudge")) final = sending.answer_id;
      settle();
    }
  }

  function settle() {
    if (!sending) return;
    clearTimeout(sending.timer);
    sending = null;
    if (stale && !settling) restore();
  }

  function restore() {
    stale = false;
    const response = get("response") ?? null;
    if (ui && JSON.stringify(ui.read()) !== JSON.stringify(response)) ui.show(response);
  }

  // --- painting ---------------------------------------------------------------------------------------------------
  /** @param {boolean} saved a saved response arrived with it */
  function paintItem(saved) {
    const presentation = get("presentation") ?? {};
    const key = JSON.stringify([presentation, labels()]);
    if (key === built) return false;
    const same = presentation.item === item;
    const kept = same && (!saved || sending || settling) ? ui?.read() : null;
    const keptFocus = focused(slot)?.getAttribute("value") ?? focused(slot)?.getAttribute("data-key");
    if (!same) {
      if (sending) clearTimeout(sending.timer);
      clearTimeout(settling);
      settling = 0;
      sending = null;
      final = hint = "";
    }
    built = key;
    item = presentation.item ?? "";
    legend.replaceChildren(...[own(presentation.stem)].filter(Boolean));
    redraw(notes, [presentation.instruction, presentation.scoring_note].filter(Boolean).map((text) => h("p", { class: "cps-small cps-soft" }, text)));
    notes.hidden = !notes.childNodes.length;
    const make = INTERACTIONS[/** @type {keyof typeof INTERACTIONS} */ (presentation.interaction)];
    if (!make && presentation.interaction) console.error(`item_card: no interaction named "${presentation.interaction}"; see INTERACTIONS in item_card.js`);
    ui = make ? make({ presentation, labels: labels(), changed, announce }) : null;
    slot.replaceChildren(...(ui ? [ui.el] : []));
    ui?.show(kept ?? get("response") ?? null);
    told = "";
    held = "-"; // new controls are held anew
    composing = false;
    if (keptFocus && same) {
      const again = Array.from(slot.querySelectorAll("input, [data-key]")).find((n) => (n.getAttribute("value") ?? n.getAttribute("data-key")) === keptFocus);
      /** @type {any} */ (again)?.focus({ preventScroll: true });
    }
    return true;
  }

  /** @param {boolean} fresh the item was rebuilt @param {boolean} answered an answer just arrived there */
  function paintFeedback(fresh, answered) {
    const feedback = get("feedback");
    const nudge = feedback ? null : get("nudge");
    const mine = get("mode") === "review" && !feedback ? chosenMarks(get("presentation")?.interaction, get("response"), labels()) : null;
    const key = feedback || nudge || mine ? JSON.stringify([feedback ?? nudge ?? mine, labels()]) : "";
    const news = !fresh && painted && Boolean(feedback ? !judged : answered && nudge);
    if (key !== told || fresh || news) {
      ui?.mark(feedback ?? mine);
      heard.replaceChildren(...(feedback ? verdictOf(feedback, labels()) : nudge ? nudgeOf(nudge) : []));
      redraw(clauses, list(feedback?.clauses).map((clause, index) => clauseOf(model, clause, index, labels())));
      const isEmpty = !heard.childNodes.length && !clauses.childNodes.length;
      feedbackBox.className = `cps-feedback ${isEmpty ? "cps-none" : `cps-is-${(feedback ?? nudge).verdict}`}`;
      told = key;
    }
    judged = Boolean(feedback);
    if (news && wasHere) /** @type {HTMLElement | null} */ (heard.querySelector("h3"))?.focus();
  }

  function paintFoot() {
    const how = locked();
    const failed = Boolean(sending && sending.state !== "sent");
    const submitting = get("mode") === "submit" && how !== "final";
    const actions = list(get("actions"));
    const submitLabel = (get("nudge") && labels().try_again) || labels().submit;
    const wanted = JSON.stringify([how, failed, submitting, actions, labels().retry, submitLabel]);
    if (wanted !== buttonsShown) {
      // Only when they differ: a button that is replaced between press and release would lose the click.
      buttonsShown = wanted;
      redraw(buttons, [
        failed && h("button", { type: "button", class: `cps-button cps-retry ${submitting ? "cps-primary" : ""}`, "data-key": "send", onclick: again }, labels().retry),
        submitting && !failed && h("button", { type: "submit", class: "cps-button cps-primary", "data-key": "send", "aria-disabled": how === "waiting" ? "true" : null }, submitLabel),
        actions.map((action) => {
          const button = action.href ? linkButton(action, action.primary) : actionButton(model, action);
          button?.addEventListener("click", flush, { capture: true }); // a move that is still settling goes first
          return button;
        }),
      ]);
      buttons.hidden = !buttons.childNodes.length;
    }
    const [kind, said] = message();
    status.paint(kind, said, (get("status") ?? {}).n);
  }

  /** @returns {[string, string]} */
  function message() {
    if (sending?.state === "sent") return ["saving", labels().saving ?? ""];
    if (sending?.state === "silent") return ["error", labels().not_saved ?? ""];
    const said = get("status") ?? {};
    if (sending?.state === "refused") return ["error", said.answer_id === sending.answer_id && said.text ? said.text : labels().not_saved ?? ""];
    if (hint) return ["notice", hint];
    return [said.kind ?? "idle", said.text ?? ""];
  }

  let painted = false;
  let wasHere = false;
  /** @param {Set<string>} what */
  function paint(what) {
    root.lang = get("locale") || "th";
    wasHere = focused(root) !== null;
    const before = item;
    const fresh = paintItem(what.has("response"));
    if (what.has("response") && !fresh) {
      if (sending || settling) stale = true;
      else restore();
    }
    const waited = sending;
    hear();
    progress.paint(get("progress"), get("clock"));
    certainty.paint(get("certainty"), item !== before);
    if (what.has("certainty")) held = "-";
    lock();
    paintFeedback(fresh, Boolean(waited) && !sending);
    paintFoot();
    // Reading begins at the question, wherever the button was; and where a field had the focus that words took the place of.
    if (painted && wasHere && (item !== before || !focused(root))) land(legend);
    painted = true;
  }

  paint(new Set());
  el.append(root);
  if (get("lands")) land(legend);
  const stop = onChange(model, TRAITS, paint);
  addEventListener("pagehide", flush);
  const release = adoptLinks(model, root);
  return () => {
    flush();
    stop();
    removeEventListener("pagehide", flush);
    release();
    progress.stop();
    if (sending) clearTimeout(sending.timer);
    root.remove();
  };
}

export default { render };
