// Requests streams from the server, one at a time: a newer request ends the older, of which nothing is shown any more. A request to a
// server that is busy or lost is repeated with growing pauses, until it is answered or something newer is wanted.

import { configuration } from "../configuration.mjs";
import { retryDelays, waitToRetry } from "./retry.mjs";
import { requestBody } from "./request_body.mjs";

const SOON = 1; // seconds

/**
 * Told of each record by its kind, and of what goes wrong: the server is busy or lost, and will be asked again; the request is refused.
 * @typedef {{refused: (errors: any[]) => void, busy: () => void, lost: () => void, [kind: string]: (content: any) => void}} Listener
 */

export class StreamClient {
  #abort = new AbortController();
  #newer = new AbortController(); // of a preview: a pause before the one under way is asked again is over
  /** @type {{running: boolean, next: {request: any, listener: Listener} | null}} */
  #preview = { running: false, next: null };
  #path;
  #Reader;

  /**
   * @param {string} path where to ask
   * @param {new () => import("./records.mjs").RecordReader<any>} Reader of what is answered
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

  /** Ask in place of whatever is under way. @param {any} request @param {Listener} listener */
  run(request, listener) {
    this.#preview.next = null;
    this.#start(request, listener);
  }

  /** Ask while a slider moves: one request is in flight, and only the newest waits for it. @param {any} request @param {Listener} listener */
  async preview(request, listener) {
    this.#preview.next = { request, listener };
    this.#newer.abort();
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

  /** Ask until there is an answer, or something newer is wanted. @param {any} request @param {Listener} listener */
  async #start(request, listener) {
    this.#abort.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    const written = await requestBody({ version: configuration.version, ...request });
    for (const seconds of retryDelays()) {
      if (signal.aborted) return;
      const after = await this.#ask(written, listener, signal);
      if (after === null || signal.aborted) return;
      this.#newer = new AbortController();
      if (this.#preview.next) return; // a hand that drags has something newer
      await waitToRetry(Math.max(after, seconds), [signal, this.#newer.signal]);
      if (this.#preview.next) return;
    }
  }

  /**
   * Ask once, and read the answer.
   * @param {RequestInit} written @param {Listener} listener @param {AbortSignal} signal
   * @returns {Promise<number | null>} after how many seconds to come again; null if there is nothing more to do
   */
  async #ask(written, listener, signal) {
    try {
      const response = await fetch(this.#path, { ...written, signal });
      if (response.status === 503) {
        told(listener, "busy");
        return Number(response.headers.get("Retry-After") ?? SOON);
      }
      if (response.ok) await read(response, new this.#Reader(), listener, signal);
      else {
        const answer = await response.json();
        if (!signal.aborted) told(listener, "refused", answer.errors);
      }
      return null;
    } catch (error) {
      if (signal.aborted) return null;
      console.warn(error);
      told(listener, "lost");
      return SOON;
    }
  }
}

/**
 * @param {Response} response
 * @param {import("./records.mjs").RecordReader<any>} reader
 * @param {Listener} listener
 * @param {AbortSignal} signal
 */
async function read(response, reader, listener, signal) {
  const stream = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  let ended = false;
  for (;;) {
    const { value, done } = await stream.read();
    if (signal.aborted) return;
    if (done) break;
    const records = recordsIn(value, reader);
    if (!records) return stream.cancel();
    for (const record of records) {
      told(listener, record.kind, record[record.kind]);
      if (signal.aborted) return; // it has asked for something newer
      ended ||= record.kind === "tail";
    }
  }
  if (!ended) throw new Error("the stream broke off");
}

/**
 * What has come; null if it cannot be read, which asking again would not mend.
 * @param {Uint8Array} bytes
 * @param {import("./records.mjs").RecordReader<any>} reader
 */
function recordsIn(bytes, reader) {
  try {
    return reader.push(bytes);
  } catch (error) {
    reportError(error);
    return null;
  }
}

/**
 * Tell a listener. What it throws is our fault and none of the connection: it is reported, and reading goes on.
 * @param {Listener} listener @param {string} kind @param {any} [content]
 */
function told(listener, kind, content) {
  try {
    listener[kind]?.(content);
  } catch (error) {
    reportError(error);
  }
}
