// How points of the hidden space are drawn, flat or solid: filled if they train, ringed if they test; the class by colour and shape.

import { listed, number } from "../../configuration.mjs";
import { colors } from "../../theme.mjs";
import { colorOf, pointSize } from "../colors.mjs";

/** @typedef {import("../svg.mjs").Context} Context */

const NEAR = 14; // pixels between points that share one name
const NAMED = 8; // of so many points each is named
const FONT = '12px "Inter Variable", system-ui, sans-serif';

/** @typedef {{color: string, square: boolean, size: number, border: number, ring: boolean, pale: boolean, name: string}} Mark */

/**
 * How a picture's points are drawn, and the colours of the lattice's cells where no cut gives them.
 * @typedef {{points: Mark[], tests: Mark[], fills: string[] | null}} PointStyle
 */

/**
 * The marks of a run's training points, and those of its test points. @returns {Mark[][]}
 * @param {import("../../recording.mjs").Head} head
 */
export function marksOf(head) {
  const { points, targets, test_points: tests, test_targets: testTargets } = head;
  const { size, border } = pointSize(points.length + tests.length);
  const colored = colorOf(head);
  const style = (/** @type {number[]} */ values, /** @type {boolean} */ named, /** @type {boolean} */ ring) =>
    values.map((target, at) => ({
      color: colored(target),
      square: !head.regression && target <= head.middle,
      size,
      border,
      ring,
      pale: head.regression, // some targets have nearly the color of the paper
      name: named ? `(${listed(points[at].map((value) => number(value, 3)))})` : "",
    }));
  return [style(targets, points.length <= NAMED, false), style(testTargets, false, true)];
}

/** @param {Context} context @param {number[]} at @param {Mark} mark */
export function drawPoint(context, [x, y], { color, square, size, border, ring, pale }) {
  const { paper, muted } = colors();
  const half = size / 2;
  context.beginPath();
  if (square) context.rect(x - half, y - half, size, size);
  else context.arc(x, y, half, 0, 2 * Math.PI);
  context.fillStyle = ring ? paper : color;
  context.strokeStyle = ring ? color : paper;
  context.lineWidth = ring ? Math.max(1.5, border) : border;
  context.globalAlpha = 1;
  context.fill();
  context.stroke();
  if (!pale) return;
  Object.assign(context, { strokeStyle: muted, lineWidth: 0.75, globalAlpha: 0.7 });
  context.beginPath();
  context.arc(x, y, half + (ring ? 1 : 0), 0, 2 * Math.PI);
  context.stroke();
}

/**
 * Write the few points' names beside them, one for those that lie together, on the side where there is room.
 * @param {Context} context @param {number[][]} places @param {Mark[]} marks @param {{width: number, height: number}} size
 */
export function namePoints(context, places, marks, { width, height }) {
  const { ink } = colors();
  /** @type {{place: number[], names: string[], size: number}[]} */
  const groups = [];
  places.forEach((place, at) => {
    if (!marks[at].name) return;
    const near = groups.find((group) => Math.hypot(group.place[0] - place[0], group.place[1] - place[1]) < NEAR);
    if (near) near.names.push(marks[at].name);
    else groups.push({ place, names: [marks[at].name], size: marks[at].size });
  });
  for (const { place: [x, y], names, size } of groups) {
    const words = names.join(" ");
    context.font = FONT;
    const share = Math.max(0, Math.min(1, x / width)); // at the left edge the name stands to the right
    const left = x - share * context.measureText(words).width + (1 - 2 * share) * size;
    const top = y + (y < height / 3 ? 1 : -1) * (size + 4);
    write(context, words, left, top, { color: ink, align: "left" });
  }
}

/**
 * Words on a picture, legible on whatever lies beneath.
 * @param {Context} context
 * @param {string} words
 * @param {number} x
 * @param {number} y
 * @param {{color: string, align?: string, halo?: boolean}} style
 */
export function write(context, words, x, y, { color, align = "center", halo = true }) {
  Object.assign(context, { font: FONT, textAlign: align, textBaseline: "middle", globalAlpha: 1, fillStyle: color });
  if (halo) {
    Object.assign(context, { strokeStyle: colors().paper, lineWidth: 3, lineJoin: "round" });
    context.strokeText(words, x, y);
  }
  context.fillText(words, x, y);
}
