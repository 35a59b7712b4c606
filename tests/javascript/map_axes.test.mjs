// The axes of the map: how near one can go, and what their ticks say.

import { deepEqual, equal, ok } from "node:assert/strict";

import { load } from "./page.mjs";

const { between, ends, isTooNear, read, whole, written } = await load("pages/map/axes.mjs");
const { ticksOf } = await load("views/ticks.mjs");

const AXES = ["learning_rate", "scale", "weights.0.0.1"];

/** @param {any} axis @param {number} size */
function zoomedAsFarAsItGoes(axis, size) {
  for (let zooms = 0; zooms < 200; zooms += 1) {
    const [low, high] = ends(axis);
    const nearer = between(axis, low + 0.3 * (high - low), low + 0.8 * (high - low));
    if (isTooNear(nearer, size)) return axis;
    axis = nearer;
  }
  throw new Error("it goes on for ever");
}

Deno.test("zooming ends while neighbouring runs still have numbers of their own", () => {
  for (const setting of AXES) {
    for (const size of [64, 512]) {
      const { low, high } = zoomedAsFarAsItGoes(whole(setting), size);
      const values = Array.from({ length: size }, (_, at) => Number((low + ((high - low) * at) / (size - 1)).toPrecision(15)));
      equal(new Set(values).size, size, `${setting}, ${size}`);
    }
  }
  ok(isTooNear({ ...whole("scale"), low: 1, high: 1 }, 2));
  ok(!isTooNear({ ...whole("seed"), low: 7, high: 8 }, 512), "seeds are whole");
});

Deno.test("at every zoom no two ticks read the same, and none is long", () => {
  for (const setting of [...AXES, "seed"]) {
    for (const most of [3, 6]) {
      let axis = whole(setting);
      for (let zooms = 0; zooms < 60; zooms += 1) {
        const { values, words, counts } = ticksOf(axis, most, 6);
        const [low, high] = ends(axis);
        ok(values.length >= 2 && values.length <= 2 * most, `${setting} ${written(axis)}: ${words}`);
        equal(new Set(words).size, words.length, `${setting} ${written(axis)}: ${words}, ${counts("name")}`);
        ok(words.every((/** @type {string} */ word) => word.length <= 6), `${words}`);
        const wide = 1e-2 * (axis.high - axis.low);
        ok(values.every((/** @type {number} */ value) => value >= axis.low - wide && value <= axis.high + wide));
        const nearer = between(axis, low + 0.3 * (high - low), low + 0.8 * (high - low));
        if (isTooNear(nearer, 64)) break;
        axis = nearer;
      }
    }
  }
});

Deno.test("ticks far in count from a number, in units that the axis's name gives", () => {
  const counted = (/** @type {number} */ low, /** @type {number} */ high) => {
    const { words, counts } = ticksOf({ low, high, spacing: "linear" }, 4, 5);
    return [words.join(" "), counts("x₁")];
  };
  deepEqual(counted(-6, 6), ["−5 0 5", "x₁"]);
  deepEqual(counted(0.27303901, 0.27303907), ["0 2 4", "(x₁ − 0.27303902) · 10⁸"]);
  deepEqual(counted(-3.00000004, -2.99999996), ["0 2 4 6 8", "(x₁ + 3.00000004) · 10⁸"]);
  deepEqual(counted(-4e-4, 4e-4), ["−4 −2 0 2 4", "x₁ · 10⁴"]);
  deepEqual(counted(1000001, 1000004), ["0 1 2 3", "x₁ − 1,000,001"]);
  deepEqual(counted(-1e6, 1e6), ["−10 −5 0 5 10", "x₁ · 10⁻⁵"]);
});

Deno.test("ends that are none have no ticks", () => {
  for (const [low, high] of /** @type {any[]} */ ([[5, 1], [1, 1], [NaN, 1], [0, Infinity], [0, 1], [-1, 1], ["", 1], ["a", "b"]])) {
    const { values, words } = ticksOf({ low, high, spacing: "log" }, 6, 6);
    deepEqual([values, words], [[], []]);
  }
});

Deno.test("an axis is read back from a link as it was written", () => {
  const axis = { ...whole("weights.0.0.1"), low: -1.25, high: 2 };
  deepEqual(read(written(axis)), axis);
});
