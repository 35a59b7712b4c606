// Planes of any form, and parts of them, are what the network says at each of their points.

import { deepEqual, equal, ok } from "node:assert/strict";

import { FEATURES } from "../../assets/js/core/features.mjs";
import { formOf, outputsAt, parameterCount } from "../../assets/js/core/network.mjs";
import { axis, Plane } from "../../assets/js/core/plane.mjs";
import { tanh } from "../../assets/js/core/tanh.mjs";
import { agreesWithLargest } from "./agreement.mjs";

const FORMS = [[], [2], [8, 3, 8]].flatMap((hidden) =>
  [["x1"], ["x2"], ["x1*x2"], Object.keys(FEATURES)].map((features) =>
    formOf({ features, hidden_layer_sizes: hidden, activation: "sigmoid", output_activation: "tanh" }),
  ),
);
const SIZES = [[1, 1], [1, 700], [700, 1], [600, 3], [40, 41], [512, 2], [513, 2]]; // columns and rows; some in one block, some in many

/** @param {number} count */
function spread(count) {
  return Float64Array.from({ length: count }, (_, at) => Math.sin(1 + at * at)); // numbers in no order
}

/**
 * @param {number} columns
 * @param {number} rows
 */
function axes(columns, rows) {
  return /** @type {const} */ ([axis([-3, 2.5], columns + 1).slice(0, columns), axis([-1, 4], rows + 1).slice(0, rows)]);
}

Deno.test("outputs over a plane of any form", () => {
  for (const form of FORMS) {
    const parameters = spread(parameterCount(form.layer_sizes));
    for (const [columns, rows] of SIZES) {
      const [x1s, x2s] = axes(columns, rows);
      const points = Array.from(x2s).flatMap((x2) => Array.from(x1s, (x1) => [x1, x2]));
      const plane = new Plane(form, x1s, x2s);
      equal(plane.size, columns * rows);
      const what = `${form.features} ${form.layer_sizes} at ${columns} x ${rows}`;
      agreesWithLargest(plane.outputs(parameters), outputsAt(form, parameters, points), what);
      deepEqual(plane.units(parameters).at(-1)?.[0], plane.outputs(parameters), what);
    }
  }
});

Deno.test("a picture in parts is the picture, to the last bit", () => {
  for (const form of FORMS) {
    const parameters = spread(parameterCount(form.layer_sizes));
    for (const [columns, rows] of SIZES) {
      const plane = new Plane(form, ...axes(columns, rows));
      const out = new Float64Array(plane.size).fill(NaN);
      for (let row = 0; row < rows; row += 3) plane.rows(parameters, row, Math.min(row + 3, rows), out);
      deepEqual(out, plane.outputs(parameters));
    }
  }
});

Deno.test("one unit's answers, in parts, are those among all units' answers, to the last bit", () => {
  for (const form of FORMS) {
    const parameters = spread(parameterCount(form.layer_sizes));
    const plane = new Plane(form, ...axes(40, 41));
    plane.units(parameters).forEach((maps, column) => maps.forEach((map, unit) => {
      const out = new Float64Array(plane.size).fill(NaN);
      for (let row = 0; row < 41; row += 3) plane.rows(parameters, row, Math.min(row + 3, 41), out, { column, unit });
      deepEqual(out, map);
    }));
  }
});

Deno.test("the rows that are not asked for stay as they are", () => {
  const plane = new Plane(FORMS[5], ...axes(4, 5));
  const out = plane.rows(spread(parameterCount(FORMS[5].layer_sizes)), 1, 3, new Float64Array(20).fill(7));
  deepEqual(Array.from(out, (value) => value === 7), Array.from({ length: 20 }, (_, at) => at < 4 || at >= 12));
});

Deno.test("memory is kept from one network to the next, and nothing of the one before is left", () => {
  for (const form of FORMS) {
    const [x1s, x2s] = axes(30, 31);
    const plane = new Plane(form, x1s, x2s);
    const count = parameterCount(form.layer_sizes);
    const [out, maps] = [new Float64Array(plane.size), plane.units(new Float64Array(count).fill(NaN))];
    for (const parameters of [spread(count), spread(count).reverse()]) {
      const fresh = new Plane(form, x1s, x2s);
      equal(plane.outputs(parameters, out), out);
      equal(plane.units(parameters, maps), maps);
      deepEqual(out, fresh.outputs(parameters));
      deepEqual(maps, fresh.units(parameters));
    }
  }
});

Deno.test("an axis ends where its domain ends", () => {
  deepEqual([...axis([-1.5, 1.5], 5)], [-1.5, -0.75, 0, 0.75, 1.5]);
  equal(axis([-0.1, 0.7], 120)[119], 0.7);
});

Deno.test("tanh is within 1e-15 of the language's own, odd, and keeps what is not finite", () => {
  const around = Array.from({ length: 40_001 }, (_, at) => (at - 20_000) / 1000).concat([1e-300, 5e-324, 1e-9, 1 / 64, 0.5 / 32, 19.4999999, 19.5, 22, 1e300]);
  const values = Float64Array.from([...around, ...around.map((z) => -z)]);
  tanh(values, 0, values.length);
  around.forEach((z, at) => {
    ok(Math.abs(values[at] - Math.tanh(z)) <= 1e-15 * Math.abs(Math.tanh(z)), `tanh ${z} is ${values[at]}`);
    equal(values[around.length + at] + values[at], 0, `tanh -${z}`);
  });
  const odd = Float64Array.of(NaN, Infinity, -Infinity, 0, 5);
  tanh(odd, 0, 4);
  deepEqual([...odd], [NaN, 1, -1, 0, 5]);
});
