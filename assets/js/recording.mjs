// A run as the page keeps it: every frame that has arrived, and every epoch's cost.

import { outputsOf } from "./run_format.mjs";

export class Recording {
  /** @param {any} head the stream's first record */
  constructor(head) {
    this.head = head;
    this.experiment = head.experiment;
    /** @type {import("./run_format.mjs").Frame[]} */
    this.frames = [];
    this.tail = null;
    this.costs = new Float64Array(head.epochs.at(-1) + 1); // [0] is before training
    this.costCount = 0;
  }

  /** @param {import("./run_format.mjs").Frame} frame */
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
    const exact = this.tail?.surface;
    if (exact?.length && index === this.frames.length - 1) return exact;
    return outputsOf(this.frames[index], this.head.middle);
  }

  /** A frame's weights and biases in the shapes of the mathematics. */
  parameters(index) {
    const sizes = this.head.layer_sizes;
    const numbers = this.frames[index].parameters;
    let at = 0;
    return sizes.slice(1).map((units, layer) => {
      const width = sizes[layer] + 1;
      return Array.from({ length: units }, () => {
        const row = Array.from(numbers.subarray(at, at + width));
        at += width;
        return { weights: row.slice(0, -1), bias: row.at(-1) };
      });
    });
  }
}
