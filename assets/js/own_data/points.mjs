// A student's points as plain rows [x1, x2, label]: taken from the page, and which numbers are valid in them.

import { configuration, parsed, text } from "../configuration.mjs";

/** @typedef {[number, number, 0 | 1]} Row */

export const SETTINGS = configuration.own_data;

/** A coordinate as it is kept; never -0. @param {number} value */
export function rounded(value) {
  return Number(value.toFixed(SETTINGS.decimals)) + 0;
}

/**
 * The points of the run on the page, as a student's own: what is above the middle is class 1.
 * @param {any} head of a run; without one there are two points to start with
 * @returns {Row[]}
 */
export function rowsOf(head) {
  if (!head) return SETTINGS.first;
  const { points, targets, test_points: testPoints = [], test_targets: testTargets = [], middle } = head;
  const labels = [...targets, ...testTargets].map((target) => Number(target > middle));
  const rows = [...points, ...testPoints].map((point, row) => /** @type {Row} */ ([...unstandardized(point, head).map(rounded), labels[row]]));
  return rows.slice(0, SETTINGS.most_rows);
}

/** @typedef {{standardization?: number[][] | null}} Plane the means and deviations of its standardized points, if they are */

/** Where a student's point lies on a run's plane. @param {readonly number[]} point @param {Plane} plane */
export function standardized([x1, x2], { standardization }) {
  if (!standardization) return [x1, x2];
  const [mean, deviation] = standardization;
  return [(x1 - mean[0]) / deviation[0], (x2 - mean[1]) / deviation[1]];
}

/** The student's own numbers of a place on a run's plane. @param {readonly number[]} place @param {Plane} plane */
export function unstandardized([z1, z2], { standardization }) {
  if (!standardization) return [z1, z2];
  const [mean, deviation] = standardization;
  return [z1 * deviation[0] + mean[0], z2 * deviation[1] + mean[1]];
}

/** How far from 0 the farthest coordinate is. @param {Row[]} rows */
export function farthest(rows) {
  return rows.reduce((most, [x1, x2]) => Math.max(most, Math.abs(x1), Math.abs(x2)), 0);
}

/**
 * The coordinate that somebody typed, or what is wrong with it.
 * @param {string} written
 * @returns {{value: number, wrong?: undefined} | {wrong: string, value?: undefined}}
 */
export function typed(written) {
  const value = parsed(written);
  if (Number.isNaN(value)) return { wrong: text("own.wrong.number", { value: written.trim() }) };
  if (Math.abs(value) <= SETTINGS.largest) return { value: rounded(value) };
  return { wrong: text("own.wrong.largest", { value: written.trim(), bound: SETTINGS.largest }) };
}
