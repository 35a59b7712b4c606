// Holds the results of a trainability map: how each run ended, as far as they have arrived.

import { configuration } from "../../configuration.mjs";
import { contextOf } from "../../views/canvas.mjs";

const NOBODY = 255; // not there yet
const DIVERGED = configuration.map.last_trained + 1; // between those that trained and those that failed otherwise

export class MapResults {
  /**
   * @param {any} head the stream's first record
   * @param {any} asked what it answers
   */
  constructor(head, asked) {
    this.head = head;
    this.asked = { ...asked, experiment: head.experiment, reshape: undefined };
    this.size = head.x.length;
    this.codes = new Uint8Array(this.size ** 2).fill(NOBODY);
    this.levels = new Uint8Array(this.size ** 2);
    /** @type {number[][]} */
    this.places = head.strides.map((/** @type {number} */ stride, /** @type {number} */ at) => indicesOfStride(this.size, stride, head.strides[at - 1]));
    /** @type {number | undefined} the share that trained, once all have come */
    this.trained = undefined;
    this.left = this.places.map((places) => places.length);
  }

  /** @param {{stride: number, start: number, codes: Uint8Array, levels: Uint8Array}} part */
  add({ stride, start, codes, levels }) {
    const step = this.head.strides.indexOf(stride);
    const places = this.places[step];
    codes.forEach((code, at) => {
      this.codes[places[start + at]] = code;
      this.levels[places[start + at]] = levels[at];
    });
    this.left[step] -= codes.length;
  }

  /** Whether all runs of a step have come, and of those before it. @param {number} step */
  whole(step) {
    return this.left.slice(0, step + 1).every((left) => left === 0);
  }

  /**
   * How a run ended: "trained", "diverged" or "failed", its final cost, and the epoch from which it stayed solved,
   * or null; undefined before it is there.
   * @param {number} column
   * @param {number} row
   * @returns {{end: "trained" | "failed" | "diverged", cost: number, epoch: number | null} | undefined}
   */
  run(column, row) {
    const at = row * this.size + column;
    const code = this.codes[at];
    if (code === NOBODY) return undefined;
    const { last_trained: last, levels } = configuration.map;
    const { cost_low: low, cost_high: high } = this.head;
    const cost = low * (high / low) ** (this.levels[at] / levels);
    if (code === DIVERGED) return { end: "diverged", cost, epoch: null };
    return code <= last ? { end: "trained", cost, epoch: this.#epochOf(code / last, cost) } : { end: "failed", cost, epoch: null };
  }

  /**
   * What the map says of a run, which is compared when the run is opened; null if nothing is yet.
   * @param {number} column @param {number} row @returns {import("../expected_outcome.mjs").Expected | null}
   */
  expectation(column, row) {
    const run = this.run(column, row);
    if (!run) return null;
    const { cost_low: least, cost_high: greatest, solved_cost: solved } = this.head;
    const slack = (greatest / least) ** (0.5 / configuration.map.levels); // a level's cost is known but for half a level
    return { end: run.end, cost: run.cost, slack, least, greatest, solved };
  }

  /** Whether any run has diverged, of those that are there. */
  get anyDiverged() {
    return this.codes.includes(DIVERGED);
  }

  /**
   * About the epoch from which a run stayed solved: what its code says beside how well it trained.
   * @param {number} place @param {number} cost
   */
  #epochOf(place, cost) {
    const { soon, well: span } = configuration.map;
    const { solved_cost: solved, experiment } = this.head;
    const well = Math.max(0, Math.min(1, Math.log(solved / cost) / Math.log(span)));
    const late = (place - (1 - soon) * (1 - well)) / soon;
    return Math.round(Math.max(0, Math.min(1, late)) * experiment.epochs);
  }

  /**
   * Paint it, a pixel a run; a run that is not there yet as the nearest that is, of the step before.
   * @param {HTMLCanvasElement} canvas
   * @param {Uint32Array} palette the colour of each code
   */
  paint(canvas, palette) {
    const { size, codes } = this;
    if (canvas.width !== size) canvas.width = canvas.height = size;
    const context = contextOf(canvas, { willReadFrequently: true });
    const image = context.createImageData(size, size);
    const pixels = new Uint32Array(image.data.buffer);
    const strides = this.head.strides;
    for (let row = 0; row < size; row += 1) {
      for (let column = 0; column < size; column += 1) {
        let code = codes[row * size + column];
        for (let step = strides.length - 1; code === NOBODY && step >= 0; step -= 1) {
          const stride = strides[step];
          code = codes[(row - (row % stride)) * size + column - (column % stride)];
        }
        pixels[(size - 1 - row) * size + column] = code === NOBODY ? 0 : palette[code];
      }
    }
    context.putImageData(image, 0, 0);
  }
}

/**
 * The indices of the runs that a stride adds to those of the stride before it, row by row: the order in which they come.
 * @param {number} size @param {number} stride @param {number | undefined} before
 */
function indicesOfStride(size, stride, before) {
  const places = [];
  for (let row = 0; row < size; row += stride) {
    for (let column = 0; column < size; column += stride) {
      if (before === undefined || row % before !== 0 || column % before !== 0) places.push(row * size + column);
    }
  }
  return places;
}
