// @ts-check
/* What is typed in a plan's form and not kept yet: when it is sent, what comes of it, what stands in its way. Knows no control and no text.
 *
 * A draft is sent after a pause, or when its field is left; several go together. What is typed while they are on their way stays and goes
 * next. Without a connection drafts stay, and are sent again after a while, with the next change and when the connection is back. A draft
 * somebody else's change stands in the way of, or that was refused, waits until its writer says which of the two is to stand.
 */
import { isSame } from "./_plan_controls.js";

const PAUSE_MS = 800;
/** After a failure it is tried again so much later, then after twice as long, up to the second. */
const AGAIN_MS = 15000;
const AGAIN_MOST_MS = 60000;

/** @typedef {{value: any, base: any, isAlone: boolean, refused: string | null, isClash: boolean, isBad: boolean, sent: any[]}} Draft base: what stood in the plan when it was begun */

/** @param {() => any} tools those of `drawnSaving` as they are now @param {(field: string) => boolean} mayWrite */
export function draftsOf(tools, mayWrite) {
  /** @type {Map<string, Draft>} */
  const drafts = new Map();
  /** @type {Map<string, any> | null} */
  let onTheWay = null;
  let timer = 0;
  let again = 0;
  let patience = AGAIN_MS;
  let isDue = false;

  /** @param {Draft} draft @param {string} field */
  const isReady = (draft, field) => !draft.isBad && !draft.isClash && draft.refused === null && mayWrite(field);

  /** Send what can be sent. @param {boolean} [isNow] also while something is under way: its writer goes elsewhere */
  function flush(isNow = false) {
    clearTimeout(timer);
    timer = 0;
    let ready = [...drafts].filter(([field, draft]) => isReady(draft, field));
    const alone = ready.find(([, draft]) => draft.isAlone);
    if (alone && !isNow) ready = [alone];
    const isNew = ready.some(([field, draft]) => !onTheWay?.has(field) || !isSame(onTheWay.get(field), draft.value));
    if (!isNew) return;
    if (onTheWay && !isNow) {
      isDue = true;
      return;
    }
    isDue = false;
    clearTimeout(again);
    onTheWay = new Map(ready.map(([field, draft]) => [field, structuredClone(draft.value)]));
    for (const [field, draft] of ready) draft.sent.push(onTheWay.get(field));
    tools().save("edit", { changes: ready.map(([field, draft]) => ({ field, value: draft.value })) }, "edit", true);
  }

  function later() {
    clearTimeout(timer);
    timer = window.setTimeout(flush, PAUSE_MS);
  }

  return {
    drafts,
    flush,
    /** Something was typed. @param {string} field @param {any} value @param {boolean} isBad @param {any} seen what the plan says, as the writer saw it */
    type(field, value, isBad, seen) {
      const draft = drafts.get(field);
      const base = draft ? draft.base : seen;
      if (!isBad && !onTheWay?.has(field) && !draft?.isClash && isSame(value, base)) {
        drafts.delete(field);
        return;
      }
      drafts.set(field, { isAlone: false, isClash: false, sent: [], ...draft, value, base, isBad, refused: null });
      later();
    },
    /** The plan says something about a field that is being written. @param {string} field @param {any} value */
    meet(field, value) {
      const draft = drafts.get(field);
      if (!draft || isSame(draft.base, value)) return;
      if (isSame(draft.value, value) && !draft.isBad) drafts.delete(field);
      else if (draft.sent.some((one) => isSame(one, value))) draft.base = value; // one's own, heard of late
      else draft.isClash = true;
    },
    /** An answer to what was sent: which fields it was. @param {(field: string) => any} inPlan what the plan says now */
    saved(inPlan) {
      const fields = [...(onTheWay?.keys() ?? [])];
      for (const [field, value] of onTheWay ?? []) {
        const draft = drafts.get(field);
        if (!draft) continue;
        if (isSame(draft.value, value) && !draft.isBad) drafts.delete(field);
        else Object.assign(draft, { base: inPlan(field), isClash: false });
      }
      onTheWay = null;
      patience = AGAIN_MS;
      if (isDue || [...drafts.values()].some((draft) => draft.isAlone)) queueMicrotask(() => flush());
      return fields;
    },
    /** It was not kept; several go one by one, so that one takes no other with it. @param {string} text why */
    refused(text) {
      const sent = [...(onTheWay ?? [])].flatMap(([field, value]) => { const draft = drafts.get(field); return draft ? [{ draft, value }] : []; });
      onTheWay = null;
      for (const { draft, value } of sent) {
        if (sent.length > 1) draft.isAlone = true;
        else if (isSame(draft.value, value)) draft.refused = text;
      }
      queueMicrotask(() => flush());
    },
    /** Nothing was heard of it. */
    lost() {
      if ((onTheWay?.size ?? 0) > 1) for (const field of onTheWay?.keys() ?? []) Object.assign(drafts.get(field) ?? {}, { isAlone: true });
      onTheWay = null;
      clearTimeout(again);
      again = window.setTimeout(flush, patience);
      patience = Math.min(2 * patience, AGAIN_MOST_MS);
    },
    /** Its writer wants their own. @param {string} field @param {any} inPlan */
    insist(field, inPlan) {
      const draft = drafts.get(field);
      if (draft) Object.assign(draft, { base: inPlan, refused: null, isClash: false, isAlone: false });
      flush(true);
    },
    /** @param {string} field */
    isSending: (field) => Boolean(onTheWay?.has(field)),
    /** Whether one waits for its writer. */
    hasHeld: () => [...drafts].some(([field, draft]) => !isReady(draft, field)),
    /** Its writer wants it no more. @param {string} field */
    giveUp: (field) => drafts.delete(field),
    stop() {
      clearTimeout(timer);
      clearTimeout(again);
    },
  };
}
