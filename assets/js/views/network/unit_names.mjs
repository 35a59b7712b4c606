// Names the units and features of the network diagram, and finds each one's weights and bias among the parameters.

import { text } from "../../configuration.mjs";
import { layerSizes } from "../../core/network.mjs";

/** @typedef {import("../../recording.mjs").Head} Head @typedef {import("./layout.mjs").Parameter} Parameter */

/**
 * A number that can be set: its setting, its place among the parameters, whose weight it is, and its name beside its unit's.
 * @typedef {Parameter & {setting: string, at: number, name: string}} Entry
 */

/** @returns {string} @param {Head} head @param {number} column @param {number} unit */
export function unitName(head, column, unit) {
  if (column === 0) return text("network.feature", { name: featureName(head, unit) });
  if (column === layerSizes(head.experiment).length - 1) return text("network.output");
  return text("network.unit", { layer: column, unit: unit + 1 });
}

/** @param {Head} head @param {number} unit */
export function featureName(head, unit) {
  return text(`features.${head.experiment.features[unit]}`);
}

/**
 * The numbers of a unit: what comes into it, and its bias; of a feature, what goes out.
 * @returns {Entry[]}
 * @param {Head} head
 * @param {number} column
 * @param {number} unit
 */
export function entriesOf(head, column, unit) {
  const sizes = layerSizes(head.experiment);
  if (column === 0) {
    return Array.from({ length: sizes[1] }, (_, target) => ({ ...weight(head, 0, target, unit), name: shortName(head, 1, target) }));
  }
  const layer = column - 1;
  const weights = Array.from({ length: sizes[layer] }, (_, source) => ({
    ...weight(head, layer, unit, source),
    name: shortName(head, layer, source),
  }));
  const bias = { layer, unit, source: null, at: placeOf(sizes, layer, unit, sizes[layer]), setting: `biases.${layer}.${unit}` };
  return [...weights, { ...bias, name: text("network.bias") }];
}

/** Where training starts, of one of these numbers. @param {Head} head @param {Parameter} parameter */
export function startOf(head, { layer, unit, source }) {
  return source === null ? head.biases[layer][unit] : head.weights[layer][unit][source];
}

/** @param {Head} head @param {number} layer @param {number} unit @param {number} source */
function weight(head, layer, unit, source) {
  return { layer, unit, source, at: placeOf(layerSizes(head.experiment), layer, unit, source), setting: `weights.${layer}.${unit}.${source}` };
}

/** Within a column that is known. @param {Head} head @param {number} column @param {number} unit */
function shortName(head, column, unit) {
  if (column === 0) return featureName(head, unit);
  return column === layerSizes(head.experiment).length - 1 ? text("network.output") : text("network.short_unit", { unit: unit + 1 });
}

/** @param {number[]} sizes @param {number} layer @param {number} unit @param {number} source */
function placeOf(sizes, layer, unit, source) {
  const before = sizes.slice(1, layer + 1).reduce((sum, size, below) => sum + size * (sizes[below] + 1), 0);
  return before + unit * (sizes[layer] + 1) + source;
}
