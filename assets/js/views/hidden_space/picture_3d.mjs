// The hidden space of three units, seen from afar: a box of axes, the bent lattice, the points, and the flat plane that the
// output draws through them. What lies behind the plane is painted before it, and in order of depth.

import { number } from "../../configuration.mjs";
import { colors } from "../../theme.mjs";
import { drawPoint, namePoints, write } from "./point_marks.mjs";
import { clipped, sideOf, sides } from "./scene.mjs";

/** What is painted in order of depth. @typedef {{side: number, depth: number, draw: (context: Context) => void}} Piece * @typedef {import("./scene.mjs").Scene} Scene
 * @typedef {import("./point_marks.mjs").PointStyle} PointStyle
 * @typedef {ReturnType<typeof solidView>} View
 * @typedef {import("../svg.mjs").Context} Context
 * @typedef {import("./scene.mjs").Cut} Cut
 * @typedef {number[]} Place
 */

const MARGIN = 26; // pixels for the words at the box
const REACH = 1.5; // how far the box goes from its middle, seen from most sides
const STEEPEST = Math.PI / 2;
const SIGNS = [-1, 1];
const CORNERS = SIGNS.flatMap((x) => SIGNS.flatMap((y) => SIGNS.map((z) => [x, y, z])));
const AXES = [0, 1, 2];
const WALLS = AXES.flatMap((axis) => SIGNS.map((sign) => ({ normal: AXES.map((other) => (other === axis ? sign : 0)), offset: 1 })));

/** Where one looks from: turned about the upright axis, and up. @typedef {{yaw: number, pitch: number}} Gaze */

/** @type {Gaze} */
export const AT_FIRST = { yaw: 0.5, pitch: 0.42 };

/** @param {Gaze} gaze @param {number} right @param {number} down how far a hand has moved, in radians @returns {Gaze} */
export function turned({ yaw, pitch }, right, down) {
  return { yaw: yaw - right, pitch: Math.max(-STEEPEST, Math.min(STEEPEST, pitch + down)) };
}

/**
 * Where a place comes to lie on a canvas of this size, and how near it is.
 * @param {{width: number, height: number}} size @param {Gaze} gaze
 */
export function solidView({ width, height }, { yaw, pitch }) {
  const [sinYaw, cosYaw, sinPitch, cosPitch] = [Math.sin(yaw), Math.cos(yaw), Math.sin(pitch), Math.cos(pitch)];
  const right = [cosYaw, sinYaw, 0];
  const up = [-sinYaw * sinPitch, cosYaw * sinPitch, cosPitch];
  const towards = [sinYaw * cosPitch, -cosYaw * cosPitch, sinPitch];
  const scale = (Math.min(width, height) / 2 - MARGIN) / REACH;
  const along = (/** @type {Place} */ [x, y, z], /** @type {number[]} */ direction) => x * direction[0] + y * direction[1] + z * direction[2];
  return {
    at: (/** @type {Place} */ place) => [width / 2 + scale * along(place, right), height / 2 - scale * along(place, up)],
    depth: (/** @type {Place} */ place) => along(place, towards),
    towards,
  };
}

/**
 * @param {Context} context
 * @param {{width: number, height: number}} size
 * @param {import("./scene.mjs").Scene} scene
 * @param {PointStyle} style marks of the points; colours of the cells, if no cut gives them
 * @param {Gaze} gaze
 */
export function drawSolid(context, size, scene, style, gaze) {
  const view = solidView(size, gaze);
  drawBox(context, view, scene.axis);
  const { cut } = scene;
  const pieces = [...surfaces(scene, style, view), ...marked(scene.tests, style.tests, cut, view), ...marked(scene.points, style.points, cut, view)];
  pieces.sort((one, other) => one.depth - other.depth);
  const nearer = cut && sideOf(view.towards, { normal: cut.normal, offset: 0 });
  for (const piece of pieces) if (piece.side !== nearer) piece.draw(context);
  if (cut) {
    drawPlane(context, view, cut);
    for (const piece of pieces) if (piece.side === nearer) piece.draw(context);
  }
  namePoints(context, scene.points.map(view.at), style.points, size);
}

/**
 * The lattice's cells, as far as they are in the box, each cut in two where the plane goes through it.
 * @param {Scene} scene @param {PointStyle} style @param {View} view @returns {Piece[]}
 */
function surfaces({ cells: all, cut }, { fills }, view) {
  const cells = all.map(within);
  const { low, high, muted } = colors();
  const parts = cut
    ? sides(low, high).flatMap(([side, color]) => cells.map((cell) => ({ corners: clipped(cell, cut, side), side, color, edge: color })))
    : cells.map((corners, at) => ({ corners, side: 0, color: fills ? fills[at] : muted, edge: muted }));
  return parts.filter(({ corners }) => corners.length > 2).map(({ corners, side, color, edge }) => ({
    side,
    depth: corners.reduce((sum, place) => sum + view.depth(place), 0) / corners.length,
    draw: (context) => {
      outline(context, corners.map(view.at));
      Object.assign(context, { fillStyle: color, strokeStyle: edge, lineWidth: 1, globalAlpha: fills ? 0.7 : 0.28, lineJoin: "round" });
      context.fill();
      context.globalAlpha = fills ? 0.35 : 0.6;
      context.stroke();
    },
  }));
}

