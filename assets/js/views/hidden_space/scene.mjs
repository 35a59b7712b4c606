// What the hidden space shows at one frame: points and lattice where the last hidden layer puts them, and the cut that the
// output draws through them. A place has two or three coordinates, each from -1 to 1 across the axes.

import { ACTIVATIONS } from "../../core/activations.mjs";
import { dimensions, LATTICE, lattice, places as hiddenCoordinates, threshold } from "../../core/hidden_space.mjs";
import { evaluationOf } from "../../evaluation.mjs";
import { roundUp } from "../round_numbers.mjs";

/** @typedef {import("../../recording.mjs").Recording} Recording */

const MARGIN = 0.12; // of a bounded activation's reach, so that no point lies on the edge
const TICKS = 4; // about so many steps an axis

/**
 * @typedef {{low: number, high: number, ticks: number[]}} Axis all units share one
 * @typedef {{normal: number[], offset: number}} Cut the places h with normal . h = offset; beyond it is the high class
 * @typedef {number[]} Place
 * @typedef {{units: number, axis: Axis, points: Place[], tests: Place[], cells: Place[][], lines: Place[][], cut: Cut | null,
 *            values: Float64Array}} Scene
 */

/**
 * @param {import("../../recording.mjs").Recording} recording
 * @param {number} index of a frame
 * @returns {Scene}
 */
export function sceneOf(recording, index) {
  const { points, test_points: tests } = recording.head;
  const units = /** @type {number} */ (dimensions(recording.experiment));
  const axis = axisOf(recording, index);
  const [center, reach] = [(axis.low + axis.high) / 2, (axis.high - axis.low) / 2];
  const values = valuesOf(recording, index);
  const places = Array.from({ length: values.length / units }, (_, at) =>
    Array.from(values.subarray(at * units, (at + 1) * units), (value) => (value - center) / reach),
  );
  const grid = places.slice(points.length + tests.length);
  return {
    units,
    axis,
    values,
    points: places.slice(0, points.length),
    tests: places.slice(points.length, points.length + tests.length),
    cells: cellsOf(grid, LATTICE),
    lines: linesOf(grid, LATTICE),
    cut: cutOf(recording, index, units, center, reach),
  };
}

/** @type {WeakMap<Recording, Float64Array>} */
const sampled = new WeakMap(); // of each recording: the points that are looked at

/**
 * Where the last hidden layer puts the training points, the test points and the lattice, one after another.
 * @param {Recording} recording @param {number} index
 */
function valuesOf(recording, index) {
  const { points, test_points: tests, domain } = recording.head;
  const rows = sampled.get(recording) ?? Float64Array.from([...points.flat(), ...tests.flat(), ...lattice(domain)]);
  sampled.set(recording, rows);
  const evaluation = evaluationOf(recording);
  return hiddenCoordinates(evaluation.form, evaluation.parameters(index), rows);
}

/** The middle of each cell of the lattice. @param {number[]} domain */
export function middlesOf([low, high]) {
  const half = (high - low) / (LATTICE - 1) / 2;
  return lattice([low + half, high - half], LATTICE - 1);
}

/** The four corners of each cell, row by row. @param {Place[]} grid @param {number} size */
function cellsOf(grid, size) {
  const cells = [];
  for (let row = 0; row < size - 1; row += 1) {
    for (let column = 0; column < size - 1; column += 1) {
      const at = row * size + column;
      cells.push([grid[at], grid[at + 1], grid[at + size + 1], grid[at + size]]);
    }
  }
  return cells;
}

/** The lattice's lines along x1, and then those along x2. @param {Place[]} grid @param {number} size */
function linesOf(grid, size) {
  const all = Array.from({ length: size }, (_, at) => at);
  return [...all.map((row) => all.map((column) => grid[row * size + column])), ...all.map((column) => all.map((row) => grid[row * size + column]))];
}

/**
 * Where w . h + b is the threshold, w and b being the output unit's: the last of the parameters.
 * @param {Recording} recording
 * @param {number} index
 * @param {number} units
 * @param {number} center
 * @param {number} reach
 * @returns {Cut | null}
 */
