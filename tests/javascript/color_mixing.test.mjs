// Colours between colours.

import { deepEqual, equal, ok } from "node:assert/strict";

import { mixed, pixel, ramp } from "../../assets/js/color_mixing.mjs";
import { given } from "./given.mjs";

const STOPS = ["#000000", "#ff8000", "#ffffff"];

Deno.test("a scale begins, turns and ends in its own colours", () => {
  deepEqual([0, 0.5, 1].map((share) => mixed(STOPS, share)), [[0, 0, 0], [255, 128, 0], [255, 255, 255]]);
});

Deno.test("between two colours each channel goes straight", () => {
  deepEqual(mixed(STOPS, 0.25), [128, 64, 0]);
  deepEqual(mixed(STOPS, 0.75), [255, 192, 128]);
});

Deno.test("a ramp goes from the first colour to the last, and one alone is the first", () => {
  deepEqual(ramp(STOPS, 3), ["rgb(0 0 0)", "rgb(255 128 0)", "rgb(255 255 255)"]);
  deepEqual(ramp(STOPS, 1), ["rgb(0 0 0)"]);
  deepEqual(ramp(STOPS, 0), []);
});

Deno.test("a pixel is red, green, blue and opaque in a canvas's memory", () => {
  deepEqual([...new Uint8Array(Uint32Array.of(pixel([1, 2, 3])).buffer)], [1, 2, 3, 255]);
});

Deno.test("the middle of every theme's scale is one of its own colours, so level 127 is exactly it", () => {
  for (const theme of /** @type {{scale: string[]}[]} */ (Object.values(given("configuration").themes))) {
    ok(theme.scale.length % 2);
    const middle = theme.scale[(theme.scale.length - 1) / 2];
    equal(pixel(mixed(theme.scale, 127 / 254)), pixel(mixed([middle, middle], 0)));
  }
});
