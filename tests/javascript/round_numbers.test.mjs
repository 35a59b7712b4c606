// Axes divided by round numbers.

import { deepEqual, equal, ok } from "node:assert/strict";

import { load } from "./page.mjs";

const { roundDown, roundUp } = await load("views/round_numbers.mjs");
const { chartView, logRange, logTicks } = await load("views/layers_chart.mjs");
const RANGES = [[1e-9, 3], [0.2, 0.5], [0.001, 0.002], [1e-30, 1e30], [0.5, 0.5000001], [7, 450]];

/**
 * What a number's power of ten is multiplied with.
 * @param {number} value
 */
function mantissa(value) {
  return Number((value / 10 ** Math.floor(Math.log10(value) + 1e-9)).toFixed(6));
}

Deno.test("the round numbers on either side of a number", () => {
  for (const size of [1, 1.0000001, 3, 4.9, 7e-12, 2.5e30, 999]) {
    const [down, up] = [roundDown(size), roundUp(size)];
    ok(down <= size * (1 + 1e-9) && size <= up * (1 + 1e-9), `${down} to ${up} around ${size}`);
    ok([1, 2, 5].includes(mantissa(up)) && [1, 2, 5].includes(mantissa(down)));
    ok(up / down <= 2.5 * (1 + 1e-9), "nothing round lies between");
  }
});

Deno.test("a round number stands for itself, though it is one rounding away", () => {
  for (const size of [0.1 + 0.2 - 0.1, 5e-7, 2e12, 1000 * (1 + 2 ** -52)]) ok(Math.abs(roundUp(size) / size - 1) < 1e-9, String(size));
});

Deno.test("a logarithmic axis holds its numbers between round ones, with a few ticks", () => {
  for (const [low, high] of RANGES) {
    const range = logRange([[low, high, 0]]);
    ok(range[0] <= low * (1 + 1e-9) && range[1] >= high * (1 - 1e-9), `${range} holds ${low} and ${high}`);
    ok(range[0] > low / 2.6);
    const ticks = logTicks(range);
    ok(ticks.length >= 2 && ticks.length <= 9, `${ticks.length} ticks`);
    for (const tick of ticks) ok([1, 2, 5].includes(mantissa(tick)), String(tick));
    deepEqual(ticks, ticks.toSorted((/** @type {number} */ one, /** @type {number} */ other) => one - other));
  }
});

Deno.test("a single number has an axis with room around it", () => {
  for (const value of [0.5, 1, 2e-9, 3]) {
    const [low, high] = logRange([[value, value]]);
    ok(low <= value && value < high && high >= 1.5 * low, `${low} to ${high} around ${value}`);
    ok(logTicks([low, high]).length >= 2);
  }
});

Deno.test("what has no place on a logarithmic axis is left out", () => {
  deepEqual(logRange([[0, -1, NaN, Infinity], []]), [0.1, 1]);
  deepEqual(logRange([[0, 0.3], [NaN, 0.7]]), logRange([[0.3, 0.7]]));
});

Deno.test("a chart's corners are its range and its epochs", () => {
  const { x, y } = chartView({ width: 362, height: 132 }, 200, [0.01, 1]);
  deepEqual([x(0), x(100), x(200)], [46, 196, 346]);
  equal(y(1), 8);
  equal(Math.round(y(0.1)), 58);
  equal(y(0.01), 108);
});
