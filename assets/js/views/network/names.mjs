// What the diagram's parts are called, and which numbers belong to each.

import { text } from "../../configuration.mjs";

/**
 * A number that can be set: its setting, its place among the parameters, whose weight it is, and its name beside its unit's.
 * @typedef {import("./layout.mjs").Parameter & {setting: string, at: number, name: string}} Entry
 */

/** @returns {string} */
export function unitName(head, column, unit) {
  if (column === 0) return text("network.feature", { name: featureName(head, unit) });
  if (column === head.layer_sizes.length - 1) return text("network.output");
  return text("network.unit", { layer: column, unit: unit + 1 });
}

export function featureName(head, unit) {
  return text(`features.${head.experiment.features[unit]}`);
}

/** A unit's place among the maps of a frame; the output has none, the frame itself being its map. */
export function mapOf(head, column, unit) {
  const sizes = head.layer_sizes;
  if (column === sizes.length - 1) return null;
  return sizes.slice(0, column).reduce((sum, size) => sum + size, unit);
}

/**
 * The numbers of a unit: what comes into it, and its bias; of a feature, what goes out.
 * @returns {Entry[]}
 */
export function entriesOf(head, column, unit) {
  const sizes = head.layer_sizes;
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

/** Where training starts, of one of these numbers. */
export function startOf(head, { layer, unit, source }) {
  return source === null ? head.biases[layer][unit] : head.weights[layer][unit][source];
}

function weight(head, layer, unit, source) {
  return { layer, unit, source, at: placeOf(head.layer_sizes, layer, unit, source), setting: `weights.${layer}.${unit}.${source}` };
}

/** Within a column that is known. */
function shortName(head, column, unit) {
  if (column === 0) return featureName(head, unit);
  return column === head.layer_sizes.length - 1 ? text("network.output") : text("network.short_unit", { unit: unit + 1 });
}

function placeOf(sizes, layer, unit, source) {
  const before = sizes.slice(1, layer + 1).reduce((sum, size, below) => sum + size * (sizes[below] + 1), 0);
  return before + unit * (sizes[layer] + 1) + source;
}
