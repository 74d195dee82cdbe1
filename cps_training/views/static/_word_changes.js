// @ts-check
/* Which words of a text were taken away and which were added, and how that is shown: by strokes and signs, not by colour alone. */
import { content, h } from "./_dom.js";

/** Longer texts than this, in words, are compared as wholes once what they begin and end with in common is set aside. */
const MOST_WORDS = 700;

/** A text cut into words and what stands between; Thai has no spaces between words, so the browser cuts it where it can. @param {string} text */
export function wordsOf(text) {
  const Segmenter = /** @type {any} */ (Intl).Segmenter;
  return Segmenter ? Array.from(new Segmenter("th", { granularity: "word" }).segment(text), (s) => /** @type {any} */ (s).segment) : text.match(/\s+|[^\s]+/g) ?? [];
}

/** @typedef {{kind: "same" | "gone" | "new", text: string}} Piece */

/** The longest run of words that both have, in order. @param {string[]} a @param {string[]} b @returns {Piece[]} */
function stepsOf(a, b) {
  if (a.length > MOST_WORDS || b.length > MOST_WORDS) return [{ kind: "gone", text: a.join("") }, { kind: "new", text: b.join("") }];
  const width = b.length + 1;
  const shared = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      shared[i * width + j] = a[i] === b[j] ? shared[(i + 1) * width + j + 1] + 1 : Math.max(shared[(i + 1) * width + j], shared[i * width + j + 1]);
    }
  }
  /** @type {Piece[]} */
  const steps = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      steps.push({ kind: "same", text: a[i] });
      i++;
      j++;
    } else if (j >= b.length || (i < a.length && shared[(i + 1) * width + j] >= shared[i * width + j + 1])) steps.push({ kind: "gone", text: a[i++] });
    else steps.push({ kind: "new", text: b[j++] });
  }
  return steps;
}

/**
 * What became of a text, in pieces: what stayed, what went, what came, each stretch of change with what went first. Two texts with
 * hardly a word in common are two texts.
 * @param {string} before @param {string} after @returns {Piece[]}
 */
export function changesOf(before, after) {
  const [a, b] = [wordsOf(before), wordsOf(after)];
  let [from, back] = [0, 0];
  while (from < a.length && from < b.length && a[from] === b[from]) from++;
  while (back < a.length - from && back < b.length - from && a[a.length - 1 - back] === b[b.length - 1 - back]) back++;
  /** @type {Piece[]} */
  const steps = [
    { kind: "same", text: a.slice(0, from).join("") },
    ...stepsOf(a.slice(from, a.length - back), b.slice(from, b.length - back)),
    { kind: "same", text: back ? a.slice(-back).join("") : "" },
  ];
  /** @type {Piece[]} */
  const pieces = [];
  const add = (/** @type {Piece["kind"]} */ kind, /** @type {string} */ text) => {
    const last = pieces.at(-1);
    if (text === "") return;
    if (last?.kind === kind) last.text += text;
    else pieces.push({ kind, text });
  };
  let [gone, come] = ["", ""];
  const flush = () => {
    add("gone", gone);
    add("new", come);
    [gone, come] = ["", ""];
  };
  const kept = steps.filter((step) => step.kind === "same").reduce((n, step) => n + step.text.trim().length, 0);
  const isAnother = kept * 4 < Math.min(before.trim().length, after.trim().length);
  steps.forEach((step, n) => {
    const next = steps[n + 1];
    // A space between two changes: one stretch reads better than two.
    const isBetween = step.text.trim() === "" && gone + come !== "" && next !== undefined && next.kind !== "same";
    if (step.kind === "gone") gone += step.text;
    else if (step.kind === "new") come += step.text;
    else if (isAnother || isBetween) {
      gone += step.text;
      come += step.text;
    } else {
      flush();
      add("same", step.text);
    }
  });
  flush();
  return pieces;
}

/** One piece as it is shown. labels: gone, come: heard before it. @param {Piece} piece @param {any} labels */
export function pieceOf(piece, labels) {
  if (piece.kind === "same") return piece.text;
  const [tag, sign, label] = piece.kind === "gone" ? ["del", "\u2212", labels.gone] : ["ins", "+", labels.come];
  return h(tag, {}, h("span", { class: "cps-sign", "aria-hidden": "true" }, sign), h("span", { class: "cps-hidden" }, `${label ?? ""} `), piece.text);
}

/** A text with its changes marked; "" and null are no text. @param {string | null | undefined} before @param {string | null | undefined} after @param {any} labels */
export function changedText(before, after, labels) {
  const pieces = changesOf(before ?? "", after ?? "");
  const isWhole = pieces.every((piece) => piece.kind !== "same");
  return h("p", { class: `cps-changed ${isWhole ? "cps-is-whole" : ""}`, ...content() }, pieces.map((piece) => pieceOf(piece, labels)));
}
