// @ts-check
/* Days, times and numbers as people type them and as they are shown. Knows no field and no text: the names of months arrive as labels.
 *
 * A day is typed as `14 ก.ค. 2566`, `14/7/2566` or `14 7 2566`, in Thai or Arabic digits; a year from 2400 is of the Buddhist era. Two digits
 * of a year are not guessed at. Nothing here knows a clock or a time zone: a day is its ISO text.
 */
import { list, say } from "./_dom.js";

const BUDDHIST_YEARS = 543;
const FIRST_BUDDHIST_YEAR = 2400;
const THAI_ZERO = 0x0e50;

/** @param {any} text */
export function plainDigits(text) {
  return String(text ?? "").replace(/[\u0e50-\u0e59]/g, (digit) => String(digit.charCodeAt(0) - THAI_ZERO)).replace(/\s+/g, " ").trim();
}

/** A name of a month as it is compared: small letters, no dots. @param {any} name */
const bareName = (name) => String(name ?? "").replace(/[.\s]/g, "").toLowerCase();

/** @param {string} name @param {any} labels months_long may go through the year several times @returns {number} 0 where no month has the name */
function monthOf(name, labels) {
  const bare = bareName(name);
  for (const names of [labels.months, labels.months_long]) {
    const at = list(names).map(bareName).indexOf(bare);
    if (bare && at >= 0) return (at % 12) + 1;
  }
  return 0;
}

/**
 * What was typed as a day: its ISO text, null where nothing was typed, undefined where it is no day.
 * @param {string} text @param {any} labels months, months_long
 * @returns {string | null | undefined}
 */
export function readDay(text, labels) {
  const written = plainDigits(text);
  if (!written) return null;
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(written);
  if (iso) return dayOfParts(iso[1], Number(iso[2]), iso[3]);
  const numbers = /^(\d{1,2}) ?[-/. ] ?(\d{1,2}) ?[-/. ] ?(\d{4})$/.exec(written);
  if (numbers) return dayOfParts(numbers[3], Number(numbers[2]), numbers[1]);
  const words = /^(\d{1,2}) ?(\D+?) ?(\d{4})(?: ?\(.*\))?$/.exec(written);
  // The era may be written: what stands after the month's name is left off as long as a month is found.
  for (let name = words?.[2] ?? ""; words && name; name = name.slice(0, -1)) {
    const month = monthOf(name, labels);
    if (month) return dayOfParts(words[3], month, words[1]);
  }
  return undefined;
}

/** @param {string} written @param {number} month @param {string} day */
function dayOfParts(written, month, day) {
  const year = Number(written) - (Number(written) >= FIRST_BUDDHIST_YEAR ? BUDDHIST_YEARS : 0);
  const date = new Date(Date.UTC(year, month - 1, Number(day)));
  const isThere = year >= 1900 && date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === Number(day);
  return isThere ? date.toISOString().slice(0, 10) : undefined;
}

/**
 * A day in words, "" for none. @param {any} iso @param {any} labels months, weekdays (Monday first), date and date_long with {weekday} {day} {month} {be} {ce}
 * @param {string} [form] which label
 */
export function dayInWords(iso, labels, form = "date") {
  const date = new Date(`${iso}T00:00:00Z`);
  if (!iso || Number.isNaN(date.getTime())) return "";
  const ce = date.getUTCFullYear();
  return say(labels[form] ?? "{day} {month} {be}", {
    day: date.getUTCDate(), month: list(labels.months)[date.getUTCMonth()] ?? date.getUTCMonth() + 1, ce, be: ce + BUDDHIST_YEARS,
    weekday: list(labels.weekdays)[(date.getUTCDay() + 6) % 7] ?? "",
  });
}

/** What was typed as a time: `HH:MM`, null or undefined as for a day. `9.30`, `9:30 น.`, `0930` and `9` are times. @param {string} text @returns {string | null | undefined} */
export function readTime(text) {
  const written = plainDigits(text);
  if (!written) return null;
  const found = /^(\d{1,2})(?:[:.](\d{2}))?(?: ?\D{0,4})$/.exec(written) ?? /^(\d{2})(\d{2})(?: ?\D{0,4})$/.exec(written);
  const [hour, minute] = [Number(found?.[1]), Number(found?.[2] ?? 0)];
  return found && hour < 24 && minute < 60 ? `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}` : undefined;
}

/** What was typed as a number, null or undefined as for a day; commas between thousands are left out. @param {string} text @returns {number | null | undefined} */
export function readFigure(text) {
  const written = plainDigits(text).replace(/(\d),(?=\d{3}(?:\D|$))/g, "$1");
  if (!written) return null;
  return /^-?\d{1,12}(?:\.\d{1,6})?$/.test(written) ? Number(written) : undefined;
}
