// @ts-check
/* One question: choose, send, be told whether it was saved, be told why. Knows presentations; never a key before Python sends feedback. */
import { actionButton, announcer, focused, h, icon, land, linkButton, list, onChange, own, randomHex, redraw } from "./_dom.js";
import { adoptLinks, clauseFold } from "./_clause.js";
import { chooseMany } from "./interactions/choose_many.js";
import { chooseOne } from "./interactions/choose_one.js";
import { order } from "./interactions/order.js";

/** How a response is collected. A new one: a file in interactions/ and its line here. */
const INTERACTIONS = { choose_one: chooseOne, choose_many: chooseMany, order };

/** Without a word from Python for this long an answer counts as not saved; the same answer_id makes sending again safe. */
const WAIT_MS = 8000;
/** Several moves in a row are one change. */
const SETTLE_MS = 250;

const TRAITS = ["presentation", "response", "feedback", "mode", "status", "progress", "actions", "labels", "locale"];

/**
 * An answer on its way. state: sent → (acknowledged: forgotten) | silent (nobody answered) | refused (Python said it was not saved)
 * @typedef {{item: string, response: any, answer_id: string, state: "sent" | "silent" | "refused", timer: number}} Sending
 */

/** @param {{model: any, el: HTMLElement}} context */
function render({ model, el }) {
  const progress = h("div", { class: "cps-progress" });
  const legend = h("legend", {});
  const notes = h("div", { class: "cps-notes" });
  const slot = h("div", {});
  const fieldset = h("fieldset", {}, legend, notes, slot);
  const heard = h("div", { class: "cps-verdict", role: "status", "aria-live": "polite" });
  const clauses = h("div", { class: "cps-clauses" });
  const feedbackBox = h("div", { class: "cps-feedback", hidden: false }, heard, clauses);
  const status = h("span", { class: "cps-status", role: "status", "aria-live": "polite" });
  const buttons = h("div", { class: "cps-buttons" });
  const form = h("form", { class: "cps-card", novalidate: true, onsubmit: submit }, fieldset, feedbackBox, h("div", { class: "cps-row cps-foot" }, buttons, status));
  const root = h("div", { class: "cps-root cps-item" }, progress, form);
  const announce = announcer(root);

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
  let told = ""; // the feedback that is shown
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
      model.send({ kind: "answer", item: answer.item, response: answer.response, answer_id: answer.answer_id });
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
    ui?.lock(locked());
  }

  /** A new intent, therefore a new answer_id. @param {any} response */
  function send(response) {
    if (sending) clearTimeout(sending.timer);
    post({ item, response, answer_id: randomHex(16), state: "sent", timer: 0 });
  }

  /** @param {Event} event */
  function submit(event) {
    event.preventDefault();
    if (get("mode") !== "submit" || locked() || !ui) return;
    if (sending?.state === "refused") return again();
    const response = ui.read();
    if (response === null) {
      hint = labels().choose_first ?? "";
      paintFoot();
      ui.focus();
      return;
    }
    send(response);
    ui.lock("waiting");
  }

  /** @param {boolean} settle */
  function changed(settle) {
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
    if (settle) settling = window.setTimeout(flush, SETTLE_MS);
    else flush(true);
  }

  /** Send what a settling change left waiting. @param {boolean | number} [now] */
  function flush(now) {
    if (!settling && now !== true) return;
    clearTimeout(settling);
    settling = 0;
    if (ui && get("mode") === "autosave") send(ui.read());
  }
  const leave = () => flush();

  /** @returns {"" | "waiting" | "final"} */
  function locked() {
    if (get("mode") === "review" || get("feedback") || final) return "final";
    return get("mode") === "submit" && sending && sending.state !== "refused" ? "waiting" : "";
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
      if (said.kind === "saved" && get("mode") === "submit") final = sending.answer_id;
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
    ui?.show(get("response") ?? null);
  }

  // --- painting ---------------------------------------------------------------------------------------------------
  function paintProgress() {
    const p = get("progress");
    progress.hidden = !p;
    if (!p) return redraw(progress, []);
    const marks = Array.from({ length: Math.max(0, Math.min(200, Number(p.total) || list(p.marks).length)) }, (_, i) => list(p.marks)[i] || "");
    const known = new Set(["done", "now", "right", "wrong", "partly"]);
    redraw(progress, [
      h("div", { class: "cps-steps", "aria-hidden": "true" }, marks.map((m) => h("i", { class: known.has(m) ? `cps-${m}` : "" }))),
      h("p", { class: "cps-small cps-soft" }, p.label),
    ]);
  }

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
    if (keptFocus && same) {
      const again = Array.from(slot.querySelectorAll("input, button")).find((n) => (n.getAttribute("value") ?? n.getAttribute("data-key")) === keptFocus);
      /** @type {any} */ (again)?.focus({ preventScroll: true });
    }
    return true;
  }

  /** @param {boolean} fresh the item was rebuilt */
  function paintFeedback(fresh) {
    const feedback = get("feedback");
    const key = feedback ? JSON.stringify([feedback, labels()]) : "";
    const news = !fresh && key !== "" && told === "" && painted;
    if (key !== told || fresh) {
      ui?.mark(feedback ?? null);
      if (!feedback && get("mode") === "review") ui?.mark({ options: Object.fromEntries(chosenIds().map((id) => [id, { mark: "", label: labels().your_answer }])) });
      const verdict = feedback ? verdictOf(feedback) : [];
      heard.replaceChildren(...verdict.filter(Boolean));
      redraw(clauses, list(feedback?.clauses).map((clause, index) => clauseOf(clause, index)));
      feedbackBox.className = `cps-feedback ${feedback ? `cps-is-${feedback.verdict}` : "cps-none"}`;
      told = key;
    }
    if (news && wasHere) /** @type {HTMLElement | null} */ (heard.querySelector("h3"))?.focus();
  }

  function chosenIds() {
    const response = get("response") ?? {};
    return [response.choice, ...list(response.choices)].filter(Boolean);
  }

  /** @param {any} feedback */
  function verdictOf(feedback) {
    const title = [feedback.verdict_label, feedback.verdict_label && feedback.headline ? " — " : null, own(feedback.headline)];
    const sign = { right: "check", partly: "half", wrong: "cross", blank: "ring" }[feedback.verdict];
    return [
      h("div", { class: "cps-verdict-line" },
        h("h3", { tabindex: "-1" }, sign ? icon(/** @type {any} */ (sign)) : null, h("span", {}, title)),
        feedback.score_label ? h("span", { class: "cps-tag cps-plain" }, feedback.score_label) : null),
      own(feedback.explanation, "p"),
    ];
  }

  /** @param {any} clause @param {number} index */
  function clauseOf(clause, index) {
    return h("div", { class: "cps-clause" },
      h("p", {}, own(clause.label, "strong"), clause.title ? [" — ", own(clause.title)] : null),
      clause.summary ? clauseFold(model, clause, clause.id ?? index, h("span", {}, labels().read_clause ?? "", own(` ${clause.label}`, "span", { class: "cps-hidden" }))) : null);
  }

  function paintFoot() {
    const how = locked();
    const failed = Boolean(sending && sending.state !== "sent");
    const submitting = get("mode") === "submit" && how !== "final";
    const actions = list(get("actions"));
    const wanted = JSON.stringify([how, failed, submitting, actions, labels().retry, labels().submit]);
    if (wanted !== buttonsShown) {
      // Only when they differ: a button that is replaced between press and release would lose the click.
      buttonsShown = wanted;
      redraw(buttons, [
        failed && h("button", { type: "button", class: `cps-button cps-retry ${submitting ? "cps-primary" : ""}`, "data-key": "send", onclick: again }, labels().retry),
        submitting && !failed && h("button", { type: "submit", class: "cps-button cps-primary", "data-key": "send", "aria-disabled": how === "waiting" ? "true" : null }, labels().submit),
        actions.map((action) => {
          const button = action.href ? linkButton(action, action.primary) : actionButton(model, action);
          button?.addEventListener("click", leave, { capture: true }); // a move that is still settling goes first
          return button;
        }),
      ]);
      buttons.hidden = !buttons.childNodes.length;
    }
    const [kind, text] = message();
    const sign = { saved: "check", error: "alert", notice: "alert" }[kind];
    const shown = `${kind}|${text}|${(get("status") ?? {}).n ?? ""}`;
    if (status.dataset.shown !== shown) {
      status.dataset.shown = shown;
      status.className = `cps-status cps-status-${kind}`;
      status.replaceChildren(...(text ? [sign ? icon(/** @type {any} */ (sign)) : "", h("span", {}, text)] : []).filter(Boolean));
    }
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
    hear();
    paintProgress();
    ui?.lock(locked());
    paintFeedback(fresh);
    paintFoot();
    if (painted && wasHere && item !== before) land(legend); // reading begins at the question, wherever the button was
    painted = true;
  }

  paint(new Set());
  el.append(root);
  if (get("lands")) land(legend);
  const stop = onChange(model, TRAITS, paint);
  addEventListener("pagehide", leave);
  const release = adoptLinks(model, root);
  return () => {
    flush();
    stop();
    removeEventListener("pagehide", leave);
    release();
    if (sending) clearTimeout(sending.timer);
    root.remove();
  };
}

export default { render };
