// Which answers are right.

import { equal } from "node:assert/strict";

import { load } from "./page.mjs";

const { verdict } = await load("views/tables.mjs");

Deno.test("right is the target's side of the middle", () => {
  const answers = [
    [0.9, 1, 0, 1], [-0.01, 1, 0, -1], [0, 1, 0, 0], [0.5, 1, 0.5, 0], [0.51, 1, 0.5, 1], [0.49, 1, 0.5, -1],
    [-3, -1, 0, 1], [0.2, 0, 0.5, 1],
  ];
  for (const [output, target, middle, expected] of answers) equal(verdict(output, target, middle) + 0, expected, `${output} for ${target}`);
});
