// Computes where everything of the network diagram stands: columns of units, the curves between them, a mark for each bias.

const COLUMN_LEAST = 74; // two buttons fit above it; narrower than that, the diagram scrolls
const COLUMN_MOST = 290;
const HEAD = 56; // for a column's title and its buttons
const FOOT = 12;
const NARROW = 600;
const PIECES = 20; // of a curve, for finding the one under the pointer
const SPREAD = 0.56; // of a unit's height, over which its connections arrive and leave

/**
 * Column 0 holds the features, the last the output; ``layer`` is the place of a connection's weight in
 * ``weights[layer][unit][source]``, ``at`` that among all parameters of a frame, and a bias has no source.
 * @typedef {{column: number, unit: number, x: number, y: number, size: number}} Place of a unit, its center
 * @typedef {{layer: number, unit: number, source: number | null}} Parameter
 * @typedef {Parameter & {at: number, ends: number[], points: Float32Array}} Curve
 * @typedef {Parameter & {at: number, x: number, y: number}} Mark
 * @typedef {{width: number, height: number, columns: number[], units: Place[], curves: Curve[], marks: Mark[], widest: number}} Layout
 */

/**
 * Lay a network out.
 * @param {number[]} sizes of its layers, features first
 * @param {number} room in pixels, the width there is
 * @param {number} names in pixels, how wide the features' names are
 * @returns {Layout}
 */
export function laidOut(sizes, room, names) {
  const tallest = Math.max(...sizes);
  const size = unitSize(tallest, room < NARROW);
  const last = sizes.length - 1;
  const answer = Math.round(1.3 * size); // the output is what it is all for
  const margins = [names + size / 2, answer / 2 + 12];
  const free = Math.max(room - margins[0] - margins[1], last * COLUMN_LEAST);
  const pitch = Math.min(COLUMN_MOST, free / last);
  const shift = (free - pitch * last) / 2;
  const columns = sizes.map((_, column) => Math.round(margins[0] + shift + column * pitch));
  const row = size + (tallest > 4 ? 9 : 16);
  const middle = HEAD + Math.max(answer, (tallest - 1) * row + size) / 2;
  const units = sizes.flatMap((count, column) =>
    Array.from({ length: count }, (_, unit) => ({
      column,
      unit,
      x: columns[column],
      y: middle + (unit - (count - 1) / 2) * row,
      size: column === last ? answer : size,
    })),
  );
  const placed = { width: free + margins[0] + margins[1], height: 2 * middle - HEAD + FOOT, columns, units };
  return { ...placed, ...connections(sizes, units), widest: size / 6 };
}

/** @param {number} tallest @param {boolean} narrow */
function unitSize(tallest, narrow) {
  if (narrow) return tallest > 4 ? 28 : 36;
  return tallest > 6 ? 36 : tallest > 4 ? 42 : 48;
}

/**
 * Curves and marks in the order of the parameters: layer by layer, unit by unit, weights and then the bias.
 * @param {number[]} sizes @param {Place[]} units
 */
function connections(sizes, units) {
  /** @type {Curve[]} */
  const curves = [];
  /** @type {Mark[]} */
  const marks = [];
  const columns = sizes.map((_, column) => units.filter((place) => place.column === column));
  let at = 0;
  for (let layer = 0; layer < sizes.length - 1; layer += 1) {
    const [sources, targets] = [columns[layer], columns[layer + 1]];
    targets.forEach((target, unit) => {
      sources.forEach((from, source) => {
        const start = [from.x + from.size / 2 + 1, from.y + spread(unit, targets.length, from.size)];
        const end = [target.x - target.size / 2 - 1, target.y + spread(source, sources.length, target.size)];
        curves.push({ layer, unit, source, at, ...curve(start, end) });
        at += 1;
      });
      marks.push({ layer, unit, source: null, at, x: target.x - target.size / 2 - 4, y: target.y + target.size / 2 - 3 });
      at += 1;
    });
  }
  return { curves, marks };
}

/** How far from a unit's middle the connection of so many is fastened. @param {number} place @param {number} count @param {number} size */
function spread(place, count, size) {
  return count === 1 ? 0 : SPREAD * size * (place / (count - 1) - 0.5);
}

/** A curve that leaves and arrives level, and some points of it. @param {number[]} start @param {number[]} end */
function curve([x0, y0], [x1, y1]) {
  const bend = (x0 + x1) / 2;
  const points = new Float32Array(2 * (PIECES + 1));
  for (let piece = 0; piece <= PIECES; piece += 1) {
    const t = piece / PIECES;
    const [near, far] = [(1 - t) ** 3 + 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t) + t ** 3];
    points[2 * piece] = (1 - t) ** 3 * x0 + 3 * t * (1 - t) * bend + t ** 3 * x1;
    points[2 * piece + 1] = near * y0 + far * y1;
  }
  return { ends: [x0, y0, x1, y1], points };
}

/** Draw a curve as a path. @param {import("../svg.mjs").Context} context @param {Curve} curve */
export function trace(context, { ends: [x0, y0, x1, y1] }) {
  const bend = (x0 + x1) / 2;
  context.beginPath();
  context.moveTo(x0, y0);
  context.bezierCurveTo(bend, y0, bend, y1, x1, y1);
}

/** How far a place is from a curve, in pixels. @param {Curve} curve @param {number} x @param {number} y */
export function distance({ points }, x, y) {
  let least = Infinity;
  for (let at = 0; at + 3 < points.length; at += 2) {
    const [along, up] = [points[at + 2] - points[at], points[at + 3] - points[at + 1]];
    const share = ((x - points[at]) * along + (y - points[at + 1]) * up) / (along * along + up * up);
    const t = Math.max(0, Math.min(1, share));
    least = Math.min(least, Math.hypot(points[at] + t * along - x, points[at + 1] + t * up - y));
  }
  return least;
}