/** @param {Place[]} places @param {PointStyle["points"]} marks @param {Cut | null} cut @param {View} view @returns {Piece[]} */
function marked(places, marks, cut, view) {
  return places.map((place, at) => ({
    side: cut ? sideOf(place, cut) : 0,
    depth: view.depth(place) + 0.02, // over the lattice that it lies on
    draw: (context) => drawPoint(context, view.at(place), marks[at]),
  }));
}

/** @param {Context} context @param {View} view @param {Cut} cut */
function drawPlane(context, view, cut) {
  const { line } = colors();
  outline(context, planeOf(cut).map(view.at));
  Object.assign(context, { fillStyle: line, strokeStyle: line, lineWidth: 2, globalAlpha: 0.13, lineJoin: "round" });
  context.fill();
  context.globalAlpha = 0.9;
  context.stroke();
}

/** The corners of the part of a plane that lies in the box; none if it passes by. @param {Cut} cut */
export function planeOf({ normal, offset }) {
  const least = AXES.reduce((best, axis) => (Math.abs(normal[axis]) < Math.abs(normal[best]) ? axis : best));
  const first = unit(cross(normal, AXES.map((axis) => Number(axis === least))));
  const second = cross(normal, first);
  const sheet = [[4, 4], [-4, 4], [-4, -4], [4, -4]].map(([a, b]) => AXES.map((axis) => offset * normal[axis] + a * first[axis] + b * second[axis]));
  return within(sheet);
}

/** The part of a polygon that lies in the box. @param {Place[]} polygon */
function within(polygon) {
  if (polygon.every((place) => place.every((value) => Math.abs(value) <= 1))) return polygon;
  return WALLS.reduce((corners, wall) => clipped(corners, wall, -1), polygon);
}

/**
 * The edges that nothing can stand behind, with each axis named at the edge where there is room.
 * @param {Context} context @param {View} view @param {import("./scene.mjs").Axis} axis
 */
function drawBox(context, view, axis) {
  const { grid, muted, ink } = colors();
  const nearest = CORNERS.reduce((best, corner) => (view.depth(corner) > view.depth(best) ? corner : best));
  Object.assign(context, { strokeStyle: grid, lineWidth: 1, globalAlpha: 1 });
  for (const along of AXES) {
    const edges = CORNERS.filter((corner) => corner[along] < 0).map((corner) => [corner, moved(corner, along, 1)]);
    for (const [from, to] of edges.filter((edge) => !edge.includes(nearest))) {
      outline(context, [from, to].map(view.at));
      context.stroke();
    }
    nameAxis(context, view, edges, along, axis, { muted, ink });
  }
}

/**
 * @param {Context} context
 * @param {View} view
 * @param {Place[][]} edges
 * @param {number} along
 * @param {import("./scene.mjs").Axis} axis
 * @param {{muted: string, ink: string}} colors
 */
function nameAxis(context, view, edges, along, { low, high, ticks }, { muted, ink }) {
  const middle = (/** @type {Place[]} */ edge) => view.at(moved(edge[0], along, 0));
  const [x, y] = view.at([0, 0, 0]);
  const outwards = (/** @type {Place[]} */ edge) => (along === 2 ? -middle(edge)[0] : middle(edge)[1]); // the left edge, or the lowest
  const edge = edges.reduce((best, each) => (outwards(each) > outwards(best) ? each : best));
  const [atX, atY] = middle(edge);
  const length = Math.hypot(atX - x, atY - y) || 1;
  const beside = (/** @type {number[]} */ [left, top], /** @type {number} */ by) =>
    /** @type {const} */ ([left + (by * (atX - x)) / length, top + (by * (atY - y)) / length]);
  for (const tick of [ticks[0], ticks[ticks.length - 1]]) {
    const place = view.at(moved(edge[0], along, (2 * (tick - low)) / (high - low) - 1));
    write(context, number(tick, 3), ...beside(place, 13), { color: muted, halo: false });
  }
  write(context, `h${"₁₂₃"[along]}`, ...beside([atX, atY], 16), { color: ink, halo: false });
}

/** @param {Place} place @param {number} along @param {number} value */
function moved(place, along, value) {
  return AXES.map((axis) => (axis === along ? value : place[axis]));
}

/** @param {Context} context @param {Place[]} corners */
function outline(context, corners) {
  context.beginPath();
  corners.forEach(([x, y], at) => (at === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
  context.closePath();
}

/** @param {Place} one @param {Place} other */
function cross([a, b, c], [d, e, f]) {
  return [b * f - c * e, c * d - a * f, a * e - b * d];
}

/** @param {number[]} vector */
function unit(vector) {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
