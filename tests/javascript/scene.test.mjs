// What the hidden space shows at a frame: places, axes, the cut, and what is cut by it.

import { deepEqual, equal, ok } from "node:assert/strict";

import { formOf, forward, outputsAt } from "../../assets/js/core/network.mjs";
import { given } from "./given.mjs";
import { load } from "./page.mjs";

const { axisOf, clipped, middlesOf, roundAxis, sceneOf, sideOf } = await load("views/hidden_space/scene.mjs");
const { planeOf } = await load("views/hidden_space/picture_3d.mjs");
const { defaults } = given("configuration");

/** @typedef {{normal: number[], offset: number}} Cut */

const CORNERS = [[-1, -1], [-1, 1], [1, -1], [1, 1]];

/**
 * A recording of networks that were made up.
 * @param {any} settings
 * @param {(Float64Array | undefined)[]} parameters
 * @param {any} [head]
 */
function recordingOf(settings, parameters, head = {}) {
  const experiment = { ...defaults, ...settings };
  const data = { points: CORNERS, targets: [-1, 1, 1, -1], test_points: [[0.5, 0]], test_targets: [1], middle: 0, domain: [-1.5, 1.5], regression: false };
  return { experiment, head: { ...data, ...head, experiment }, parameters };
}

/**
 * A network of two units that puts every point at one place.
 * @param {number} first
 * @param {number} second
 */
function standing(first, second) {
  return Float64Array.of(0, 0, first, 0, 0, second, 1, 1, 0);
}

/** Numbers in no order. @param {number} count @param {number} seed */
function spread(count, seed) {
  return Float64Array.from({ length: count }, (_, at) => 2 * Math.sin(seed + at * at));
}

Deno.test("the axes of an unbounded layer hold its points and seldom move", () => {
  let [first, second] = [0, 0];
  const walk = Array.from({ length: 120 }, (_, at) => {
    first += 0.02 + 0.04 * Math.sin(at * at);
    second += 0.02 + 0.04 * Math.cos(at * at);
    return [first, second];
  });
  const recording = recordingOf({ activation: "linear" }, walk.map(([one, other]) => standing(one, other)));
  const axes = walk.map((_, index) => axisOf(recording, index));
  axes.forEach(({ low, high, ticks }, at) => {
    ok(low < Math.min(0, ...walk[at]) && high > Math.max(0, ...walk[at]));
    ok(ticks.length >= 2 && ticks.length <= 7);
    ok(low <= Math.min(...ticks) && Math.max(...ticks) <= high);
  });
  const moves = axes.filter((axis, at) => at > 0 && JSON.stringify(axis) !== JSON.stringify(axes[at - 1]));
  ok(moves.length > 0 && moves.length < 30, `${moves.length} moves`);
});

Deno.test("axes hold what is there: a network on its way is left out, one beyond numbers too", () => {
  const there = recordingOf({ activation: "relu" }, [standing(3, 1), standing(3, 1)]);
  const expected = axisOf(there, 1);
  for (const odd of [undefined, standing(Infinity, 1), standing(NaN, 1)]) {
    deepEqual(axisOf(recordingOf({ activation: "relu" }, [standing(3, 1), odd]), 1), expected);
  }
});

Deno.test("the axes of a bounded layer never move", () => {
  for (const [activation, ticks] of [["tanh", [-1, -0.5, 0, 0.5, 1]], ["sigmoid", [0, 0.25, 0.5, 0.75, 1]]]) {
    const axes = [0, 1, 2].map((index) => axisOf(recordingOf({ activation }, [1, 2, 3].map((seed) => spread(9, seed))), index));
    deepEqual(axes[0], axes[1]);
    deepEqual(axes[1], axes[2]);
    deepEqual(axes[0].ticks, ticks);
    ok(axes[0].low < Number(ticks[0]) && axes[0].high > Number(ticks[4]));
  }
});

Deno.test("round axes end around their values, at half a step", () => {
  for (const [least, most] of [[0, 0], [0, 1e-9], [-3, 7], [-1e30, 0], [0.1, 0.30000000000000004]]) {
    const { low, high, ticks } = roundAxis(least, most);
    ok(low < least && high > most, `${low} to ${high} around ${least} to ${most}`);
    ok(ticks.length >= (least === most ? 1 : 2) && ticks.length <= 7, `${ticks.length} ticks`);
  }
});

