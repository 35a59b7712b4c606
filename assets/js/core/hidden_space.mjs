// The plane as the last hidden layer sees it, as in nnlab/core/hidden_space.py.

import { forward } from "./network.mjs";
import { axis } from "./plane.mjs";

/** Numbers of units that can be drawn as axes. */
export const DIMENSIONS = Object.freeze([2, 3]);

/** Lines of the lattice each way. */
export const LATTICE = 13;

/**
 * How many units the last hidden layer has, if it can be drawn; else null.
 * @param {{hidden_layer_sizes: readonly number[]}} experiment
 */
export function dimensions({ hidden_layer_sizes: sizes }) {
  const last = sizes.at(-1);
  return last !== undefined && DIMENSIONS.includes(last) ? last : null;
}

/**
 * Points of a square lattice over a domain, row by row: x1, x2, x1, x2 and so on.
 * @param {readonly number[]} domain
 * @param {number} size
 */
export function lattice(domain, size = LATTICE) {
  const lines = axis(domain, size);
  const points = new Float64Array(2 * size * size);
  for (let at = 0; at < size * size; at += 1) points.set([lines[at % size], lines[Math.floor(at / size)]], 2 * at);
  return points;
}

/**
 * Where the last hidden layer puts points of the plane: (m, units), all of a point's coordinates side by side.
 * @param {import("./network.mjs").Form} form with a hidden layer
 * @param {Float64Array} parameters
 * @param {import("./features.mjs").Points} points
 */
export function places(form, parameters, points) {
  const units = form.layer_sizes[form.layer_sizes.length - 2];
  const layer = forward(form, parameters, points).at(-2);
  if (!layer) throw new Error("hidden_layer_sizes must have a layer, got none");
  const rows = layer.activations.length / units;
  return layer.activations.map((_, at) => layer.activations[(at % units) * rows + Math.floor(at / units)]);
}

/**
 * The weighted sum at which the output is in the middle: w . h + b = threshold is the line or the plane.
 *
 * tanh: atanh(middle); sigmoid: 2 atanh(2 middle - 1), infinite where the middle cannot be reached; linear: middle.
 * @param {{output_activation: string}} experiment
 * @param {number} middle
 */
export function threshold({ output_activation: activation }, middle) {
  if (activation === "linear") return middle;
  const share = activation === "tanh" ? middle : 2 * middle - 1;
  if (Math.abs(share) >= 1) return share > 0 ? Infinity : -Infinity;
  return activation === "tanh" ? Math.atanh(share) : 2 * Math.atanh(share);
}
