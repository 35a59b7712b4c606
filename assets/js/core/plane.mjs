// A part of the plane, and what a network computes over it, as in nnlab/core/plane.py.

import { activationOf } from "./activations.mjs";
import { featureOf } from "./features.mjs";
import { checkParameters, layerStarts } from "./network.mjs";
import { weightedSums } from "./products.mjs";

/** @typedef {import("./network.mjs").Form} Form */

const BLOCK = 512; // points that are taken through all layers together, so that their numbers stay in a core's cache

/**
 * Coordinates from low to high, both included, evenly apart.
 * @param {readonly number[]} domain low and high
 * @param {number} size at least 2
 */
export function axis([low, high], size) {
  const step = (high - low) / (size - 1);
  return Float64Array.from({ length: size }, (_, at) => (at === size - 1 ? high : at * step + low));
}

/**
 * A rectangular grid on which one network after another is drawn: columns follow x1, rows follow x2.
 *
 * A feature of one coordinate is computed once, and its part of the first layer's sums once a column or once a row; only features of
 * both are looked at point by point. No memory is asked for from one network to the next.
 */
export class Plane {
  #form;
  #starts;
  #activations;
  #ofColumns; // features of x1: their places among the inputs, and values
  #ofRows;
  #ofBoth; // their places and functions
  #perColumn; // the first layer's sums over features of x1, and the bias: a row a unit
  #mixed; // the values of features of both coordinates in the block at work
  #blocks; // activations of a layer and of the one before, by turns: a row a unit
  #rowsAtOnce;

  /**
   * @param {Form} form of the networks to come
   * @param {Float64Array} x1s of the columns
   * @param {Float64Array} x2s of the rows
   */
  constructor(form, x1s, x2s) {
    this.x1s = x1s;
    this.x2s = x2s;
    this.#form = form;
    this.#starts = layerStarts(form.layer_sizes);
    this.#activations = form.activations.map(activationOf);
    const features = form.features.map((name, input) => ({ input, ...featureOf(name) }));
    this.#ofColumns = features.filter(({ of }) => of === "x1").map(({ input, at }) => ({ input, values: x1s.map((x1) => at(x1, 0)) }));
    this.#ofRows = features.filter(({ of }) => of === "x2").map(({ input, at }) => ({ input, values: x2s.map((x2) => at(0, x2)) }));
    this.#ofBoth = features.filter(({ of }) => of === "both");
    this.#rowsAtOnce = Math.max(1, Math.floor(BLOCK / x1s.length));
    const stride = this.#rowsAtOnce * x1s.length;
    const widest = Math.max(...form.layer_sizes.slice(1));
    this.#perColumn = new Float64Array(form.layer_sizes[1] * x1s.length);
    this.#mixed = new Float64Array(stride);
    this.#blocks = [new Float64Array(widest * stride), new Float64Array(widest * stride)];
  }

  /** How many points there are. */
  get size() {
    return this.x1s.length * this.x2s.length;
  }

  /**
   * The output at every point, row by row.
   * @param {Float64Array} parameters
   * @param {Float64Array} [out] (rows x columns), written to
   */
  outputs(parameters, out = new Float64Array(this.size)) {
    return this.rows(parameters, 0, this.x2s.length, out);
  }

