// Applies a change of one control to an experiment. A change of the network's shape is left to the server, which knows how the
// weights that survive keep their values.

import { configuration, text } from "./configuration.mjs";
import { rowsOf } from "./own_data/points.mjs";
import { changes } from "./undo_history.mjs";

/**
 * @param {any} experiment as it is wanted now
 * @param {{features: string[], hidden_layer_sizes: number[]} | null} shape a change of shape under way
 * @param {string} setting
 * @param {any} value
 * @param {{start: {weights: number[][][], biases: number[][]}, head: any}} present where training starts, and the run's head
 * @returns {{experiment: any, shape: any}}
 */
export function changed(experiment, shape, setting, value, { start, head }) {
  const [field, ...place] = setting.split(".");
  const layers = shape?.hidden_layer_sizes ?? experiment.hidden_layer_sizes;
  if (setting === "hidden_units" || setting === "hidden_layer_sizes") {
    const sizes = setting === "hidden_layer_sizes" ? value : value === 0 ? [] : [value, ...layers.slice(1)];
    return { experiment, shape: { features: shape?.features ?? experiment.features, hidden_layer_sizes: sizes } };
  }
  if (setting === "features") {
    return { experiment, shape: { features: value, hidden_layer_sizes: layers } };
  }
  if (place.length > 0) {
    // a start of one's own may be newer than the last that has come back: two values set in quick succession both stand
    const { weights, biases } = experiment.initialization === "explicit" ? experiment : start;
    /** @type {Record<string, any>} */
    const own = structuredClone({ weights, biases });
    put(own[field], place.map(Number), value);
    return { experiment: { ...experiment, ...own, initialization: "explicit" }, shape };
  }
  if (setting === "initialization" && value === "explicit" && !fits(experiment, start)) {
    return { experiment: { ...experiment, ...structuredClone(start), initialization: value }, shape };
  }
  const points = setting === "dataset" && value === "own" ? (experiment.points ?? rowsOf(head)) : experiment.points;
  return { experiment: fitted({ ...experiment, points, [setting]: value }, setting), shape };
}

/**
 * What a choice needs of others is chosen with it; a choice that its needs no longer hold for gives way.
 * @param {any} experiment with a setting changed
 * @param {string} setting that has just been chosen, and stands
 */
function fitted(experiment, setting) {
  const result = { ...experiment };
  for (const { setting: asking, chosen, needs } of configuration.needs) {
    if (result[asking] !== chosen) continue;
    const wrong = Object.keys(needs).filter((other) => !needs[other].includes(result[other]));
    if (wrong.includes(setting)) result[asking] = configuration.defaults[asking];
    else for (const other of wrong) result[other] = needs[other][0];
  }
  return result;
}

/** @typedef {import("./undo_history.mjs").Experiment} Experiment */

/**
 * What was changed beside the setting that a hand changed, in words; empty if nothing was.
 * @param {Experiment} before @param {Experiment} after @param {string} setting
 */
export function fittedWith(before, after, setting) {
  const beside = changes(before, after).filter((name) => name !== setting && choosable(name));
  return beside.map((other) => text("changed.to", { name: name(other), value: value(other, after) })).join("; ");
}

/** @param {string} setting */
function choosable(setting) {
  return setting in configuration.choices && setting !== "initialization";
}

/** The gate with one target turned over: the student's own from then on. @param {Experiment} experiment @param {number} row */
export function turned(experiment, row) {
  const bits = [...(configuration.gates[experiment.dataset] ?? experiment.targets)];
  bits[row] = 1 - bits[row];
  return { ...experiment, dataset: "custom", targets: bits };
}

/** What changed between two experiments, in a few words: "Learning rate 0.2 → 0.5". @param {Experiment} before @param {Experiment} after */
export function described(before, after) {
  const names = changes(before, after).filter((setting) => !["weights", "biases", "targets"].includes(setting));
  if (names.includes("points")) return text("setting.points");
  if (names.length === 0) return text(changes(before, after).includes("targets") ? "setting.targets" : "setting.weights");
  const its = (/** @type {string} */ setting) => ({ name: name(setting), before: value(setting, before), after: value(setting, after) });
  return names.slice(0, 2).map((setting) => text("changed.one", its(setting))).join("; ");
}

/** As its control is labelled: L1, ReLU and Adam have their letters wherever they stand. @param {string} setting */
function name(setting) {
  return text(setting === "hidden_layer_sizes" ? "setting.hidden_units" : `setting.${setting}`);
}

/** @param {string} setting @param {Experiment} experiment */
function value(setting, experiment) {
  const its = experiment[setting];
  if (setting === "hidden_layer_sizes") return its.join("-") || "0";
  if (Array.isArray(its)) return its.map((word) => text(`${setting}.${word}`)).join(" ");
  if (its === null) return "–";
  if (typeof its === "boolean") return its ? "✓" : "–";
  return typeof its === "number" ? its : text(`${setting}.${its}`);
}

/** Whether the kept weights have the present network's shape. @param {Experiment} experiment @param {{weights: number[][][]}} start */
function fits(experiment, start) {
  const shape = (/** @type {number[][][] | null} */ weights) => JSON.stringify(weights?.map((units) => units.map((row) => row.length)));
  return shape(experiment.weights) === shape(start.weights) && experiment.biases !== null;
}

/** @param {any} nested @param {number[]} place @param {any} value */
function put(nested, place, value) {
  const [first, ...rest] = place;
  if (rest.length === 0) nested[first] = value;
  else put(nested[first], rest, value);
}
