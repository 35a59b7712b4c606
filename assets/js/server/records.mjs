// Reads and writes records, of which a stream consists: a letter for the kind, the length, and so many bytes; little-endian.

const RECORD_BYTES = 8;

/**
 * Takes bytes as they come and gives records as they are complete.
 * @template {{kind: string}} Entry
 */
export class RecordReader {
  #pending = new Uint8Array(0);
  /** @type {(kind: string, body: Uint8Array<ArrayBuffer>) => Entry} */
  #decode;

  /** @param {(kind: string, body: Uint8Array<ArrayBuffer>) => Entry} decode told of each record's letter and body */
  constructor(decode) {
    this.#decode = decode;
  }

  /**
   * @param {Uint8Array} bytes
   * @returns {Entry[]}
   */
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

/** What a body of JSON says. @param {Uint8Array} body */
export function json(body) {
  return JSON.parse(new TextDecoder().decode(body));
}

/** JSON with its length before it, and the numbers after it. @param {Uint8Array<ArrayBuffer>} body @returns {[any, ArrayBuffer]} */
export function jsonAndNumbers(body) {
  const length = new DataView(body.buffer).getUint32(0, true);
  return [json(body.subarray(4, 4 + length)), body.buffer.slice(4 + length)];
}

/**
 * The bytes of some texts and numbers, one after another. (Every machine that runs a browser is little-endian.)
 * @param {...(string | ArrayBufferView)} parts
 */
export function bytesOf(...parts) {
  const pieces = parts.map((part) =>
    typeof part === "string" ? new TextEncoder().encode(part) : new Uint8Array(part.buffer, part.byteOffset, part.byteLength),
  );
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** @param {Uint8Array} first @param {Uint8Array} second */
function joined(first, second) {
  if (first.length === 0) return second;
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
