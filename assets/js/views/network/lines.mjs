// The connections and biases of the diagram on one canvas: as wide as a weight is large, in the colour of its sign.

import { createElement } from "../../create_element.mjs";
import { colors } from "../../theme.mjs";
import { contextOf } from "../canvas.mjs";
import { distance, trace } from "./layout.mjs";

/**
 * @typedef {import("./layout.mjs").Curve} Curve
 * @typedef {import("./layout.mjs").Layout} Layout
 * @typedef {((each: Curve | Mark) => boolean) | null} Meant
 * @typedef {import("../svg.mjs").Context} Context
 * @typedef {import("./layout.mjs").Mark} Mark
 * @typedef {import("../../theme.mjs").Colors} Colors
 */

const NEAR = 6; // pixels from which a connection counts as meant
const NEAR_MARK = 9;
const FULL_WEIGHT = 5; // beyond which a line grows no wider
const CLEAR_WEIGHT = 1.5; // from which it is no longer faint
const FULL_BIAS = 3;
const THINNEST = 0.8;
const FAINTEST = 0.28;
const CLEAREST = 0.92;
const ASIDE = 0.22; // how much of its strength a line keeps while another is looked at

export class NetworkLines {
  #canvas = createElement("canvas");
  /** @type {Layout | null} */
  #layout = null;

  constructor() {
    this.#canvas.className = "network-lines";
    this.#canvas.setAttribute("aria-hidden", "true");
  }

  get canvas() {
    return this.#canvas;
  }

  /** @param {Layout} layout */
  arrange(layout) {
    this.#layout = layout;
    Object.assign(this.#canvas.style, { width: `${layout.width}px`, height: `${layout.height}px` });
    this.#canvas.width = Math.round(layout.width * devicePixelRatio);
    this.#canvas.height = Math.round(layout.height * devicePixelRatio);
  }

  /**
   * @param {Float64Array} parameters of a frame
   * @param {Meant} meant which are looked at, or null for all
   */
  paint(parameters, meant) {
    if (!this.#layout) return;
    const context = contextOf(this.#canvas, { willReadFrequently: true });
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.clearRect(0, 0, this.#layout.width, this.#layout.height);
    this.draw(context, parameters, meant);
  }

  /** The same on another canvas, or as a vector picture. @param {Context} context @param {Float64Array} parameters @param {Meant} meant */
  draw(context, parameters, meant) {
    if (!this.#layout) return;
    const { curves, marks, widest } = this.#layout;
    const its = colors();
    /** @type {Curve[]} */
    const cut = [];
    for (const curve of curves) {
      const weight = parameters[curve.at];
      if (weight === 0) {
        cut.push(curve);
        continue;
      }
      const full = !meant || meant(curve) ? 1 : ASIDE;
      context.globalAlpha = full * (FAINTEST + (CLEAREST - FAINTEST) * share(weight, CLEAR_WEIGHT));
      context.lineWidth = THINNEST + (widest - THINNEST) * share(weight, FULL_WEIGHT);
      context.strokeStyle = weight < 0 ? its.low : its.high;
      trace(context, curve);
      context.stroke();
    }
    context.strokeStyle = its.muted;
    context.lineWidth = 1;
    context.setLineDash([2, 4]);
    for (const curve of cut) {
      context.globalAlpha = !meant || meant(curve) ? 0.8 : ASIDE;
      trace(context, curve);
      context.stroke();
    }
    context.setLineDash([]);
    for (const mark of marks) this.#mark(context, mark, parameters[mark.at], its, !meant || meant(mark) ? 1 : 2 * ASIDE);
  }

  /**
   * A bias: a dot at its unit's foot, an empty one where it is 0.
   * @param {Context} context @param {Mark} mark @param {number} bias @param {Colors} colors @param {number} alpha
   */
  #mark(context, { x, y }, bias, { low, high, muted, paper }, alpha) {
    const radius = bias === 0 ? 2 : 2 + 3 * share(bias, FULL_BIAS);
    context.globalAlpha = 1;
    circle(context, x, y, radius + 1.5);
    context.fillStyle = paper;
    context.fill();
    context.globalAlpha = alpha;
    circle(context, x, y, radius);
    context.fillStyle = bias < 0 ? low : high;
    context.strokeStyle = muted;
    if (bias === 0) context.stroke();
    else context.fill();
  }

  /**
   * The parameter that is meant by a place on the canvas, or null.
   * @param {number} x @param {number} y
   * @returns {Curve | Mark | null}
   */
  near(x, y) {
    if (!this.#layout) return null;
    const mark = nearest(this.#layout.marks, (its) => Math.hypot(its.x - x, its.y - y), NEAR_MARK);
    if (mark) return mark;
    const { columns } = this.#layout;
    const layer = columns.findLastIndex((column) => column <= x);
    return nearest(this.#layout.curves.filter((curve) => curve.layer === layer), (its) => distance(its, x, y), NEAR);
  }
}

/**
 * How much of the whole a number is, whatever its sign; all of it where it is no number any more.
 * @param {number} value @param {number} whole
 */
function share(value, whole) {
  const size = Math.abs(value);
  return size < whole ? size / whole : 1;
}

/** @param {Context} context @param {number} x @param {number} y @param {number} radius */
function circle(context, x, y, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
}

/**
 * @template Each
 * @param {Each[]} all @param {(each: Each) => number} distanceTo @param {number} within
 * @returns {Each | null}
 */
function nearest(all, distanceTo, within) {
  /** @type {Each | null} */
  let best = null;
  let least = within;
  for (const each of all) {
    const far = distanceTo(each);
    if (far <= least) [best, least] = [each, far];
  }
  return best;
}
