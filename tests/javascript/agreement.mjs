// How near two computations of one number must be.

import { AssertionError } from "node:assert";

const OF_SIZE = 1e-14; // a few roundings of what went into a number
const OF_LARGEST = 1e-12; // of its layer's

/**
 * Numbers are as Python has them, each within a few roundings of its size (core_cases.py says what that is); what is not finite is
 * exactly the same.
 * @param {ArrayLike<number>} found
 * @param {ArrayLike<number>} expected
 * @param {ArrayLike<number>} sizes
 * @param {string} what
 */
export function agrees(found, expected, sizes, what) {
  if (found.length !== expected.length) throw new AssertionError({ message: `${what}: ${found.length} numbers for ${expected.length}` });
  for (let at = 0; at < expected.length; at += 1) {
    const near = Object.is(found[at], expected[at]) || Math.abs(found[at] - expected[at]) <= OF_SIZE * sizes[at];
    if (!near) throw new AssertionError({ message: `${what}: number ${at} is ${found[at]}, and ${expected[at]} of size ${sizes[at]} in Python` });
  }
}

/**
 * Numbers are as Python has them, within 1e-12 of the largest of them.
 * @param {ArrayLike<number>} found
 * @param {ArrayLike<number>} expected
 * @param {string} what
 */
export function agreesWithLargest(found, expected, what) {
  const finite = Array.from(expected).filter(Number.isFinite).map(Math.abs);
  const largest = finite.reduce((one, other) => Math.max(one, other), 0) * (OF_LARGEST / OF_SIZE);
  agrees(found, expected, Array.from(expected, () => largest), what);
}
