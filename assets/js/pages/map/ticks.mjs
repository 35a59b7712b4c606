// The ticks of an axis: round numbers with as many digits as tell them apart. Where that would be many digits, they say how far they
// are from a number that the axis's name gives.

import { number } from "../../configuration.mjs";

const MOST_DIGITS = 5; // in a tick
const WIDE = 3; // times as much at the other end: else a logarithmic axis has ticks at equal steps
const DECADES = 4; // from here on a logarithmic axis has its ticks at powers of ten
const ROUND = [1, 2, 5, 10];

/**
 * @param {import("./axes.mjs").Axis} axis
 * @param {number} most as many as there is room for
 * @returns {{values: number[], words: string[], from: string}} where they stand, and what is written there; and, if they count from a number, that number
 */
export function ticksOf(axis, most) {
  const { low, high } = axis;
  if (!(low < high && Number.isFinite(high - low))) return { values: [], words: [], from: "" }; // a link said so, and the server will refuse it
  const ratios = axis.spacing === "log" && high / low > WIDE ? ofRatios(low, high, most) : [];
  if (ratios.length > 1) return { values: ratios, words: ratios.map((value) => number(value, 3)), from: "" };
  const few = ofSteps(low, high, most);
  const values = few.length > 1 ? few : ofSteps(low, high, 2 * most);
  const step = (values[values.length - 1] - values[0]) / (values.length - 1);
  const digits = digitsOf(Math.max(Math.abs(low), Math.abs(high)), step);
  if (digits <= MOST_DIGITS) return { values, words: values.map((value) => number(value, MOST_DIGITS)), from: "" };
  const [first] = values;
  return { values, words: values.map((_, at) => number(at * step, 3)), from: number(first, Math.min(15, digits)) };
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
