// The line between the classes lies where the output is in the middle.

import { equal, ok } from "node:assert/strict";

import { formOf } from "../../assets/js/core/network.mjs";
import { axis, Plane } from "../../assets/js/core/plane.mjs";
import { levelLine } from "../../assets/js/views/level_line.mjs";
import { given } from "./given.mjs";

const { experiment, parameters, radius } = given("circle");

for (const [columns, step] of [[60, 1], [241, 1], [241, 2]]) {
  Deno.test(`a circle's line lies on the circle: ${columns} points a side, every ${step}`, () => {
    const line = axis([-3, 3], columns);
    const surface = new Plane(formOf(experiment), line, line).outputs(Float64Array.from(parameters));
    const pieces = levelLine(surface, columns, 0, step);
    ok(pieces.length > 100);
    const cell = (6 / (columns - 1)) * step;
    for (let at = 0; at < pieces.length; at += 2) {
      const [x, y] = [pieces[at], pieces[at + 1]].map((steps) => -3 + (6 * steps) / (columns - 1));
      ok(Math.abs(Math.hypot(x, y) - radius) < cell * cell, "a straight piece leaves a curve by the square of its length");
    }
  });
}

Deno.test("a grid may have other columns than rows", () => {
  const surface = Float64Array.from({ length: 15 }, (_, at) => (at % 5) - 1.5); // five columns, three rows
  const pieces = levelLine(surface, 5, 0);
  equal(pieces.length, 8, "two pieces, one a row of cells");
  ok(pieces.every((value, at) => at % 2 || value === 1.5));
});

Deno.test("at a saddle the line passes twice through the cell", () => {
  equal(levelLine(Float64Array.of(1, -1, -1, 1), 2, 0).length, 8);
});

Deno.test("where there is no middle there is no line, whatever is not a number", () => {
  equal(levelLine(new Float64Array(16).fill(2), 4, 0).length, 0);
  equal(levelLine(new Float64Array(16).fill(NaN), 4, 0).length, 0);
});