function cutOf(recording, index, units, center, reach) {
  const { middle, regression, experiment } = recording.head;
  const level = threshold(experiment, middle);
  if (regression || !Number.isFinite(level)) return null;
  const [bias, ...weights] = Array.from(evaluationOf(recording).parameters(index).slice(-units - 1)).reverse();
  const normal = weights.reverse();
  const length = Math.hypot(...normal);
  if (!(length > 0 && Number.isFinite(length + bias))) return null;
  const offset = (level - bias) / length;
  const direction = normal.map((value) => value / length);
  return { normal: direction, offset: (offset - center * direction.reduce((sum, value) => sum + value)) / reach };
}

/**
 * The axes at a frame. A bounded activation's are always the same. Others hold 0 and all points of the later half of the run so
 * far, up to round numbers: so they seldom move while it plays, and are the same whenever one comes back. The lattice may reach
 * beyond.
 * @param {Recording} recording
 * @param {number} index
 * @returns {Axis}
 */
export function axisOf(recording, index) {
  const { bounded, middle, high } = ACTIVATIONS[recording.experiment.activation];
  if (bounded) {
    const reach = high - middle;
    const ticks = [-1, -0.5, 0, 0.5, 1].map((share) => middle + share * reach);
    return { low: middle - (1 + MARGIN) * reach, high: middle + (1 + MARGIN) * reach, ticks };
  }
  let [least, most] = [0, 0];
  for (let at = Math.floor(index / 2); at <= index; at += 1) {
    if (!recording.parameters[at]) continue; // it is still on its way
    const [its, itsMost] = extentOf(recording, at);
    [least, most] = [Math.min(least, its), Math.max(most, itsMost)];
  }
  return roundAxis(least, most);
}

/** @type {WeakMap<Float64Array, number[]>} */
const extents = new WeakMap(); // of each network: the least and the greatest coordinate of its points

/** @param {Recording} recording @param {number} index @returns {number[]} */
function extentOf(recording, index) {
  const network = evaluationOf(recording).parameters(index);
  const known = extents.get(network);
  if (known) return known;
  const { points, test_points: tests } = recording.head;
  const units = /** @type {number} */ (dimensions(recording.experiment));
  const values = valuesOf(recording, index).subarray(0, (points.length + tests.length) * units);
  const finite = values.map((value) => (Number.isFinite(value) ? value : 0));
  const extent = [finite.reduce((one, other) => Math.min(one, other)), finite.reduce((one, other) => Math.max(one, other))];
  extents.set(network, extent);
  return extent;
}

/** Axes around some values that end at half a step. @param {number} least @param {number} most @returns {Axis} */
export function roundAxis(least, most) {
  const span = most - least || 1;
  const step = roundUp(span / TICKS);
  const [low, high] = [Math.floor((2 * (least - span / 25)) / step) / 2, Math.ceil((2 * (most + span / 25)) / step) / 2]; // in steps
  const ticks = Array.from({ length: Math.floor(high) - Math.ceil(low) + 1 }, (_, at) => Number(((Math.ceil(low) + at) * step).toPrecision(6)));
  return { low: low * step, high: high * step, ticks };
}

/**
 * The part of a polygon that lies on one side of a cut: 1 beyond it, -1 before it. (Sutherland & Hodgman, 1974)
 * @param {Place[]} polygon @param {Cut} cut @param {number} side
 */
export function clipped(polygon, { normal, offset }, side) {
  const heights = polygon.map((place) => side * (place.reduce((sum, value, at) => sum + value * normal[at], 0) - offset));
  /** @type {Place[]} */
  const result = [];
  polygon.forEach((place, at) => {
    const next = (at + 1) % polygon.length;
    if (heights[at] >= 0) result.push(place);
    if (heights[at] >= 0 !== heights[next] >= 0) {
      const share = heights[at] / (heights[at] - heights[next]);
      result.push(place.map((value, axis) => value + share * (polygon[next][axis] - value)));
    }
  });
  return result;
}

/**
 * Both sides of a cut, each with what belongs to it.
 * @template Its
 * @param {Its} before
 * @param {Its} beyond
 * @returns {[number, Its][]}
 */
export function sides(before, beyond) {
  return [[-1, before], [1, beyond]];
}

/** On which side of a cut a place lies: 1 beyond it, -1 before it. @param {Place} place @param {Cut} cut */
export function sideOf(place, { normal, offset }) {
  return place.reduce((sum, value, at) => sum + value * normal[at], 0) > offset ? 1 : -1;
}
