// Evaluates a recording's networks on its rows when a view needs it: outputs, metrics, statistics of the layers.

import { Layers } from "./core/layers.mjs";
import { accuracy, confusion, rootMeanSquaredError, rSquared } from "./core/metrics.mjs";
import { formOf, ForwardPass } from "./core/network.mjs";

/** @typedef {import("./recording.mjs").Recording} Recording */

/** @typedef {import("./core/layers.mjs").LayerState & {gradient: number}} LayerState */

/** @type {WeakMap<Recording, Evaluation>} */
const evaluations = new WeakMap();

/** The evaluation of a recording; there is one of each. @param {Recording} recording */
export function evaluationOf(recording) {
  const known = evaluations.get(recording) ?? new Evaluation(recording);
  evaluations.set(recording, known);
  return known;
}

class Rows {
  #pass;
  /** @type {Float64Array | null} */
  #of = null; // the network whose outputs the pass holds

  /**
   * @param {import("./core/network.mjs").Form} form
   * @param {number[][]} points
   * @param {number[]} targets
   */
  constructor(form, points, targets) {
    this.targets = targets;
    this.#pass = new ForwardPass(form, points);
  }

  /** The outputs of a network at these rows; another network's are written over them. @param {Float64Array} parameters */
  outputs(parameters) {
    const { layers } = this.#pass;
    if (this.#of !== parameters) this.#pass.outputs(parameters);
    this.#of = parameters;
    return layers[layers.length - 1].activations;
  }
}

export class Evaluation {
  #recording;
  #rows;
  #layers;
  /** @type {(LayerState[] | undefined)[]} */
  #states = [];

  /** @param {Recording} recording */
  constructor(recording) {
    const { experiment, points, targets, test_points: tests, test_targets: testTargets } = recording.head;
    this.#recording = recording;
    this.form = formOf(experiment);
    this.#rows = { train: new Rows(this.form, points, targets), test: new Rows(this.form, tests, testTargets) };
    this.#layers = new Layers(this.form, points);
  }

  /**
   * The outputs of a frame at the training rows, or at the test rows.
   * @param {number} index
   * @param {"train" | "test"} rows
   */
  outputs(index, rows = "train") {
    return this.#rows[rows].outputs(this.parameters(index));
  }

  /** A frame's network. @param {number} index @returns {Float64Array} */
  parameters(index) {
    const parameters = this.#recording.parameters[index];
    if (!parameters) throw new Error(`frame ${index} of ${this.#recording.expected} has not arrived`);
    return parameters;
  }

  /**
   * How often each class is taken for each.
   * @param {number} index
   * @param {"train" | "test"} rows
   */
  confusion(index, rows = "train") {
    return confusion(this.outputs(index, rows), this.#rows[rows].targets, this.#recording.head.middle);
  }

  /**
   * The share of rows told right: of numbers, of their spread.
   * @param {number} index
   * @param {"train" | "test"} rows
   */
  share(index, rows = "train") {
    const { middle, regression } = this.#recording.head;
    const [outputs, { targets }] = [this.outputs(index, rows), this.#rows[rows]];
    return regression ? rSquared(outputs, targets) : accuracy(outputs, targets, middle);
  }

  /**
   * How far outputs are from targets.
   * @param {number} index
   * @param {"train" | "test"} rows
   */
  error(index, rows = "train") {
    return rootMeanSquaredError(this.outputs(index, rows), this.#rows[rows].targets);
  }

  /** How many rows are told right. @param {number} index @param {"train" | "test"} rows */
  right(index, rows = "train") {
    const [[low], [, high]] = this.confusion(index, rows);
    return low + high;
  }

  /** How each layer does at a frame, its gradient NaN if it was not asked for. @param {number} index @returns {LayerState[]} */
  layers(index) {
    const gradients = this.#recording.gradients[index];
    const known = this.#states[index];
    if (known && (!gradients || known[0].gradient === gradients[0])) return known;
    const states = this.#layers.measure(this.parameters(index)).map((state, layer) => ({ ...state, gradient: gradients?.[layer] ?? NaN }));
    this.#states[index] = states;
    return states;
  }
}
