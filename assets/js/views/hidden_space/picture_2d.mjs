// The hidden space of two units: the bent lattice, the points, and the straight line that the output draws through them.

import { number } from "../../configuration.mjs";
import { colors } from "../../theme.mjs";
import { drawPoint, namePoints, write } from "./point_marks.mjs";
import { clipped, sides } from "./scene.mjs";

/** @typedef {{width: number, height: number}} Size @typedef {ReturnType<typeof flatView>} View * @typedef {import("../svg.mjs").Context} Context
 * @typedef {import("./scene.mjs").Cut} Cut
 * @typedef {number[]} Place
 */

const SIDES = { left: 52, right: 14, top: 10, bottom: 42 }; // as the graphs have them
const SQUARE = [[-1, -1], [1, -1], [1, 1], [-1, 1]];

/** Where a place of the scene comes to lie on a canvas of this size. @param {Size} size */
export function flatView({ width, height }) {
  const [wide, tall] = [width - SIDES.left - SIDES.right, height - SIDES.top - SIDES.bottom];
  const side = Math.max(1, Math.min(wide, tall)); // a square, like the boundary's plane
  const left = SIDES.left + (wide - side) / 2;
  const at = (/** @type {Place} */ [x, y]) => [left + ((x + 1) / 2) * side, SIDES.top + ((1 - y) / 2) * side];
  return { left, top: SIDES.top, side, at };
}

/**
 * @param {Context} context
 * @param {{width: number, height: number}} size
 * @param {import("./scene.mjs").Scene} scene
 * @param {import("./point_marks.mjs").PointStyle} style marks of the points; colours of the cells, if no cut gives them
 */
export function drawFlat(context, size, scene, style) {
  const view = flatView(size);
  drawAxes(context, view, scene.axis);
  context.save();
  context.beginPath();
  context.rect(view.left, view.top, view.side, view.side);
  context.clip();
  if (scene.cut) drawSides(context, view, scene.cut);
  drawCells(context, view, scene, style.fills);
  drawLattice(context, view, scene.lines);
  if (scene.cut) drawLine(context, view, scene.cut);
  context.restore();
  scene.tests.forEach((place, at) => drawPoint(context, view.at(place), style.tests[at]));
  scene.points.forEach((place, at) => drawPoint(context, view.at(place), style.points[at]));
  namePoints(context, scene.points.map(view.at), style.points, size);
}

/** @param {Context} context @param {View} view @param {import("./scene.mjs").Axis} axis */
function drawAxes(context, { left, top, side, at }, { low, high, ticks }) {
  const { grid, muted, ink } = colors();
  const place = (/** @type {number} */ value) => (2 * (value - low)) / (high - low) - 1;
  Object.assign(context, { strokeStyle: grid, lineWidth: 1, globalAlpha: 1 });
  for (const tick of ticks) {
    const [x, y] = at([place(tick), place(tick)]).map((value) => Math.round(value) + 0.5);
    trace(context, [[x, top], [x, top + side + 4]]);
    context.stroke();
    trace(context, [[left - 4, y], [left + side, y]]);
    context.stroke();
    write(context, number(tick, 3), x, top + side + 13, { color: muted, halo: false });
    write(context, number(tick, 3), left - 8, y, { color: muted, align: "right", halo: false });
  }
  write(context, "h₁", left + side / 2, top + side + 32, { color: ink, halo: false });
  context.save();
  context.translate(left - 44, top + side / 2);
  context.rotate(-Math.PI / 2);
  write(context, "h₂", 0, 0, { color: ink, halo: false });
  context.restore();
}

/** Both sides of the line, lightly. @param {Context} context @param {View} view @param {Cut} cut */
function drawSides(context, { at }, cut) {
  const { low, high } = colors();
  for (const [side, color] of sides(low, high)) fill(context, clipped(SQUARE, cut, side).map(at), color, 0.07);
}

/** @param {Context} context @param {View} view @param {import("./scene.mjs").Scene} scene @param {string[] | null} fills */
function drawCells(context, { at }, { cells, cut }, fills) {
  const { low, high } = colors();
  cells.forEach((cell, index) => {
    if (fills) fill(context, cell.map(at), fills[index], 0.75);
    else if (cut) for (const [side, color] of sides(low, high)) fill(context, clipped(cell, cut, side).map(at), color, 0.16);
  });
}

/** @param {Context} context @param {View} view @param {Place[][]} lines */
function drawLattice(context, { at }, lines) {
  Object.assign(context, { strokeStyle: colors().muted, lineWidth: 1, globalAlpha: 0.55, lineJoin: "round" });
  for (const line of lines) {
    trace(context, line.map(at));
    context.stroke();
  }
}

/** @param {Context} context @param {View} view @param {Cut} cut */
function drawLine(context, { at }, { normal: [across, up], offset }) {
  const ends = [-4, 4].map((far) => at([offset * across - far * up, offset * up + far * across]));
  Object.assign(context, { strokeStyle: colors().line, lineWidth: 2.5, globalAlpha: 1 });
  trace(context, ends);
  context.stroke();
}

/** @param {Context} context @param {Place[]} corners @param {string} color @param {number} alpha */
function fill(context, corners, color, alpha) {
  trace(context, corners);
  Object.assign(context, { fillStyle: color, globalAlpha: alpha });
  context.fill();
}

/** @param {Context} context @param {Place[]} places */
function trace(context, places) {
  context.beginPath();
  places.forEach(([x, y], at) => (at === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
}
