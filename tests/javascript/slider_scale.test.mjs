// Where a slider's thumb stands for a value, and what value it stands for.

import { deepEqual, equal, ok } from "node:assert/strict";

import { given } from "./given.mjs";
import { load } from "./page.mjs";

const { positionOf, spec, startTrack, valueAt } = await load("slider_scale.mjs");
const { largest_weight: largest, sliders } = given("configuration");

/** @type {[string, {min: number, max: number, step: number}][]} */
const tracks = Object.entries(given("tracks"));

Deno.test("every place of a track stands for a value within the bounds", () => {
  for (const [setting, { min, max, step }] of tracks) {
    const { low, high, whole } = sliders[setting];
    const places = Array.from({ length: Math.round((max - min) / step) + 1 }, (_, at) => min + at * step);
    const values = places.map((place) => valueAt(setting, place));
    ok(Math.abs(values[0] - low) <= 1e-9 * low && Math.abs(values[values.length - 1] - high) <= 1e-9 * high, `${setting} has both its ends`);
    deepEqual(values, [...values].sort((one, other) => one - other), `${setting} grows along its track`);
    if (whole) ok(values.every(Number.isInteger), `${setting} is a whole number`);
  }
});

Deno.test("a place and its value find each other", () => {
  const found = tracks.filter(([setting]) => sliders[setting].scale === "log" && !sliders[setting].whole);
  ok(found.length >= 3);
  for (const [setting, { min, max }] of found) {
    for (let place = min; place <= max; place += 1) equal(positionOf(setting, valueAt(setting, place)), place, setting);
  }
});

Deno.test("0 stands where a logarithmic track begins", () => {
  equal(positionOf("learning_rate", 0), 0);
});

Deno.test("a start weight's track is wide enough, and even", () => {
  for (const value of [0, 0.9, -2, 2.01, -77.7, 500.5, largest, -largest]) {
    const { min, max, step } = startTrack(value);
    ok(-largest <= min && min <= value && value <= max && max <= largest, `${value} lies on its track`);
    equal(min, -max);
    ok(step > 0 && step < max);
  }
});

Deno.test("what has no slider has no place on one", () => {
  equal(spec("weights.0.0.0"), null);
  equal(positionOf("weights.0.0.0", -3.5), -3.5);
});
