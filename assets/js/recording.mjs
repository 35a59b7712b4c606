// A run as the page keeps it: plain data, of which everything that is drawn can be computed again.

import { RunReader, written } from "./server/run_format.mjs";

/**
 * @typedef {import("./server/run_format.mjs").Head} Head
 * @typedef {import("./server/run_format.mjs").Frames} Frames
 * @typedef {import("./server/run_format.mjs").Tail} Tail
 */

/**
 * Frames stand in the order of their epochs, and are not there before they have arrived: of what is received together, the newest
 * comes first. A recording that was copied field by field, to another tab or into a store, is one again by `Recording.of`.
 */
export class Recording {
  /** @type {(Float64Array | undefined)[]} each frame's network: every weight and bias */
  parameters = [];
  /** @type {(Float64Array | undefined)[]} each frame's size of the gradient in each layer, if it was asked for */
  gradients = [];
  /** @type {Tail | null} */
  tail = null;
  costCount = 0;

  /** @param {Head} head the stream's first record */
  constructor(head) {
    this.head = head;
    /** @type {number[]} completed epochs of each frame that there is to be */
    this.epochs = [...head.epochs];
    const epochs = head.epochs[head.epochs.length - 1] + 1;
    this.costs = new Float64Array(epochs); // [0] is before training
    this.testCosts = new Float64Array(head.test_targets.length ? epochs : 0);
  }

  /**
   * The recording whose data this is.
   * @param {any} data
   */
  static of(data) {
    return /** @type {Recording} */ (Object.assign(Object.create(Recording.prototype), data));
  }

  /**
   * The recording in the bytes of a file, which are those of a stream.
   * @param {Uint8Array} bytes
   */
  static read(bytes) {
    /** @type {Recording | null} */
    let recording = null;
    for (const record of new RunReader().push(bytes)) {
      if (record.kind === "head") recording = new Recording(record.head);
      else if (record.kind === "frames") recording?.add(record.frames);
      else if (record.kind === "tail") recording?.end(record.tail);
    }
    if (!recording?.tail) throw new Error("the file breaks off: a run must have a head, frames and a tail");
    return recording;
  }

  /** The bytes of a file that holds this recording. */
  bytes() {
    const there = this.epochs.map((_, index) => index).filter((index) => this.parameters[index]);
    const of = (/** @type {any[]} */ list) => there.map((index) => list[index]);
    const epochs = Uint32Array.from(of(this.epochs));
    const [costs, testCosts] = [this.costs, this.testCosts].map((all) => all.subarray(0, this.costCount));
    const gradients = this.hasGradients ? of(this.gradients) : [];
    return written(this.head, { first: 0, costs, testCosts, epochs, parameters: of(this.parameters), gradients }, this.tail);
  }

  /** @param {Frames} frames */
  add({ first, costs, testCosts, epochs, parameters, gradients }) {
    this.costs.set(costs, first);
    this.testCosts.set(testCosts, this.testCosts.length ? first : 0);
    this.costCount = Math.max(this.costCount, first + costs.length);
    epochs.forEach((epoch, at) => {
      let index = this.epochs.indexOf(epoch);
      if (index < 0) { // a run that ends early ends at an epoch of its own
        index = this.indexAt(epoch) + 1;
        this.epochs.splice(index, this.epochs.length - index, epoch);
      }
      this.parameters[index] = parameters[at];
      if (gradients[at]?.length) this.gradients[index] = gradients[at];
    });
  }

  /** The run is over: no more frames will come. @param {Tail} tail */
  end(tail) {
    this.tail = tail;
    this.epochs = this.epochs.filter((epoch) => epoch <= tail.epoch);
  }

  get experiment() {
    return this.head.experiment;
  }

  /** How many frames there will be; a run that ends early has fewer than were announced. */
  get expected() {
    return this.epochs.length;
  }

  get lastEpoch() {
    return this.epochs[this.epochs.length - 1];
  }

  /** How many frames have arrived without a gap, from the first on. */
  get arrived() {
    const gap = this.epochs.findIndex((_, index) => !this.parameters[index]);
    return gap < 0 ? this.epochs.length : gap;
  }

  get hasGradients() {
    return this.gradients.some(Boolean);
  }

  /** Whether the views that are open have what they paint. @param {Record<string, boolean>} view */
  covers(view) {
    return Object.entries(view).every(([name, wanted]) => !wanted || this.head.view[name]);
  }

  /** The frame of the greatest epoch up to this one, arrived or not; -1 if there is none. @param {number} epoch */
  indexAt(epoch) {
    let [low, high] = [-1, this.epochs.length - 1];
    while (low < high) {
      const middle = Math.floor((low + high + 1) / 2);
      if (this.epochs[middle] <= epoch) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The nearest frame at or before an epoch that is here, or after it if none is; -1 if none is here at all. @param {number} epoch */
  frameAt(epoch) {
    const index = this.indexAt(epoch);
    for (let at = index; at >= 0; at -= 1) if (this.parameters[at]) return at;
    return this.epochs.findIndex((_, at) => at > index && this.parameters[at]);
  }

  /** Whether the network of an epoch is here. @param {number} epoch */
  has(epoch) {
    return Boolean(this.parameters[this.indexAt(epoch)]);
  }
}
