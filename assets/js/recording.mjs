// A run as the page keeps it: every frame that has arrived, and every epoch's cost.

import { outputsOf } from "./streams/run_format.mjs";

export class Recording {
  /** @param {any} head the stream's first record */
  constructor(head) {
    this.head = head;
    this.experiment = head.experiment;
    /** @type {import("./streams/run_format.mjs").Frame[]} */
    this.frames = [];
    this.tail = null;
    this.costs = new Float64Array(head.epochs.at(-1) + 1); // [0] is before training
    this.costCount = 0;
  }

  /** @param {import("./streams/run_format.mjs").Frame} frame */
  add(frame) {
    this.costs.set(frame.costs, this.costCount);
    this.costCount += frame.costs.length;
    this.frames.push(frame);
  }

  get expected() {
    return this.head.epochs.length;
  }

  get lastEpoch() {
    return this.head.epochs.at(-1);
  }

  /** The frame of the greatest epoch up to this one, or -1 while none has arrived. */
  indexAt(epoch) {
    return this.frames.findLastIndex((frame) => frame.epoch <= epoch);
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
