// A student's own points: taken from a run, typed, and standardized.

import { deepEqual, equal, ok } from "node:assert/strict";

import { given } from "./given.mjs";
import { load } from "./page.mjs";

const { farthest, rounded, rowsOf, standardized, typed, unstandardized } = await load("own_data/points.mjs");
const { own_data: bounds } = given("configuration");

Deno.test("a typed number is taken as people write it, to the last decimal that is kept", () => {
  const written = [["7", 7], [" 7 ", 7], ["−3,123456", -3.1235], ["+.5", 0.5], ["5.", 5], ["1e3", 1000], ["-1E-2", -0.01], ["1000000", 1e6]];
  for (const [text, value] of written) deepEqual(typed(text), { value }, String(text));
  equal(Object.is(typed("-0").value, 0), true, "0 has no sign");
});

Deno.test("what is no number is said, as it was written", () => {
  for (const text of ["abc", "", "  ", "0x10", "1e", "e3", "1,000", "1,2,3", "NaN", "Infinity", "--1", "<b>1</b>", "1".repeat(5) + "x"]) {
    equal(typed(text).wrong, `“${text.trim()}” is not a number.`);
  }
});

Deno.test("what is too far out is said with the bound", () => {
  for (const text of ["1e400", "-1000001", "1000000.1"]) equal(typed(text).wrong, `“${text}” is beyond ±1,000,000.`);
});

Deno.test("a page without a run has a point of each class to begin with", () => {
  deepEqual(rowsOf(null), bounds.first);
  deepEqual(new Set(rowsOf(null).map((/** @type {number[]} */ row) => row[2])), new Set([0, 1]));
});

Deno.test("a run's points are taken with those that test; what is above the middle is class 1", () => {
  const head = { points: [[1, 2.00004], [-0.00001, 3]], targets: [0.2, -0.2], test_points: [[5, 6]], test_targets: [0], middle: 0, standardization: null };
  deepEqual(rowsOf(head), [[1, 2, 1], [0, 3, 0], [5, 6, 0]]);
  deepEqual(rowsOf({ ...head, middle: -0.5 }).map((/** @type {number[]} */ row) => row[2]), [1, 1, 1]);
});

Deno.test("no more points are taken than may be kept", () => {
  const points = Array.from({ length: bounds.most_rows + 5 }, (_, at) => [at, at]);
  const rows = rowsOf({ points, targets: points.map(() => 1), middle: 0, standardization: null });
  equal(rows.length, bounds.most_rows);
});

Deno.test("a point goes to a standardized plane and back", () => {
  const head = { standardization: [[176.25, 68.75], [9.6, 12]] };
  deepEqual(standardized([176.25, 80.75], head), [0, 1]);
  for (const point of [[170, 60], [190, 85], [-1e6, 1e-4]]) {
    deepEqual(unstandardized(standardized(point, head), head).map(rounded), point);
    deepEqual(standardized(point, { standardization: null }), point);
  }
});

Deno.test("points of a standardized run are taken in one's own numbers", () => {
  const standardization = [[176.25, 68.75], [9.6, 12]];
  const rows = [[170, 60, 0], [190, 85, 1]];
  const points = rows.map((row) => standardized(row, { standardization }));
  deepEqual(rowsOf({ points, targets: [-1, 1], middle: 0, standardization }), rows);
});

Deno.test("how far out the farthest coordinate is", () => {
  equal(farthest([]), 0);
  ok(farthest([[1, -190, 0], [2, 3, 1]]) === 190);
});
