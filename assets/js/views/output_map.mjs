// Draws a network's output over part of the plane on two canvases: the map in colours, and over it the line between the classes.
//
// While it moves it is only as coarse as the device needs, by its own measured time; at rest it is as sharp as the screen, made a part
// at a time, so that the page is never held up.

import { Plane } from "../core/plane.mjs";
import { createElement } from "../create_element.mjs";
import { paintValues } from "./colors.mjs";
import { levelLine } from "./level_line.mjs";

export const LINE_WIDTH = 2.5; // pixels
const MOVING = 1.5; // ms that a moving picture may take: what it takes goes from the number of pictures a second
const STEADY = 0.15; // a change of the size below which it stays
const SLICE = 8; // ms of a sharp one at a time
const [COARSEST, FIRST] = [40, 120]; // points a side of a moving picture
const LINE_STEP = 2; // pixels between the places at which the line of a sharp picture is looked for

/**
 * @typedef {Object} Sight what is looked at, and how
 * @property {import("../core/network.mjs").Form} form
 * @property {Float64Array} parameters
 * @property {{x: number[], y: number[]}} range of the plane
 * @property {{column: number, unit: number} | null} unit whose own answer is shown in place of the output
 * @property {(values: Float64Array) => {middle: number, reach: number, palette: Uint32Array}} scale
 * @property {number | null} level at which there is a line; null for none
 * @property {string} color of the line
 */

export class OutputMap {
  map = createElement("canvas");
  line = createElement("canvas");
  /** The line's pieces, x, y, x, y in the plane's coordinates. @type {number[]} */
  pieces = [];
  sharp = false; // whether the map has a point for each pixel of the screen
  #pixels = 0; // of the screen, a side
  #coarse = FIRST;
  /** @type {Plane | null} */
  #plane = null;
  #of = ""; // what the plane was laid for
  #values = new Float64Array(0);
  #making = 0; // the number of the sharp picture under way
  /** @type {Sight | null} */
  #sight = null;

  /** @param {HTMLElement} place */
  constructor(place) {
    place.append(this.map, this.line);
  }

  /**
   * Lie where a graph's plane lies.
   * @param {{left: number, top: number, width: number, height: number}} box
   */
  place({ left, top, width, height }) {
    const style = { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` };
    for (const canvas of [this.map, this.line]) Object.assign(canvas.style, style);
    const pixels = Math.max(COARSEST, Math.round(width * devicePixelRatio));
    if (pixels === this.#pixels) return;
    this.#pixels = pixels;
    Object.assign(this.line, { width: pixels, height: pixels });
    if (this.#sight && this.sharp) this.show(this.#sight, true);
  }

  /**
   * Paint what a network answers.
   * @param {Sight} sight
   * @param {boolean} atRest whether there is time to make it sharp
   */
  show(sight, atRest) {
    this.#sight = sight;
    this.#making += 1;
    this.sharp = false;
    const start = performance.now();
    this.#lay(sight, Math.min(this.#coarse, this.#pixels));
    this.#evaluate(sight);
    this.#paint(sight, 1);
    const took = performance.now() - start;
    if (atRest) this.#sharpen(sight, took * (this.#pixels / this.#coarse) ** 2);
    else this.#coarse = this.#next(took);
  }

  /** How many points a side the next moving picture has, after one that took so long: as many, unless far more or fewer are right. @param {number} took */
  #next(took) {
    const size = Math.round(Math.max(COARSEST, Math.min(this.#pixels, this.#coarse * Math.sqrt(pull(MOVING / took)))));
    const isEnd = size === COARSEST || size === this.#pixels;
    return !isEnd && Math.abs(size - this.#coarse) < STEADY * this.#coarse ? this.#coarse : size; // another size is another canvas, which is dear
  }

  /** Make the same picture with a point for each pixel, at once if that is soon done. @param {Sight} sight @param {number} expected ms */
  #sharpen(sight, expected) {
    if (expected < SLICE) {
      this.#lay(sight, this.#pixels);
      this.#evaluate(sight);
      this.#paint(sight, LINE_STEP);
      this.sharp = true;
      return;
    }
    const number = this.#making;
    const size = this.#pixels;
    const plane = new Plane(sight.form, along(sight.range.x, size), along(sight.range.y, size));
    const values = new Float64Array(plane.size);
    let row = 0;
    const go = () => {
      if (number !== this.#making) return; // something newer is looked at
      const end = performance.now() + SLICE;
      for (; row < size && performance.now() < end; row += 8) plane.rows(sight.parameters, row, Math.min(size, row + 8), values, sight.unit ?? undefined);
      if (row < size) setTimeout(go);
      else {
        [this.#plane, this.#of, this.#values] = [plane, key(sight, size), values];
        this.#paint(sight, LINE_STEP);
        this.sharp = true;
      }
    };
    setTimeout(go);
  }

  /** Lay a grid of so many points a side, unless it is laid. @param {Sight} sight @param {number} size */
  #lay(sight, size) {
    if (this.#of === key(sight, size)) return;
    this.#plane = new Plane(sight.form, along(sight.range.x, size), along(sight.range.y, size));
    this.#of = key(sight, size);
    this.#values = new Float64Array(size * size);
  }

  /** @param {Sight} sight */
  #evaluate({ parameters, unit }) {
    const plane = /** @type {Plane} */ (this.#plane);
    plane.rows(parameters, 0, plane.x2s.length, this.#values, unit ?? undefined);
  }

  /** @param {Sight} sight @param {number} step */
  #paint(sight, step) {
    const columns = /** @type {Plane} */ (this.#plane).x1s.length;
    paintValues(this.map, this.#values, columns, sight.scale(this.#values));
    const pieces = sight.level === null ? [] : levelLine(this.#values, columns, sight.level, step);
    this.#drawLine(pieces, columns, sight.color);
    const { x, y } = sight.range;
    const [perColumn, perRow] = [x, y].map(([low, high]) => (high - low) / (columns - 1));
    this.pieces = pieces.map((value, at) => (at % 2 ? y[0] + value * perRow : x[0] + value * perColumn));
  }

  /** @param {number[]} pieces in grid steps @param {number} columns @param {string} color */
  #drawLine(pieces, columns, color) {
    const { width, height } = this.line;
    const context = /** @type {CanvasRenderingContext2D} */ (this.line.getContext("2d", { willReadFrequently: true }));
    context.clearRect(0, 0, width, height);
    const scale = width / (columns - 1);
    context.beginPath();
    for (let at = 0; at < pieces.length; at += 4) {
      context.moveTo(pieces[at] * scale, height - pieces[at + 1] * scale);
      context.lineTo(pieces[at + 2] * scale, height - pieces[at + 3] * scale);
    }
    Object.assign(context, { lineWidth: LINE_WIDTH * devicePixelRatio, lineCap: "round", strokeStyle: color });
    context.stroke();
  }
}

/** Coordinates along a side. @param {number[]} range @param {number} size */
function along([low, high], size) {
  return Float64Array.from({ length: size }, (_, at) => low + ((high - low) * at) / (size - 1));
}

/** @param {Sight} sight @param {number} size */
function key({ form, range }, size) {
  return JSON.stringify([form, range, size]);
}

/** A factor that is followed calmly: half of the way, and never far at once. @param {number} factor */
function pull(factor) {
  return Math.max(0.5, Math.min(1.5, (1 + factor) / 2));
}
