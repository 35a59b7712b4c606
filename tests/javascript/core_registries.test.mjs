// The names and numbers that the page's core shares with Python's.

import { deepEqual, equal, throws } from "node:assert/strict";

import { ACTIVATIONS, LEAK, SATURATED } from "../../assets/js/core/activations.mjs";
import { FEATURES } from "../../assets/js/core/features.mjs";
import { DIMENSIONS, LATTICE } from "../../assets/js/core/hidden_space.mjs";
import { STUCK } from "../../assets/js/core/layers.mjs";
import { formOf, parameterCount } from "../../assets/js/core/network.mjs";
import { given } from "./given.mjs";

const core = given("registries");

Deno.test("features are those of the core, and look at the same coordinates", () => {
  deepEqual(Object.fromEntries(Object.entries(FEATURES).map(([name, { of }]) => [name, of])), core.features);
});

Deno.test("activations are those of the core, with the same bounds", () => {
  const bounds = Object.entries(ACTIVATIONS).map(([name, { low, high, bounded, middle }]) => [name, { low, high, bounded, middle }]);
  deepEqual(Object.fromEntries(bounds), core.activations);
});

Deno.test("constants are those of the core", () => {
  deepEqual([LEAK, SATURATED, LATTICE], [core.leak, core.saturated, core.lattice]);
  deepEqual([...DIMENSIONS], core.dimensions);
  deepEqual({ ...STUCK }, core.stuck);
});

Deno.test("a network has as many parameters as in the core", () => {
  for (const [sizes, count] of core.counts) equal(parameterCount(sizes), count);
});

Deno.test("what the page does not know is named", () => {
  const known = { features: ["x1"], hidden_layer_sizes: [2], activation: "tanh", output_activation: "tanh" };
  throws(() => formOf({ ...known, features: ["x1", "x3"] }), /feature must be one of .*, got x3/);
  throws(() => formOf({ ...known, activation: "swish" }), /activation must be one of .*, got swish/);
  throws(() => formOf({ ...known, features: ["toString"] }), /got toString/);
});
