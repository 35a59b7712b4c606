// What the page computes of a network is what Python computes.

import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { dimensions, lattice, places, threshold } from "../../assets/js/core/hidden_space.mjs";
import { Layers } from "../../assets/js/core/layers.mjs";
import { formOf, forward, outputsAt, parameterCount } from "../../assets/js/core/network.mjs";
import { Plane } from "../../assets/js/core/plane.mjs";
import { agrees, agreesWithLargest } from "./agreement.mjs";
import { given } from "./given.mjs";

/**
 * @typedef {import("../../assets/js/core/layers.mjs").LayerState} LayerState
 * @typedef {{sums: number[][], sums_size: number[][], activations: number[][], activations_size: number[][]}} Pass with all sizes
 *
 * @typedef {Object} Case what core_cases.py writes of a network
 * @property {string} name
 * @property {import("../../assets/js/core/network.mjs").Experiment} experiment
 * @property {number[]} parameters
 * @property {boolean} ordinary
 * @property {number[][]} points
 * @property {number} middle
 * @property {number[]} domain
 * @property {Pass[]} layers at the points
 * @property {number[]} x1s
 * @property {number[]} x2s
 * @property {Pass[]} grid
 * @property {number[][]} features over the grid
 * @property {number[][] | null} hidden
 * @property {number} threshold
 * @property {LayerState[]} states
 */

/** @type {Case[]} */
const networks = given("networks");
const cases = networks.map((network) => ({
  ...network,
  form: formOf(network.experiment),
  vector: Float64Array.from(network.parameters),
}));

Deno.test("the forward pass at rows", () => {
  for (const { name, form, vector, points, layers, ordinary } of cases) {
    const passes = forward(form, vector, points);
    equal(passes.length, layers.length);
    layers.forEach((layer, at) => {
      const what = `${name}, layer ${at + 1}`;
      agrees(passes[at].sums, layer.sums.flat(), layer.sums_size.flat(), `${what}, sums`);
      agrees(passes[at].activations, layer.activations.flat(), layer.activations_size.flat(), `${what}, activations`);
      if (ordinary) agreesWithLargest(passes[at].activations, layer.activations.flat(), what);
    });
  }
});

Deno.test("points may be pairs, or their numbers one after another", () => {
  for (const { name, form, vector, points } of cases) {
    deepEqual([...outputsAt(form, vector, Float64Array.from(points.flat()))], [...outputsAt(form, vector, points)], name);
  }
});

Deno.test("an output that is exactly undecided in the core is so here", () => {
  let undecided = 0;
  for (const { name, form, vector, points, layers, middle } of cases) {
    const outputs = outputsAt(form, vector, points);
    layers[layers.length - 1].activations[0].forEach((output, row) => {
      if (output !== middle) return;
      undecided += 1;
      equal(outputs[row], middle, `${name}, row ${row + 1}`);
    });
  }
  ok(undecided > 12, "the cases have some");
});

Deno.test("units' maps and outputs over a grid", () => {
  for (const { name, form, vector, x1s, x2s, grid, features, ordinary } of cases) {
    const plane = new Plane(form, Float64Array.from(x1s), Float64Array.from(x2s));
    const [given, ...maps] = plane.units(vector);
    given.forEach((map, unit) => agreesWithLargest(map, features[unit], `${name}, feature ${unit + 1}`));
    grid.forEach(({ activations, activations_size: sizes }, layer) => {
      maps[layer].forEach((map, unit) => agrees(map, activations[unit], sizes[unit], `${name}, map ${unit + 1} of layer ${layer + 1}`));
    });
    const { activations: [outputs], activations_size: [sizes] } = grid[grid.length - 1];
    agrees(plane.outputs(vector), outputs, sizes, `${name}, outputs`);
    if (ordinary) agreesWithLargest(plane.outputs(vector), outputs, `${name}, outputs`);
  }
});

Deno.test("places in the hidden space, the lattice among them, and the threshold", () => {
  for (const { name, experiment, form, vector, points, domain, hidden, ordinary, layers, ...core } of cases) {
    agreesWithLargest([threshold(experiment, core.middle)], [core.threshold], `${name}, threshold`);
    if (hidden === null) throws(() => places(form, vector, points), /must have a layer, got none/);
    else {
      const found = places(form, vector, Float64Array.from([...points.flat(), ...lattice(domain)]));
      if (ordinary) agreesWithLargest(found, hidden.flat(), name);
      // the rows alone, whose sizes are known: place by place what the layer has unit by unit
      const sizes = layers[layers.length - 2].activations_size;
      const units = sizes.length;
      const ofRows = Float64Array.from({ length: units * points.length }, (_, at) => sizes[at % units][Math.floor(at / units)]);
      agrees(found.slice(0, ofRows.length), hidden.flat().slice(0, ofRows.length), ofRows, name);
    }
  }
});

Deno.test("a hidden space of two or three units can be drawn", () => {
  const last = [[], [1], [2], [5, 3], [2, 4], [8]].map((sizes) => dimensions({ hidden_layer_sizes: sizes }));
  deepEqual(last, [null, null, 2, 3, null, null]);
});

Deno.test("the threshold where a middle can and cannot be reached", () => {
  for (const { activation, middle, threshold: expected } of given("thresholds")) {
    agreesWithLargest([threshold({ output_activation: activation }, middle)], [expected], `${activation}, ${middle}`);
  }
});

Deno.test("each layer's state", () => {
  for (const { name, form, vector, points, states, layers } of cases) {
    const found = new Layers(form, points).measure(vector);
    equal(found.length, states.length);
    states.forEach((state, at) => {
      const what = `${name}, layer ${at + 1}`;
      agreesWithLargest([found[at].weights], [state.weights], `${what}, weights`);
      agrees([found[at].activations], [state.activations], [Math.max(...layers[at].activations_size.flat())], `${what}, activations`);
      deepEqual([found[at].dead, found[at].saturated], [state.dead, state.saturated], what);
    });
  }
});

Deno.test("parameters that are too few or too many are refused", () => {
  const form = formOf({ features: ["x1", "x2"], hidden_layer_sizes: [2], activation: "tanh", output_activation: "tanh" });
  const plane = new Plane(form, Float64Array.of(0), Float64Array.of(0));
  equal(parameterCount(form.layer_sizes), 9);
  for (const count of [0, 8, 10]) {
    throws(() => outputsAt(form, new Float64Array(count), [[0, 0]]), new RegExp(`must be 9 numbers, got ${count}`));
    throws(() => plane.outputs(new Float64Array(count)), new RegExp(`must be 9 numbers, got ${count}`));
  }
});