Deno.test("points, tests and the lattice stand where the units put them", () => {
  for (const units of [2, 3]) {
    const settings = { hidden_layer_sizes: [4, units], activation: "tanh" };
    const parameters = spread(2 * 4 + 4 + 4 * units + units + units + 1, units);
    const scene = sceneOf(recordingOf(settings, [parameters]), 0);
    equal(scene.units, units);
    const reach = scene.axis.high;
    const points = [...CORNERS, [0.5, 0]];
    const layer = forward(formOf({ ...defaults, ...settings }), parameters, points)[1].activations;
    [...scene.points, ...scene.tests].forEach((place, at) => place.forEach((/** @type {number} */ value, /** @type {number} */ unit) => {
      ok(Math.abs(value * reach - layer[unit * points.length + at]) < 1e-12);
    }));
    deepEqual([scene.points.length, scene.tests.length, scene.cells.length, scene.lines.length], [4, 1, 144, 26]);
    ok(scene.cells.every((/** @type {number[][]} */ corners) => corners.length === 4) && scene.lines.every((/** @type {number[][]} */ line) => line.length === 13));
    deepEqual(scene.cells[0][0], scene.lines[0][0]);
    deepEqual(scene.cells[143][2], scene.lines[25][12]);
  }
});

Deno.test("a place lies beyond the cut where the output is above the middle", () => {
  for (const { output, middle } of [{ output: "tanh", middle: 0 }, { output: "tanh", middle: 0.5 }, { output: "sigmoid", middle: 0.5 }, { output: "linear", middle: -0.25 }]) {
    for (let seed = 0; seed < 20; seed += 1) {
      const settings = { output_activation: output };
      const parameters = spread(9, seed);
      const { cut, points } = sceneOf(recordingOf(settings, [parameters], { middle }), 0);
      const outputs = outputsAt(formOf({ ...defaults, ...settings }), parameters, CORNERS);
      deepEqual(points.map((/** @type {number[]} */ place) => sideOf(place, cut)), Array.from(outputs, (its) => (its > middle ? 1 : -1)));
    }
  }
});

Deno.test("there is no cut in a regression, where the middle cannot be reached, and of a unit that is told nothing", () => {
  const parameters = spread(9, 1);
  equal(sceneOf(recordingOf({}, [parameters], { regression: true }), 0).cut, null);
  equal(sceneOf(recordingOf({ output_activation: "sigmoid" }, [parameters]), 0).cut, null);
  equal(sceneOf(recordingOf({}, [new Float64Array(9)]), 0).cut, null);
  equal(sceneOf(recordingOf({}, [Float64Array.of(1, 1, 1, 1, 1, 1, 1e300, 1, Infinity)]), 0).cut, null);
});

Deno.test("a polygon cut in two is whole again", () => {
  const square = [[-1, -1], [1, -1], [1, 1], [-1, 1]];
  const area = (/** @type {number[][]} */ corners) => Math.abs(corners.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = corners[(at + 1) % corners.length];
    return sum + (x * nextY - nextX * y) / 2;
  }, 0));
  for (const [angle, offset] of [[0, 0], [0.3, 0.2], [2, -0.7], [1, 3], [1, -3], [Math.PI / 4, 0]]) {
    const cut = { normal: [Math.cos(angle), Math.sin(angle)], offset };
    const parts = [1, -1].map((side) => clipped(square, cut, side));
    ok(Math.abs(area(parts[0]) + area(parts[1]) - 4) < 1e-12);
    for (const [at, side] of [1, -1].entries()) {
      for (const [x, y] of parts[at]) ok(side * (x * cut.normal[0] + y * cut.normal[1] - offset) >= -1e-12);
    }
  }
});

Deno.test("the plane is cut to the box", () => {
  const cuts = Array.from({ length: 60 }, (_, at) => {
    const normal = at ? [Math.sin(at), Math.cos(2 * at), Math.sin(3 * at + 1)] : [1, -1, 1];
    const length = Math.hypot(...normal);
    return { normal: normal.map((value) => value / length), offset: at ? 2 * Math.sin(at * at) : 0 };
  });
  const planes = cuts.map(planeOf);
  equal(planes[0].length, 6);
  ok(planes.some((corners) => corners.length === 0));
  cuts.forEach(({ normal, offset }, at) => {
    const corners = planes[at];
    const farthest = normal.reduce((sum, value) => sum + Math.abs(value), 0);
    equal(corners.length === 0, Math.abs(offset) > farthest);
    if (corners.length) ok(corners.length >= 3);
    for (const corner of corners) {
      ok(Math.abs(corner.reduce((/** @type {number} */ sum, /** @type {number} */ value, /** @type {number} */ axis) => sum + value * normal[axis], 0) - offset) < 1e-9);
      ok(corner.every((/** @type {number} */ value) => Math.abs(value) <= 1 + 1e-9));
      const onWalls = corner.filter((/** @type {number} */ value) => Math.abs(Math.abs(value) - 1) < 1e-8);
      ok(onWalls.length >= 2, "each corner lies on an edge of the box");
    }
  });
});

Deno.test("the middles of the lattice's cells", () => {
  const middles = middlesOf([-6, 6]);
  equal(middles.length, 2 * 144);
  deepEqual([...middles.slice(0, 4), middles[286], middles[287]], [-5.5, -5.5, -4.5, -5.5, 5.5, 5.5]);
});
