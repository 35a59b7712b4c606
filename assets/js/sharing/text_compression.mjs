// Compresses texts into letters that an address can hold, and back. What is unpacked is bounded: a few letters in a link
// can hold gigabytes.

const PACKED = "z:";
const MOST_BYTES = 64 * 1024; // of a text once it is opened, in UTF-8
const MOST_LETTERS = 100_000; // packed; what does not shrink at all is shorter
const SLICE = 512; // bytes given to the inflater at once: it makes no more of them than half a megabyte

/** Whether something is written so. @param {string} written */
export function isPacked(written) {
  return written.startsWith(PACKED);
}

/**
 * @param {string} text
 * @returns {Promise<string>}
 */
export async function pack(text) {
  const deflated = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(deflated).arrayBuffer());
  const letters = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return PACKED + letters.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * The text that was packed. It throws, whatever is wrong with it.
 * @param {string} written
 * @returns {Promise<string>}
 */
export async function unpack(written) {
  if (!isPacked(written) || written.length > MOST_LETTERS) throw new RangeError("this is not packed, or too long to open");
  const letters = atob(written.slice(PACKED.length).replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  const inflated = slices(bytes).pipeThrough(new DecompressionStream("deflate-raw"));
  return new TextDecoder("utf-8", { fatal: true }).decode(await readAtMost(inflated, MOST_BYTES));
}

/** Bytes as a stream that is asked for each slice. @param {Uint8Array<ArrayBuffer>} bytes */
function slices(bytes) {
  let at = 0;
  const pull = (/** @type {ReadableStreamDefaultController} */ controller) => {
    if (at < bytes.length) controller.enqueue(bytes.slice(at, at + SLICE));
    else controller.close();
    at += SLICE;
  };
  return new ReadableStream({ pull }, { highWaterMark: 0 });
}

/** @param {ReadableStream<Uint8Array<ArrayBuffer>>} stream @param {number} most */
async function readAtMost(stream, most) {
  const reader = stream.getReader();
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const parts = [];
  let size = 0;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return new Uint8Array(await new Blob(parts).arrayBuffer());
    size += value.length;
    if (size > most) {
      await reader.cancel();
      throw new RangeError(`a packed text must hold at most ${most} bytes`);
    }
    parts.push(value);
  }
}
