// Reads the binary form of a run as it arrives, and writes it; docs/run-format.md describes it.

import { bytesOf, json, jsonAndNumbers, RecordReader } from "./records.mjs";

const FRAMES_BYTES = 24;

/**
 * Some networks of a run, not always in the order of epochs, and every cost since the record before.
 * @typedef {{first: number, costs: Float64Array, testCosts: Float64Array, epochs: Uint32Array, parameters: Float64Array[],
 *            gradients: Float64Array[]}} Frames
 * @typedef {{reason: string, epoch: number, cost: number, test_cost: number | null}} Tail
 * @typedef {import("../core/network.mjs").Experiment & Record<string, any>} Experiment every setting, by its name
 * @typedef {Object} Head the run as it was understood, and what will come
 * @property {Experiment} experiment
 * @property {Record<string, any>} view
 * @property {number[]} epochs
 * @property {number[]} domain
 * @property {number} middle
 * @property {number} reach
 * @property {boolean} regression
 * @property {number[][]} points
 * @property {number[]} targets
 * @property {number[][]} test_points
 * @property {number[]} test_targets
 * @property {number[][] | null} standardization
 * @property {number[][][]} weights
 * @property {number[][]} biases
 *
 * @typedef {{kind: "head", head: Head} | {kind: "frames", frames: Frames} | {kind: "tail", tail: Tail}} RunRecord
 */

/**
 * Gives the records of a run.
 * @extends {RecordReader<RunRecord>}
 */
export class RunReader extends RecordReader {
  constructor() {
    super(record);
  }
}

/**
 * @param {string} kind
 * @param {Uint8Array<ArrayBuffer>} body
 * @returns {RunRecord}
 */
function record(kind, body) {
  if (kind === "H") return { kind: "head", head: json(body) };
  if (kind === "F") return { kind: "frames", frames: frames(body) };
  if (kind === "T") return { kind: "tail", tail: jsonAndNumbers(body)[0] };
  throw new Error(`a record must be one of H, F and T, got ${kind}`);
}

/** @param {Uint8Array<ArrayBuffer>} body @returns {Frames} */
function frames(body) {
  const view = new DataView(body.buffer, body.byteOffset);
  const [first, costs, tests, count, parameters, gradients] = [0, 4, 8, 12, 16, 20].map((at) => view.getUint32(at, true));
  let at = body.byteOffset + FRAMES_BYTES;
  const take = (/** @type {number} */ length) => {
    const numbers = new Float64Array(body.buffer, at, length);
    at += numbers.byteLength;
    return numbers;
  };
  const each = (/** @type {number} */ length) => Array.from({ length: count }, () => take(length));
  return {
    first,
    costs: take(costs),
    testCosts: take(tests),
    parameters: each(parameters),
    gradients: each(gradients),
    epochs: new Uint32Array(body.buffer, at, count),
  };
}

/**
 * The bytes that a run is kept and passed on as: what a reader makes of them is the run again.
 * @param {Head} head
 * @param {Frames} frames all of them
 * @param {Tail | null} tail
 */
export function written(head, { first, costs, testCosts, epochs, parameters, gradients }, tail) {
  const counts = [first, costs.length, testCosts.length, epochs.length, parameters[0]?.length ?? 0, gradients[0]?.length ?? 0];
  const numbers = [costs, testCosts, ...parameters, ...gradients];
  const body = bytesOf(Uint32Array.from(counts), ...numbers, epochs);
  const parts = [recorded("H", bytesOf(JSON.stringify(head))), recorded("F", body)];
  if (tail) {
    const said = bytesOf(JSON.stringify(tail));
    parts.push(recorded("T", bytesOf(Uint32Array.of(said.length), said)));
  }
  return bytesOf(...parts);
}

/** @param {string} kind @param {Uint8Array} body */
function recorded(kind, body) {
  return bytesOf(Uint8Array.of(kind.charCodeAt(0), 0, 0, 0), Uint32Array.of(body.length), body);
}
