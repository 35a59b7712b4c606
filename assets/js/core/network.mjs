// A fully connected network that was given: its form, its parameters and its forward pass, as nnlab/core/network.py has them.
//
// Layer l has weights W (n_out, n_in) and biases b; z = W a_previous + b is the weighted sum, a = g(z) the activation.

import { activationOf } from "./activations.mjs";
import { apply, countOf, featureOf } from "./features.mjs";
import { weightedSums } from "./products.mjs";

/**
 * @typedef {import("./features.mjs").Points} Points
 *
 * @typedef {Object} Experiment what of it decides what a network computes
 * @property {readonly string[]} features
 * @property {readonly number[]} hidden_layer_sizes
 * @property {string} activation
 * @property {string} output_activation
 *
 * @typedef {Object} Form all of a network but its parameters
 * @property {readonly string[]} features
 * @property {readonly number[]} layer_sizes units in each layer: the features, the hidden layers, the one output
 * @property {readonly string[]} activations of each layer, the features left out
 *
 * @typedef {Object} LayerPass what one layer computes at m points, (units, m): all points of the first unit, then of the second
 * @property {Float64Array} sums z
 * @property {Float64Array} activations a
 */

/**
 * Units in each layer: the features, the hidden layers, the one output.
 * @param {{features: readonly string[], hidden_layer_sizes: readonly number[]}} experiment
 * @returns {number[]}
 */
export function layerSizes({ features, hidden_layer_sizes: hidden }) {
  return [features.length, ...hidden, 1];
}

/**
 * @param {Experiment} experiment
 * @returns {Form}
 */
export function formOf({ features, hidden_layer_sizes: hidden, activation, output_activation: output }) {
  const activations = [...hidden.map(() => activation), output];
  features.forEach(featureOf); // what is unknown is said here
  activations.forEach(activationOf);
  return { features, layer_sizes: layerSizes({ features, hidden_layer_sizes: hidden }), activations };
}

/**
 * How many weights and biases a network of these layer sizes has.
 * @param {readonly number[]} sizes
 */
export function parameterCount(sizes) {
  return layerStarts(sizes)[sizes.length - 1];
}

/**
 * Where each layer's parameters begin in the vector, and where the last one's end.
 * @param {readonly number[]} sizes
 */
export function layerStarts(sizes) {
  const starts = [0];
  for (let layer = 1; layer < sizes.length; layer += 1) starts.push(starts[layer - 1] + sizes[layer] * (sizes[layer - 1] + 1));
  return starts;
}

/**
 * @param {Form} form
 * @param {Float64Array} parameters
 */
export function checkParameters(form, parameters) {
  const count = parameterCount(form.layer_sizes);
  if (parameters.length !== count) throw new Error(`parameters must be ${count} numbers, got ${parameters.length}`);
}

/** The forward pass of one network after another at the same points: features are computed once, and memory is kept. */
export class ForwardPass {
  /**
   * @param {Form} form
   * @param {Points} points m of them
   */
  constructor(form, points) {
    this.form = form;
    this.count = countOf(points);
    this.inputs = apply(form.features, points); // (features, m)
    /** @type {LayerPass[]} of the latest pass */
    this.layers = form.layer_sizes.slice(1).map((units) => ({
      sums: new Float64Array(units * this.count),
      activations: new Float64Array(units * this.count),
    }));
  }

  /**
   * Every step of a forward pass. The next one writes over it.
   * @param {Float64Array} parameters laid out as the vector of nnlab.core.network.Parameters: layer by layer, unit by unit, the
   *   unit's weights and then its bias
   */
  forward(parameters) {
    checkParameters(this.form, parameters);
    const sizes = this.form.layer_sizes;
    const starts = layerStarts(sizes);
    /** @type {Float64Array} */
    let a = this.inputs;
    this.layers.forEach(({ sums, activations }, layer) => {
      weightedSums(parameters, starts[layer], sizes[layer], sizes[layer + 1], a, sums, this.count, this.count);
      activations.set(sums);
      activationOf(this.form.activations[layer]).apply(activations, 0, activations.length);
      a = activations;
    });
    return this.layers;
  }

  /**
   * The outputs alone, (m,). The next pass writes over them.
   * @param {Float64Array} parameters
   */
  outputs(parameters) {
    return this.forward(parameters)[this.layers.length - 1].activations;
  }
}

/**
 * Every step of the forward pass at some points, the output's last.
 * @param {Form} form
 * @param {Float64Array} parameters
 * @param {Points} points
 * @returns {LayerPass[]}
 */
export function forward(form, parameters, points) {
  return new ForwardPass(form, points).forward(parameters);
}

/**
 * The network's output at each point, (m,).
 * @param {Form} form
 * @param {Float64Array} parameters
 * @param {Points} points
 */
export function outputsAt(form, parameters, points) {
  return new ForwardPass(form, points).outputs(parameters);
}
