// The browser's reader of a run's binary stream; docs/run-format.md describes it.

import { json, jsonAndNumbers, RecordReader } from "./records.mjs";

const FRAME_BYTES = 24;
const MIDDLE_LEVEL = 127;

/**
 * A network after so many completed epochs, as it was sent.
 * @typedef {{epoch: number, costs: Float64Array, parameters: Float64Array, outputs: Float64Array,
 *            reach: number, levels: Uint8Array}} Frame
 * @typedef {{reason: string, epoch: number, cost: number, outputs: number[], surface: Float64Array}} Tail
 * @typedef {{kind: "head", head: object} | {kind: "frame", frame: Frame} | {kind: "tail", tail: Tail}} RunRecord
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
  if (kind === "T") return { kind: "tail", tail: tail(body) };
  throw new Error(`a record must be one of H, F and T, got ${kind}`);
}

function frame(body) {
  const view = new DataView(body.buffer);
  const [epoch, ...counts] = [0, 4, 8, 12].map((offset) => view.getUint32(offset, true));
  let at = FRAME_BYTES;
  const [costs, parameters, outputs] = counts.map((count) => {
    const numbers = new Float64Array(body.buffer.slice(at, at + 8 * count));
    at += 8 * count;
    return numbers;
  });
  return { epoch, costs, parameters, outputs, reach: view.getFloat64(16, true), levels: body.subarray(at) };
}

function tail(body) {
  const [summary, surface] = jsonAndNumbers(body);
  return { ...summary, surface: new Float64Array(surface) };
}
