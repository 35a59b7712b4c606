// How right a network is, counted as Python counts it.

import { deepEqual, equal, throws } from "node:assert/strict";

import { accuracy, confusion, rSquared, rootMeanSquaredError } from "../../assets/js/core/metrics.mjs";
import { agreesWithLargest } from "./agreement.mjs";
import { given } from "./given.mjs";

/** @typedef {{outputs: number[], targets: number[], middle: number, accuracy: number, confusion: number[][], r_squared: number, rmse: number}} Answers */

/** @type {Answers[]} */
const answers = [...given("answers"), ...given("networks").map((/** @type {{metrics: Answers}} */ { metrics }) => metrics)];

Deno.test("classes told right, and what each is taken for", () => {
  for (const { outputs, targets, middle, ...core } of answers) {
    equal(accuracy(outputs, targets, middle), core.accuracy);
    deepEqual(confusion(outputs, targets, middle), core.confusion);
  }
});

Deno.test("numbers: the share of their spread accounted for, and the error", () => {
  for (const [at, { outputs, targets, ...core }] of answers.entries()) {
    agreesWithLargest([rSquared(outputs, targets)], [core.r_squared], `R squared of answers ${at}`);
    agreesWithLargest([rootMeanSquaredError(outputs, targets)], [core.rmse], `error of answers ${at}`);
  }
});

Deno.test("answers and targets must be as many", () => {
  for (const measure of [() => accuracy([1], [], 0), () => confusion([1], [], 0), () => rSquared([1], []), () => rootMeanSquaredError([], [1])]) {
    throws(measure, /must be as many/);
  }
});
