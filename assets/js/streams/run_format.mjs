// The browser's reader of a run's binary stream; docs/run-format.md describes it. Numbers are little-endian.

const RECORD_BYTES = 8;
const FRAME_BYTES = 24;
const MIDDLE_LEVEL = 127;

/**
 * A network after so many completed epochs, as it was sent.
 * @typedef {{epoch: number, costs: Float64Array, parameters: Float64Array, outputs: Float64Array,
 *            reach: number, levels: Uint8Array}} Frame
 * @typedef {{reason: string, epoch: number, cost: number, outputs: number[], surface: Float64Array}} Tail
 * @typedef {{kind: "head", head: object} | {kind: "frame", frame: Frame} | {kind: "tail", tail: Tail}} RunRecord
 */

/** Takes bytes as they come and gives records as they are complete. */
export class RunReader {
  #pending = new Uint8Array(0);

  /**
   * @param {Uint8Array} bytes
   * @returns {RunRecord[]}
   */
  push(bytes) {
    const data = joined(this.#pending, bytes);
    const records = [];
    let start = 0;
    while (data.length - start >= RECORD_BYTES) {
      const length = new DataView(data.buffer, data.byteOffset + start + 4, 4).getUint32(0, true);
      const end = start + RECORD_BYTES + length;
      if (end > data.length) break;
      records.push(record(String.fromCharCode(data[start]), data.slice(start + RECORD_BYTES, end)));
      start = end;
    }
    this.#pending = data.slice(start);
    return records;
  }
}

/** The outputs that a frame's levels stand for: middle + reach (level - 127) / 127. */
export function outputsOf(frame, middle) {
  const step = frame.reach / MIDDLE_LEVEL;
  return Float64Array.from(frame.levels, (level) => middle + step * (level - MIDDLE_LEVEL));
}

function record(kind, body) {
  if (kind === "H") return { kind: "head", head: JSON.parse(new TextDecoder().decode(body)) };
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
  const length = new DataView(body.buffer).getUint32(0, true);
  const summary = JSON.parse(new TextDecoder().decode(body.subarray(4, 4 + length)));
  return { ...summary, surface: new Float64Array(body.buffer.slice(4 + length)) };
}

function joined(first, second) {
  if (first.length === 0) return second;
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
