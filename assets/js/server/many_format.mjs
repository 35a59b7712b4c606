// Reads the responses about many networks; docs/many-format.md describes the format.

import { json, jsonAndNumbers, RecordReader } from "./records.mjs";

const PART_BYTES = 12;

/**
 * @typedef {{kind: "head", head: any} | {kind: "progress", progress: {share: number}} |
 *           {kind: "part", part: {stride: number, start: number, codes: Uint8Array, levels: Uint8Array}} |
 *           {kind: "numbers", numbers: {cost: Float64Array, since: Int32Array}} |
 *           {kind: "slice", slice: {x: number[], y: number[], point: number[], cost: Float32Array}} |
 *           {kind: "tail", tail: any}} ManyRecord
 */

/**
 * Gives the records of an answer.
 * @extends {RecordReader<ManyRecord>}
 */
export class ManyReader extends RecordReader {
  constructor() {
    super(record);
  }
}

/**
 * @param {string} kind
 * @param {Uint8Array<ArrayBuffer>} body
 * @returns {ManyRecord}
 */
function record(kind, body) {
  if (kind === "H") return { kind: "head", head: json(body) };
  if (kind === "P") return { kind: "progress", progress: jsonAndNumbers(body)[0] };
  if (kind === "M") return { kind: "part", part: part(body) };
  if (kind === "N") return { kind: "numbers", numbers: numbers(body) };
  if (kind === "L") return { kind: "slice", slice: slice(body) };
  if (kind === "T") return { kind: "tail", tail: tail(body) };
  throw new Error(`a record must be one of H, P, M, N, L and T, got ${kind}`);
}

/** @param {Uint8Array<ArrayBuffer>} body */
function part(body) {
  const view = new DataView(body.buffer);
  const [stride, start, count] = [0, 4, 8].map((offset) => view.getUint32(offset, true));
  const points = body.subarray(PART_BYTES);
  return { stride, start, codes: points.subarray(0, count), levels: points.subarray(count) };
}

/** @param {Uint8Array<ArrayBuffer>} body */
function numbers(body) {
  const runs = body.length / 12;
  return {
    cost: new Float64Array(body.buffer.slice(0, 8 * runs)),
    since: new Int32Array(body.buffer.slice(8 * runs)),
  };
}

/** @param {Uint8Array<ArrayBuffer>} body */
function slice(body) {
  const [values, cost] = jsonAndNumbers(body);
  return { ...values, cost: new Float32Array(cost) };
}

/**
 * Of many starts: every final cost, the networks of the wall, and how every start ended, a place in `ends`.
 * @param {Uint8Array<ArrayBuffer>} body
 */
function tail(body) {
  const [summary, rest] = jsonAndNumbers(body);
  const starts = summary.success?.count ?? 0;
  const costs = new Float64Array(rest.slice(0, 8 * starts));
  const all = new Float64Array(rest.slice(8 * starts, rest.byteLength - starts));
  const pictured = summary.wall?.length ?? 0;
  const count = all.length / Math.max(1, pictured);
  const networks = Array.from({ length: pictured }, (_, at) => all.subarray(at * count, (at + 1) * count));
  return { ...summary, costs, networks, endings: new Uint8Array(rest.slice(rest.byteLength - starts)) };
}
