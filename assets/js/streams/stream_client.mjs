// Asks the server for streams. One at a time: a newer request ends the older, of which nothing is shown any more.

import { configuration } from "../configuration.mjs";

const BUSY_RETRIES = 8;
const LARGEST_PLAIN = 4096; // characters of a body that is not worth packing

/**
 * Told of each record by its kind, and of what goes wrong.
 * @typedef {{refused: (errors: any[]) => void, busy: () => void, lost: () => void,
 *            [kind: string]: (content: any) => void}} Listener
 */

export class StreamClient {
  #abort = new AbortController();
  #preview = { running: false, next: null };
  #path;
  #Reader;

  /**
   * @param {string} path where to ask
   * @param {new () => import("./records.mjs").RecordReader} Reader of what is answered
   */
  constructor(path, Reader) {
    this.#path = path;
    this.#Reader = Reader;
  }

  /** End what is under way. */
  stop() {
    this.#preview.next = null;
    this.#abort.abort();
  }

  /** Ask in place of whatever is under way. */
  run(request, listener) {
    this.#preview.next = null;
    this.#start(request, listener);
  }

  /** Ask while a slider moves: one request is in flight, and only the newest waits for it. */
  async preview(request, listener) {
    this.#preview.next = { request, listener };
    if (this.#preview.running) return;
    this.#preview.running = true;
    try {
      while (this.#preview.next) {
        const { request: newest, listener: its } = this.#preview.next;
        this.#preview.next = null;
        await this.#start(newest, its);
      }
    } finally {
      this.#preview.running = false;
    }
  }

  async #start(request, listener) {
    this.#abort.abort();
    this.#abort = new AbortController();
    const signal = this.#abort.signal;
    try {
      const response = await this.#ask(request, listener, signal);
      if (response) await read(response, new this.#Reader(), listener, signal);
    } catch (error) {
      if (!signal.aborted) {
        listener.lost();
        console.error(error);
      }
    }
  }

  /** The answer, after waiting while the server is busy; null if it refused. */
  async #ask(request, listener, signal) {
    const sent = await packed(JSON.stringify({ version: configuration.version, ...request }));
    for (let attempt = 0; attempt < BUSY_RETRIES; attempt += 1) {
      const response = await fetch(this.#path, { method: "POST", ...sent, signal }); // at once, if it was aborted meanwhile
      if (response.ok) return response;
      if (response.status !== 503) {
        const answer = await response.json();
        if (!signal.aborted) listener.refused(answer.errors);
        return null;
      }
      listener.busy();
      const seconds = Number(response.headers.get("Retry-After") ?? 1);
      await delay(1000 * seconds * (0.5 + Math.random()), signal); // jitter: a class must not come back as one
    }
    throw new Error("the server stayed busy");
  }
}

/** The body and the headers of a request; a long one, such as a table of points, goes as gzip where the browser can. */
async function packed(written) {
  const headers = { "Content-Type": "application/json" };
  if (written.length <= LARGEST_PLAIN || !("CompressionStream" in window)) return { body: written, headers };
  const stream = new Blob([written]).stream().pipeThrough(new CompressionStream("gzip"));
  return { body: await new Response(stream).arrayBuffer(), headers: { ...headers, "Content-Encoding": "gzip" } };
}

async function read(response, records, listener, signal) {
  const stream = response.body.getReader();
  let ended = false;
  for (;;) {
    const { value, done } = await stream.read();
    if (signal.aborted) return;
    if (done) break;
    for (const record of records.push(value)) {
      listener[record.kind]?.(record[record.kind]);
      ended ||= record.kind === "tail";
    }
  }
  if (!ended) throw new Error("the stream broke off");
}

function delay(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new Error("aborted"));
    });
  });
}
