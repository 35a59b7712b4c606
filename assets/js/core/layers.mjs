// How each layer of a network is doing, as in nnlab/core/layer_statistics.py; all but its gradient, which training knows.

import { ACTIVATIONS, SATURATED, activationOf } from "./activations.mjs";
import { layerStarts, ForwardPass } from "./network.mjs";

/** The ways in which a unit stops learning, and the activations that can bring it there. */
export const STUCK = Object.freeze({
  dead: ["relu"],
  saturated: Object.keys(ACTIVATIONS).filter((name) => ACTIVATIONS[name].bounded),
});

/**
 * @typedef {Object} LayerState root mean squares over its weights, or over its units and the training rows
 * @property {number} weights biases left out
 * @property {number} activations
 * @property {number} dead units that are 0 on every row
 * @property {number} saturated units within a fortieth of an end of their range on more than half of the rows
 */

/** Looks at the layers of one network after another. */
export class Layers {
  #form;
  #starts;
  #pass;

  /**
   * @param {import("./network.mjs").Form} form
   * @param {import("./features.mjs").Points} points that train
   */
  constructor(form, points) {
    this.#form = form;
    this.#starts = layerStarts(form.layer_sizes);
    this.#pass = new ForwardPass(form, points);
  }

  /**
   * Each layer's state, the output's last.
   * @param {Float64Array} parameters
   * @returns {LayerState[]}
   */
  measure(parameters) {
    const rows = this.#pass.count;
    return this.#pass.forward(parameters).map(({ activations }, layer) => {
      const name = this.#form.activations[layer];
      return {
        weights: this.#sizeOfWeights(parameters, layer),
        activations: rootMeanSquare(activations),
        dead: STUCK.dead.includes(name) ? deadUnits(activations, rows) : 0,
        saturated: STUCK.saturated.includes(name) ? saturatedUnits(activations, rows, activationOf(name)) : 0,
      };
    });
  }

  /**
   * @param {Float64Array} parameters
   * @param {number} layer
   */
  #sizeOfWeights(parameters, layer) {
    const inputs = this.#form.layer_sizes[layer];
    const units = this.#form.layer_sizes[layer + 1];
    let sum = 0;
    for (let unit = 0; unit < units; unit += 1) {
      const start = this.#starts[layer] + unit * (inputs + 1);
      for (let at = start; at < start + inputs; at += 1) sum += parameters[at] * parameters[at];
    }
    return Math.sqrt(sum / (units * inputs));
  }
}

/** @param {Float64Array} values */
function rootMeanSquare(values) {
  let sum = 0;
  for (let at = 0; at < values.length; at += 1) sum += values[at] * values[at];
  return Math.sqrt(sum / values.length);
}

/**
 * How many units are 0 on every row.
 * @param {Float64Array} activations (units, rows)
 * @param {number} rows
 */
function deadUnits(activations, rows) {
  let count = 0;
  for (let start = 0; start < activations.length; start += rows) {
    let at = start;
    while (at < start + rows && activations[at] <= 0) at += 1;
    if (at === start + rows) count += 1;
  }
  return count;
}

/**
 * How many units are near an end of their range on more than half of the rows.
 * @param {Float64Array} activations (units, rows)
 * @param {number} rows
 * @param {import("./activations.mjs").Activation} activation
 */
function saturatedUnits(activations, rows, { low, high }) {
  const middle = (high + low) / 2;
  const far = SATURATED * ((high - low) / 2);
  let count = 0;
  for (let start = 0; start < activations.length; start += rows) {
    let near = 0;
    for (let at = start; at < start + rows; at += 1) if (Math.abs(activations[at] - middle) > far) near += 1;
    if (near > rows / 2) count += 1;
  }
  return count;
}
