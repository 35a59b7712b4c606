// A stream is a row of records: a letter for the kind, the length, and so many bytes. Numbers are little-endian.

const RECORD_BYTES = 8;

/** Takes bytes as they come and gives records as they are complete. */
export class RecordReader {
  #pending = new Uint8Array(0);
  #decode;

  /** @param {(kind: string, body: Uint8Array) => {kind: string}} decode told of each record's letter and body */
  constructor(decode) {
    this.#decode = decode;
  }

  /** @param {Uint8Array} bytes */
  push(bytes) {
    const data = joined(this.#pending, bytes);
    const records = [];
    let start = 0;
    while (data.length - start >= RECORD_BYTES) {
      const length = new DataView(data.buffer, data.byteOffset + start + 4, 4).getUint32(0, true);
      const end = start + RECORD_BYTES + length;
      if (end > data.length) break;
      records.push(this.#decode(String.fromCharCode(data[start]), data.slice(start + RECORD_BYTES, end)));
      start = end;
    }
    this.#pending = data.slice(start);
    return records;
  }
}

/** What a body of JSON says. */
export function json(body) {
  return JSON.parse(new TextDecoder().decode(body));
}

/** JSON with its length before it, and the numbers after it. */
export function jsonAndNumbers(body) {
  const length = new DataView(body.buffer).getUint32(0, true);
  return [json(body.subarray(4, 4 + length)), body.buffer.slice(4 + length)];
}

function joined(first, second) {
  if (first.length === 0) return second;
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
