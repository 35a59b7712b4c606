// What one change of a control makes of an experiment. A change of shape is left to the server, which knows how the
// weights that survive keep their values.

import { configuration, number, text } from "./configuration.mjs";
import { changes } from "./workbench.mjs";

/**
 * @param {any} experiment as it is wanted now
 * @param {{features: string[], hidden_layer_sizes: number[]} | null} shape a change of shape under way
 * @param {string} setting
 * @param {any} value
 * @param {{weights: number[][][], biases: number[][]}} start where training starts at present
 * @returns {{experiment: any, shape: any}}
 */
export function changed(experiment, shape, setting, value, start) {
  const [field, ...place] = setting.split(".");
  if (setting === "hidden_units") {
    const sizes = value === 0 ? [] : [value];
    return { experiment, shape: { features: shape?.features ?? experiment.features, hidden_layer_sizes: sizes } };
  }
  if (setting === "features") {
    const sizes = shape?.hidden_layer_sizes ?? experiment.hidden_layer_sizes;
    return { experiment, shape: { features: value, hidden_layer_sizes: sizes } };
  }
  if (place.length > 0) {
    const own = structuredClone({ weights: start.weights, biases: start.biases });
    put(own[field], place.map(Number), value);
    return { experiment: { ...experiment, ...own, initialization: "explicit" }, shape };
  }
  if (setting === "initialization" && value === "explicit" && !fits(experiment, start)) {
    return { experiment: { ...experiment, ...structuredClone(start), initialization: value }, shape };
  }
  return { experiment: { ...experiment, [setting]: value }, shape };
}

/** The gate with one target turned over: the student's own from then on. */
export function turned(experiment, row) {
  const bits = [...(configuration.gates[experiment.dataset] ?? experiment.targets)];
  bits[row] = 1 - bits[row];
  return { ...experiment, dataset: "custom", targets: bits };
}

/** What changed between two experiments, in a few words: "learning rate 0.2 → 0.5". */
export function described(before, after) {
  const names = changes(before, after).filter((setting) => !["weights", "biases", "targets"].includes(setting));
  if (names.length === 0) return text(changes(before, after).includes("targets") ? "setting.targets" : "setting.weights");
  return names.slice(0, 2).map((setting) => `${name(setting)} ${value(setting, before)} → ${value(setting, after)}`).join(", ");
}

function name(setting) {
  return text(setting === "hidden_layer_sizes" ? "setting.hidden_units" : `setting.${setting}`).toLowerCase();
}

function value(setting, experiment) {
  const its = experiment[setting];
  if (setting === "hidden_layer_sizes") return its.join("-") || "0";
  if (Array.isArray(its)) return its.map((word) => text(`${setting}.${word}`)).join(" ");
  return typeof its === "number" ? number(its) : text(`${setting}.${its}`);
}

/** Whether the kept weights have the present network's shape. */
function fits(experiment, start) {
  const shape = (weights) => JSON.stringify(weights?.map((units) => units.map((row) => row.length)));
  return shape(experiment.weights) === shape(start.weights) && experiment.biases !== null;
}

function put(nested, place, value) {
  const [first, ...rest] = place;
  if (rest.length === 0) nested[first] = value;
  else put(nested[first], rest, value);
}