  /**
   * What the output, or another unit, answers at some rows, each written to its own place in a whole picture: so a sharp one can be made a
   * part at a time.
   * @param {Float64Array} parameters
   * @param {number} from the first row
   * @param {number} to before this row
   * @param {Float64Array} out (rows x columns)
   * @param {{column: number, unit: number}} [its] column 0 are the features, 1 is the first layer
   */
  rows(parameters, from, to, out, its = { column: this.#activations.length, unit: 0 }) {
    if (its.column === 0) this.#feature(its.unit, from, to, out);
    else {
      this.#through(parameters, from, to, (layer, values, stride, count, at) => {
        if (layer + 1 === its.column) out.set(values.subarray(its.unit * stride, its.unit * stride + count), at);
      }, its.column);
    }
    return out;
  }

  /** A feature at some rows. @param {number} input @param {number} from @param {number} to @param {Float64Array} out */
  #feature(input, from, to, out) {
    const { at } = featureOf(this.#form.features[input]);
    const columns = this.x1s.length;
    for (let point = from * columns; point < to * columns; point += 1) out[point] = at(this.x1s[point % columns], this.x2s[Math.floor(point / columns)]);
  }

  /**
   * Every unit's activation at every point: the features, then each layer, the output's last.
   * @param {Float64Array} parameters
   * @param {Float64Array[][]} [out] what an earlier call has given, written over
   */
  units(parameters, out = this.#maps()) {
    this.#through(parameters, 0, this.x2s.length, (layer, values, stride, count, at) => {
      out[layer + 1].forEach((map, unit) => map.set(values.subarray(unit * stride, unit * stride + count), at));
    });
    return out;
  }

  /** The features' maps, which no parameter changes, and as many blank ones as there are units. */
  #maps() {
    const { features, layer_sizes: sizes } = this.#form;
    const given = features.map((_, input) => {
      const map = new Float64Array(this.size);
      this.#feature(input, 0, this.x2s.length, map);
      return map;
    });
    return [given, ...sizes.slice(1).map((units) => Array.from({ length: units }, () => new Float64Array(this.size)))];
  }

  /**
   * Take rows through the network, a block at a time.
   * @param {Float64Array} parameters
   * @param {number} from
   * @param {number} to
   * @param {(layer: number, values: Float64Array, stride: number, count: number, at: number) => void} visit is given each layer's
   *   activations, (units, stride), of which each row's first `count` are those of the points from `at`
   * @param {number} [layers] how far; all the way, if it is not said
   */
  #through(parameters, from, to, visit, layers = this.#activations.length) {
    checkParameters(this.#form, parameters);
    this.#sumColumns(parameters);
    const columns = this.x1s.length;
    const sizes = this.#form.layer_sizes;
    const stride = this.#rowsAtOnce * columns;
    for (let row = from; row < to; row += this.#rowsAtOnce) {
      const count = Math.min(this.#rowsAtOnce, to - row) * columns;
      let [values, spare] = this.#blocks;
      this.#firstSums(parameters, row, count, values);
      for (let layer = 0; layer < layers; layer += 1) {
        if (layer > 0) {
          weightedSums(parameters, this.#starts[layer], sizes[layer], sizes[layer + 1], values, spare, stride, count);
          [values, spare] = [spare, values];
        }
        for (let unit = 0; unit < sizes[layer + 1]; unit += 1) this.#activations[layer].apply(values, unit * stride, unit * stride + count);
        visit(layer, values, stride, count, row * columns);
      }
    }
  }

  /**
   * The part of the first layer's sums that is the same in every row.
   * @param {Float64Array} parameters
   */
  #sumColumns(parameters) {
    const [inputs, units] = this.#form.layer_sizes;
    const columns = this.x1s.length;
    for (let unit = 0; unit < units; unit += 1) {
      const weights = unit * (inputs + 1);
      const start = unit * columns;
      this.#perColumn.fill(parameters[weights + inputs], start, start + columns);
      for (const { input, values } of this.#ofColumns) {
        for (let column = 0; column < columns; column += 1) this.#perColumn[start + column] += parameters[weights + input] * values[column];
      }
    }
  }

  /**
   * The first layer's sums at the points of a block.
   * @param {Float64Array} parameters
   * @param {number} row the first
   * @param {number} count of points
   * @param {Float64Array} sums
   */
  #firstSums(parameters, row, count, sums) {
    const [inputs, units] = this.#form.layer_sizes;
    const columns = this.x1s.length;
    const stride = this.#rowsAtOnce * columns;
    for (let unit = 0; unit < units; unit += 1) {
      const weights = unit * (inputs + 1);
      for (let at = 0; at < count; at += columns) {
        let ofRow = 0;
        for (const { input, values } of this.#ofRows) ofRow += parameters[weights + input] * values[row + at / columns];
        const [out, start] = [unit * stride + at, unit * columns];
        for (let column = 0; column < columns; column += 1) sums[out + column] = this.#perColumn[start + column] + ofRow;
      }
    }
    for (const feature of this.#ofBoth) {
      this.#mix(feature.at, row, count);
      for (let unit = 0; unit < units; unit += 1) {
        const weight = parameters[unit * (inputs + 1) + feature.input];
        for (let at = 0; at < count; at += 1) sums[unit * stride + at] += weight * this.#mixed[at];
      }
    }
  }

  /**
   * A feature of both coordinates at the points of a block.
   * @param {(x1: number, x2: number) => number} value
   * @param {number} row
   * @param {number} count
   */
  #mix(value, row, count) {
    const columns = this.x1s.length;
    for (let at = 0; at < count; at += columns) {
      const x2 = this.x2s[row + at / columns];
      for (let column = 0; column < columns; column += 1) this.#mixed[at + column] = value(this.x1s[column], x2);
    }
  }
}
