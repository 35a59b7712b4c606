// The functions that bend a unit's weighted sum into its output, by name; nnlab/core/activations.py trains with the same.

import { tanh } from "./tanh.mjs";

/**
 * @typedef {Object} Activation
 * @property {(values: Float64Array, start: number, end: number) => void} apply writes g(z) over z, from start to before end
 * @property {number} low
 * @property {number} high the values that g(z) stays between; infinite where it has no bound
 * @property {boolean} bounded whether both are finite
 * @property {number} middle of a unit's picture: what is neither of its two colours
 */

/** The slope of a leaky ReLU below 0. */
export const LEAK = 0.01;

/** A bounded unit whose output is beyond this share of its range hardly learns. */
export const SATURATED = 0.95;

/** @type {Readonly<Record<string, Activation>>} */
export const ACTIVATIONS = Object.freeze({
  tanh: { apply: tanh, low: -1, high: 1, bounded: true, middle: 0 },
  sigmoid: { apply: sigmoid, low: 0, high: 1, bounded: true, middle: 0.5 },
  relu: { apply: relu, low: 0, high: Infinity, bounded: false, middle: 0 },
  leaky_relu: { apply: leakyRelu, low: -Infinity, high: Infinity, bounded: false, middle: 0 },
  linear: { apply: linear, low: -Infinity, high: Infinity, bounded: false, middle: 0 },
});

/**
 * An activation by its name.
 * @param {string} name
 */
export function activationOf(name) {
  if (!Object.hasOwn(ACTIVATIONS, name)) throw new Error(`activation must be one of ${Object.keys(ACTIVATIONS).join(", ")}, got ${name}`);
  return ACTIVATIONS[name];
}

/**
 * 1 / (1 + exp(-z)), computed as (1 + tanh(z / 2)) / 2, as training does.
 * @param {Float64Array} values
 * @param {number} start
 * @param {number} end
 */
function sigmoid(values, start, end) {
  for (let at = start; at < end; at += 1) values[at] *= 0.5;
  tanh(values, start, end);
  for (let at = start; at < end; at += 1) values[at] = (values[at] + 1) * 0.5;
}

/**
 * max(0, z); not a number stays what it is.
 * @param {Float64Array} values
 * @param {number} start
 * @param {number} end
 */
function relu(values, start, end) {
  for (let at = start; at < end; at += 1) if (values[at] < 0) values[at] = 0;
}

/**
 * The larger of z and LEAK z.
 * @param {Float64Array} values
 * @param {number} start
 * @param {number} end
 */
function leakyRelu(values, start, end) {
  for (let at = start; at < end; at += 1) if (values[at] < 0) values[at] *= LEAK;
}

/** The weighted sum itself. */
function linear() {}
