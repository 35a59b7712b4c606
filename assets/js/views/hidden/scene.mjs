// What the hidden space shows at one frame: points and lattice where the last hidden layer puts them, and the cut that the
// output draws through them. A place has two or three coordinates, each from -1 to 1 across the axes.

import { roundUp } from "../round_numbers.mjs";

const MARGIN = 0.12; // of a bounded activation's reach, so that no point lies on the edge
const TICKS = 4; // about so many steps an axis

/**
 * @typedef {{low: number, high: number, ticks: number[]}} Axis all units share one
 * @typedef {{normal: number[], offset: number}} Cut the places h with normal . h = offset; beyond it is the high class
 * @typedef {number[]} Place
 * @typedef {{units: number, axis: Axis, points: Place[], tests: Place[], cells: Place[][], lines: Place[][], cut: Cut | null}} Scene
 */

/** How many units there are to draw: those of the last hidden layer, if two or three, else 0. */
export function dimensionsOf(recording) {
  const sizes = recording.experiment.hidden_layer_sizes;
  return [2, 3].includes(sizes.at(-1)) ? sizes.at(-1) : 0;
}

/**
 * @param {import("../../recording.mjs").Recording} recording
 * @param {number} index of a frame that has brought its hidden space
 * @returns {Scene}
 */
export function sceneOf(recording, index) {
  const { points, test_points: tests, lattice } = recording.head;
  const units = dimensionsOf(recording);
  const axis = axisOf(recording, index);
  const [center, reach] = [(axis.low + axis.high) / 2, (axis.high - axis.low) / 2];
  const { hidden } = recording.frames[index];
  const places = Array.from({ length: hidden.length / units }, (_, at) =>
    Array.from(hidden.subarray(at * units, (at + 1) * units), (value) => (value - center) / reach),
  );
  const grid = places.slice(points.length + tests.length);
  return {
    units,
    axis,
    points: places.slice(0, points.length),
    tests: places.slice(points.length, points.length + tests.length),
    cells: cellsOf(grid, lattice),
    lines: linesOf(grid, lattice),
    cut: cutOf(recording, index, units, center, reach),
  };
}

/** The four corners of each cell, row by row. */
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

/** The lattice's lines along x1, and then those along x2. */
function linesOf(grid, size) {
  const all = Array.from({ length: size }, (_, at) => at);
  return [...all.map((row) => all.map((column) => grid[row * size + column])), ...all.map((column) => all.map((row) => grid[row * size + column]))];
}

/** Where w . h + b is the threshold, w and b being the output unit's: the last of the parameters. */
function cutOf(recording, index, units, center, reach) {
  const { threshold, regression } = recording.head;
  if (regression || threshold === null) return null;
  const [bias, ...weights] = Array.from(recording.frames[index].parameters.slice(-units - 1)).reverse();
  const normal = weights.reverse();
  const length = Math.hypot(...normal);
  if (!(length > 0 && Number.isFinite(length + bias))) return null;
  const offset = (threshold - bias) / length;
  const direction = normal.map((value) => value / length);
  return { normal: direction, offset: (offset - center * direction.reduce((sum, value) => sum + value)) / reach };
}

/**
 * The axes at a frame. A bounded activation's are always the same. Others hold 0 and all points of the later half of the run so
 * far, up to round numbers: so they seldom move while it plays, and are the same whenever one comes back. The lattice may reach
 * beyond.
 */
export function axisOf(recording, index) {
  const { unit_middle: middle, unit_reach: reach } = recording.head;
  if (reach !== null) {
    const ticks = [-1, -0.5, 0, 0.5, 1].map((share) => middle + share * reach);
    return { low: middle - (1 + MARGIN) * reach, high: middle + (1 + MARGIN) * reach, ticks };
  }
  let [least, most] = [0, 0];
  for (const frame of recording.frames.slice(Math.floor(index / 2), index + 1)) {
    const [its, itsMost] = extentOf(frame, recording);
    [least, most] = [Math.min(least, its), Math.max(most, itsMost)];
  }
  return roundAxis(least, most);
}

const extents = new WeakMap(); // of the points at each frame

function extentOf(frame, recording) {
  if (!frame.hidden) return [0, 0];
  if (!extents.has(frame)) {
    const { points, test_points: tests } = recording.head;
    const values = frame.hidden.subarray(0, (points.length + tests.length) * dimensionsOf(recording));
    extents.set(frame, [values.reduce((one, other) => Math.min(one, other)), values.reduce((one, other) => Math.max(one, other))]);
  }
  return extents.get(frame);
}

/** Axes around some values that end at half a step. */
export function roundAxis(least, most) {
  const span = most - least || 1;
  const step = roundUp(span / TICKS);
  const [low, high] = [Math.floor((2 * (least - span / 25)) / step) / 2, Math.ceil((2 * (most + span / 25)) / step) / 2]; // in steps
  const ticks = Array.from({ length: Math.floor(high) - Math.ceil(low) + 1 }, (_, at) => Number(((Math.ceil(low) + at) * step).toPrecision(6)));
  return { low: low * step, high: high * step, ticks };
}

/** The part of a polygon that lies on one side of a cut: 1 beyond it, -1 before it. (Sutherland & Hodgman, 1974) */
export function clipped(polygon, { normal, offset }, side) {
  const heights = polygon.map((place) => side * (place.reduce((sum, value, at) => sum + value * normal[at], 0) - offset));
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

/** On which side of a cut a place lies: 1 beyond it, -1 before it. */
export function sideOf(place, { normal, offset }) {
  return place.reduce((sum, value, at) => sum + value * normal[at], 0) > offset ? 1 : -1;
}
