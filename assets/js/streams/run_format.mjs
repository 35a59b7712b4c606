// The browser's reader of a run's binary stream; docs/run-format.md describes it.

import { json, jsonAndNumbers, RecordReader } from "./records.mjs";

const FRAME_BYTES = 32;
const MIDDLE_LEVEL = 127;

/**
 * A network after so many completed epochs, as it was sent, with what came after it of the views that are open.
 * @typedef {{epoch: number, costs: Float64Array, testCosts: Float64Array, parameters: Float64Array, outputs: Float64Array,
 *            measures: Float64Array, reach: number, levels: Uint8Array, units?: Units, hidden?: Float32Array}} Frame
 * @typedef {{reaches: Float32Array, levels: Uint8Array[]}} Units the small map of every unit, features first
 * @typedef {{reason: string, epoch: number, cost: number, outputs: number[], surface: Float64Array}} Tail
 * @typedef {{kind: "head", head: object} | {kind: "frame", frame: Frame} | {kind: "units", units: Units} |
 *           {kind: "hidden", hidden: Float32Array} | {kind: "tail", tail: Tail}} RunRecord
 */

/** Gives the records of a run. */
export class RunReader extends RecordReader {
  constructor() {
    super(record);
  }
}

/** The outputs that a frame's levels stand for: middle + reach (level - 127) / 127. */
export function outputsOf(frame, middle) {
  const step = frame.reach / MIDDLE_LEVEL;
  return Float64Array.from(frame.levels, (level) => middle + step * (level - MIDDLE_LEVEL));
}

/** @returns {RunRecord} */
function record(kind, body) {
  if (kind === "H") return { kind: "head", head: json(body) };
  if (kind === "F") return { kind: "frame", frame: frame(body) };
  if (kind === "U") return { kind: "units", units: units(body) };
  if (kind === "S") return { kind: "hidden", hidden: new Float32Array(body.buffer.slice(8)) };
  if (kind === "T") return { kind: "tail", tail: tail(body) };
  throw new Error(`a record must be one of H, F, U, S and T, got ${kind}`);
}

function frame(body) {
  const view = new DataView(body.buffer);
  const [epoch, ...counts] = [0, 4, 8, 12, 16, 20].map((offset) => view.getUint32(offset, true));
  let at = FRAME_BYTES;
  const [costs, testCosts, parameters, outputs, measures] = counts.map((count) => {
    const numbers = new Float64Array(body.buffer.slice(at, at + 8 * count));
    at += 8 * count;
    return numbers;
  });
  return { epoch, costs, testCosts, parameters, outputs, measures, reach: view.getFloat64(24, true), levels: summed(body.subarray(at)) };
}

/** Levels from their differences: sums down the columns and along the rows, modulo 256, in place. */
function summed(levels) {
  const size = Math.sqrt(levels.length);
  for (let at = size; at < levels.length; at += 1) levels[at] += levels[at - size];
  for (let row = 0; row < levels.length; row += size) for (let at = row + 1; at < row + size; at += 1) levels[at] += levels[at - 1];
  return levels;
}

function units(body) {
  const view = new DataView(body.buffer);
  const [count, size] = [0, 4].map((offset) => view.getUint32(offset, true));
  const start = 8 + 4 * count;
  const levels = Array.from({ length: count }, (_, unit) => summed(body.subarray(start + unit * size * size, start + (unit + 1) * size * size)));
  return { reaches: new Float32Array(body.buffer.slice(8, start)), levels };
}

function tail(body) {
  const [summary, surface] = jsonAndNumbers(body);
  return { ...summary, surface: new Float64Array(surface) };
}
