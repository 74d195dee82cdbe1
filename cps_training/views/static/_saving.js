// @ts-check
/* Keeping what somebody does: sending it once, waiting for its answer, saying where it was done that it is saved. Knows no widget and no text. */
import { drawn, h, icon, land, randomHex } from "./_dom.js";

/** Without an answer for this long it is said that nothing came. */
const SAVE_WAIT_MS = 20000;

/**
 * Tell Python what was done. Gives back the send_id its answer will carry; throws without a connection.
 * @param {any} model @param {string} kind @param {Record<string, any>} detail
 */
export function save(model, kind, detail) {
  const send_id = randomHex(16);
  model.send({ kind: "save", id: kind, detail, send_id });
  return send_id;
}

/** @typedef {{send_id: string, state: "saving" | "saved" | "error", text: string, timer: any, isHeard: boolean}} Sent */

/** What is said about one thing done; nothing where nothing was done. @param {Sent | undefined} sent */
export function savedNote(sent) {
  if (!sent?.text) return null;
  const sign = sent.state === "saved" ? icon("check") : sent.state === "error" ? icon("alert") : "";
  return h("p", { class: `cps-note cps-small cps-is-${sent.state}` }, sign, h("span", {}, sent.text));
}

/**
 * `drawn` for a widget that saves. `place` is where in the widget something is done (a form, a row): one thing at a time is under
 * way there, and what became of it stands there until the next one is done anywhere.
 *
 * More in tools: save(kind, detail, place) whether it was sent (isAgain: also while something is under way there, which is forgotten);
 * note(place) what to show there; isBusy(place); sentId(place); quiet(place) nothing more to wait for there; landLater(selector) where
 * the focus goes once this is drawn. `onSaved(place, kind, view)` hears each answer before the build that shows it.
 * @param {string} name @param {string[]} traits
 * @param {(get: (trait: string) => any, tools: any) => any[]} build
 * @param {(place: string, kind: "saved" | "error", view: Record<string, any>) => void} [onSaved]
 */
export function drawnSaving(name, traits, build, onSaved) {
  return drawn(name, [...traits, "saved", "labels"], (get, tools) => {
    const { model, view, repaint, announce, root } = tools;
    const labels = get("labels") ?? {};
    /** @type {Map<string, Sent>} */
    const sends = (view.sends ??= new Map());

    /** @param {string} place @param {"saved" | "error"} state @param {string} text */
    function settle(place, state, text) {
      const sent = sends.get(place);
      if (!sent) return;
      clearTimeout(sent.timer);
      Object.assign(sent, { state, text });
      announce(text);
      onSaved?.(place, state, view);
    }

    const saved = get("saved") ?? {};
    for (const [place, sent] of [...sends]) {
      if (sent.isHeard || !sent.send_id || sent.send_id !== saved.send_id) continue;
      sent.isHeard = true; // a late answer is an answer too
      settle(place, saved.kind === "saved" ? "saved" : "error", saved.text ?? "");
    }

    const isBusy = (/** @type {string} */ place) => sends.get(place)?.state === "saving";
    return build(get, {
      ...tools,
      isBusy,
      note: (/** @type {string} */ place) => savedNote(sends.get(place)),
      sentId: (/** @type {string} */ place) => sends.get(place)?.send_id ?? "",
      quiet: (/** @type {string} */ place) => {
        clearTimeout(sends.get(place)?.timer);
        sends.delete(place);
      },
      landLater: (/** @type {string} */ selector) => queueMicrotask(() => land(root.querySelector(selector))),
      save: (/** @type {string} */ kind, /** @type {Record<string, any>} */ detail, /** @type {string} */ place, isAgain = false) => {
        if (isBusy(place) && !isAgain) return false;
        clearTimeout(sends.get(place)?.timer);
        for (const [other, sent] of [...sends]) if (sent.state !== "saving") sends.delete(other);
        const silent = () => {
          settle(place, "error", labels.silent ?? "");
          if (root.isConnected) repaint();
        };
        /** @type {Sent} */
        const sent = { send_id: "", state: "saving", text: labels.saving ?? "", timer: setTimeout(silent, SAVE_WAIT_MS), isHeard: false };
        sends.set(place, sent);
        try {
          sent.send_id = save(model, kind, detail);
        } catch {
          settle(place, "error", labels.silent ?? "");
        }
        repaint();
        return sent.state === "saving";
      },
    });
  });
}
