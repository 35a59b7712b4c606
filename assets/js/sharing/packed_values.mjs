// Packs the long values of a link and caches their packed form: own data, the weights of a large network, a task. An address must be
// written at once, and packing takes a moment, so they are packed beforehand.

import { isPacked, pack, unpack } from "./text_compression.mjs";

const LONG = 400; // letters of JSON: what is shorter stays readable, and can be edited by hand
const MOST_REMEMBERED = 24;
const DEEPEST = 4; // lists in lists; no setting has more, and what nests without end cannot be written as JSON
const COORDINATE = 1e4; // own points have four decimals
const POINTS = /^(?:-?\d{1,11},-?\d{1,11}[ab])+$/;
const POINT = /(-?\d+),(-?\d+)([ab])/g;

/** @type {Map<string, string>} a text -> as packed; the newest last */
const remembered = new Map();

/**
 * Have texts packed for addresses to come.
 * @param {string[]} texts
 * @returns {Promise<void> | null} null if they are
 */
export function prepare(texts) {
  const missing = texts.filter((text) => !remembered.has(text));
  if (missing.length === 0 || typeof CompressionStream === "undefined") return null;
  return Promise.all(missing.map(pack)).then((packed) => {
    missing.forEach((text, at) => remembered.set(text, packed[at]));
    for (const text of [...remembered.keys()].slice(0, -MOST_REMEMBERED)) remembered.delete(text);
  });
}

/** A text as it was packed, or null. @param {string} text */
export function packed(text) {
  return remembered.get(text) ?? null;
}

/** The text that a value is packed as; null if it is short enough to stand as it is. @param {string} setting @param {any} value */
export function longText(setting, value) {
  if (!Array.isArray(value)) return null;
  const json = JSON.stringify(value);
  if (json.length < LONG) return null;
  return setting === "points" && value.every(isPoint) ? value.map(pointText).join("") : json;
}

/** @param {any} row */
function isPoint(row) {
  if (!Array.isArray(row) || row.length !== 3) return false;
  const [x1, x2, label] = row;
  const decimal = (/** @type {number} */ value) => Math.round(value * COORDINATE) / COORDINATE === value;
  return decimal(x1) && decimal(x2) && (label === 0 || label === 1);
}

/** A point in whole ten-thousandths, and its class: a or b. @param {import("../own_data/points.mjs").Row} point */
function pointText([x1, x2, label]) {
  return `${Math.round(x1 * COORDINATE)},${Math.round(x2 * COORDINATE)}${"ab"[label]}`;
}

/**
 * The value behind what stands in an address, plain or packed. It throws if there is none.
 * @param {string} setting @param {string} written
 */
export async function valueOf(setting, written) {
  const text = isPacked(written) ? await unpack(written) : written;
  if (setting === "points" && POINTS.test(text)) {
    return Array.from(text.matchAll(POINT), ([, x1, x2, label]) => [Number(x1) / COORDINATE, Number(x2) / COORDINATE, Number(label === "b")]);
  }
  const value = JSON.parse(text);
  if (isDeeper(value, DEEPEST)) throw new RangeError(`lists must be nested at most ${DEEPEST} deep`);
  return value;
}

/** @param {any} value @param {number} depth @returns {boolean} */
function isDeeper(value, depth) {
  if (typeof value !== "object" || value === null) return false;
  return depth === 0 || Object.values(value).some((part) => isDeeper(part, depth - 1));
}

/** A short name for a value, to know it again by. @param {any} value */
export function digest(value) {
  let hash = 0x811c9dc5; // FNV-1a
  for (const letter of JSON.stringify(value) ?? "") hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(36);
}
