// The ticks of an axis: round numbers with as many digits as tell them apart. Where that would be too long to stand there, they count
// from a number, in units of a power of ten, and the axis's name says both.

import { number } from "../configuration.mjs";
import { raised } from "../numbers.mjs";

const DIGIT = 11; // pixels that a digit takes, with some room between two ticks
const LINE = 45; // pixels that a tick of an upright axis takes
const MOST_DIGITS = 5; // in a tick
const [FARTHEST, NEAREST] = [1e300, 1e-15]; // beyond these doubles have no numbers for steps
const FEW = 100; // steps from 0 within which ticks count from there
const WIDE = 3; // times as much at the other end: else a logarithmic axis has ticks at equal steps
const DECADES = 4; // from here on a logarithmic axis has its ticks at powers of ten
const ROUND = [1, 2, 5, 10];

/** Part of an axis. @typedef {{low: number, high: number, spacing: "linear" | "log"}} Part */

/**
 * How many ticks there is room for.
 * @param {{width: number, height: number}} plane in pixels
 * @param {number} longest letters of a tick
 */
export function roomFor({ width, height }, longest) {
  return { x: Math.max(2, Math.floor(width / (DIGIT * longest))), y: Math.max(2, Math.floor(height / LINE)) };
}

/**
 * Plotly's layout of an axis's ticks and title.
 * @param {"x" | "y"} side @param {string} name of the axis @param {Part} axis
 * @param {number} most as many as there is room for @param {number} longest letters of a tick
 */
export function tickLayout(side, name, axis, most, longest) {
  const { values, words, counts } = ticksOf(axis, most, longest);
  const its = { "title.text": counts(name), tickmode: "array", tickvals: values, ticktext: words };
  return Object.fromEntries(Object.entries(its).map(([key, value]) => [`${side}axis.${key}`, value]));
}

/**
 * @param {Part} axis
 * @param {number} most as many as there is room for
 * @param {number} longest letters of a tick
 * @returns {{values: number[], words: string[], counts: (name: string) => string}} where they stand, and what is written there; and, by the
 *   axis's name, what they count
 */
export function ticksOf({ low, high, spacing }, most, longest) {
  const counts = (/** @type {string} */ name) => name;
  if (!hasSteps(low, high, spacing)) return { values: [], words: [], counts }; // a link said so, and the server will refuse it
  const ratios = spacing === "log" && high / low > WIDE ? ofRatios(low, high, most) : [];
  if (ratios.length > 1) return { values: ratios, words: ratios.map((value) => number(value, 3)), counts };
  const few = ofSteps(low, high, most);
  const values = few.length > 1 ? few : ofSteps(low, high, 2 * most);
  const step = (values[values.length - 1] - values[0]) / (values.length - 1);
  const digits = digitsOf(Math.max(Math.abs(low), Math.abs(high)), step);
  const words = values.map((value) => number(value, MOST_DIGITS));
  if (digits <= MOST_DIGITS && words.every((word) => word.length <= longest)) return { values, words, counts };
  const power = Math.floor(Math.log10(step * 1.000001));
  const first = Math.max(-low, high) < FEW * 10 ** power ? 0 : values[0];
  const away = first === 0 ? "" : ` ${first < 0 ? "+" : "−"} ${number(Math.abs(first), Math.min(15, Math.max(1, digits)))}`;
  return {
    values,
    words: values.map((value, at) => number(Number(((first ? at * step : value) / 10 ** power).toPrecision(3)))),
    counts: (name) => (power === 0 ? `${name}${away}` : `${away ? `(${name}${away})` : name} · 10${raised(-power)}`),
  };
}

/** Whether these are the ends of an axis, and doubles have numbers between them. @param {number} low @param {number} high @param {string} spacing */
function hasSteps(low, high, spacing) {
  const largest = Math.max(-low, high);
  const apart = [low, high].every(Number.isFinite) && high - low > NEAREST * Math.max(largest, NEAREST);
  return apart && largest < FARTHEST && (spacing === "linear" || low > 0);
}

/** How many digits tell numbers so large apart by such a step. @param {number} largest @param {number} step */
function digitsOf(largest, step) {
  return Math.floor(Math.log10(largest)) - Math.floor(Math.log10(step * 1.000001)) + 1;
}

/** @param {number} low @param {number} high @param {number} most */
function ofSteps(low, high, most) {
  const least = (high - low) / most;
  const unit = 10 ** Math.floor(Math.log10(least));
  const step = unit * /** @type {number} */ (ROUND.find((times) => times * unit >= least));
  const first = Math.ceil(low / step);
  const last = Math.floor(high / step);
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(15)));
}

/** @param {number} low @param {number} high @param {number} most */
function ofRatios(low, high, most) {
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const each = last - first > DECADES ? [1] : [1, 2, 5];
  const all = [];
  for (let power = first; power <= last; power += 1) for (const times of each) all.push(Number((times * 10 ** power).toPrecision(3)));
  const within = all.filter((value) => value >= low * 0.9999999 && value <= high * 1.0000001);
  const tens = within.filter((value) => Number.isInteger(Number(Math.log10(value).toFixed(6))));
  return within.length <= most || tens.length < 2 ? within : tens;
}
