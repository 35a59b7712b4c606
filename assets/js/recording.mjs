// A run as the page keeps it: every frame that has arrived, and every epoch's cost.

import { outputsOf } from "./streams/run_format.mjs";

export class Recording {
  #measures;

  /** @param {any} head the stream's first record */
  constructor(head) {
    this.head = head;
    this.experiment = head.experiment;
    /** @type {import("./streams/run_format.mjs").Frame[]} */
    this.frames = [];
    this.tail = null;
    const epochs = head.epochs.at(-1) + 1;
    this.costs = new Float64Array(epochs); // [0] is before training
    this.testCosts = new Float64Array(head.test_targets.length ? epochs : 0);
    this.costCount = 0;
    this.#measures = new Map(head.measures.map((name, at) => [name, at]));
  }

  /** @param {import("./streams/run_format.mjs").Frame} frame */
  add(frame) {
    this.costs.set(frame.costs, this.costCount);
    this.testCosts.set(frame.testCosts, this.testCosts.length ? this.costCount : 0);
    this.costCount += frame.costs.length;
    this.frames.push(frame);
  }

  /** How many frames there will be; a run that ends early has fewer than were announced. */
  get expected() {
    return this.tail ? this.frames.length : this.head.epochs.length;
  }

  get lastEpoch() {
    return this.tail ? this.tail.epoch : this.head.epochs.at(-1);
  }

  /** Whether the views that are open have what they paint. */
  covers(view) {
    return Object.entries(view).every(([name, wanted]) => !wanted || this.head.view[name]);
  }

  /** The frame of the greatest epoch up to this one, or -1 while none has arrived. */
  indexAt(epoch) {
    return this.frames.findLastIndex((frame) => frame.epoch <= epoch);
  }

  /** A number that was measured at a frame, by its name; undefined if this run has no such number. */
  measure(index, name) {
    return this.frames[index].measures[this.#measures.get(name)];
  }

  /** A frame's surface: exact for the last one once the tail is there, else from its levels. */
  surface(index) {
    if (this.isExact(index)) return this.tail.surface;
    return outputsOf(this.frames[index], this.head.middle);
  }

  /** Whether a frame's surface has come in full precision. */
  isExact(index) {
    return index === this.frames.length - 1 && this.tail !== null && this.tail.surface.length > 0;
  }
}
