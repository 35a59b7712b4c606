// A small chart of one number of each layer over the epochs, on a logarithmic axis, with a mark at the epoch in sight.

import { number } from "../configuration.mjs";
import { findPart } from "../find_part.mjs";
import { colors } from "../theme.mjs";
import { contextOf } from "./canvas.mjs";
import { roundDown, roundUp } from "./round_numbers.mjs";

/** @typedef {{last: number, epochs: number[], series: number[][], lines: string[], range: number[]}} Drawn what is on a chart */

const SIDES = { left: 46, right: 16, top: 8, bottom: 24 };
const FONT = '11px "Inter Variable", system-ui, sans-serif';
const ROUND = [1, 2, 5];
const MOST_TICKS = 6;
const EPOCH_TICKS = 4;

/** Where an epoch and a value come to lie. @param {{width: number, height: number}} size @param {number} last @param {number[]} range */
export function chartView({ width, height }, last, [low, high]) {
  const [wide, tall] = [width - SIDES.left - SIDES.right, height - SIDES.top - SIDES.bottom];
  return {
    x: (/** @type {number} */ epoch) => SIDES.left + (epoch / last) * wide,
    y: (/** @type {number} */ value) => SIDES.top + (1 - Math.log(value / low) / Math.log(high / low)) * tall,
  };
}

/**
 * From a round number to another, 1, 2 or 5 times a power of ten, around all that can stand on a logarithmic axis.
 * @param {number[][]} series @returns {number[]}
 */
export function logRange(series) {
  const positive = series.flat().filter((value) => value > 0 && Number.isFinite(value));
  if (!positive.length) return [0.1, 1];
  const least = positive.reduce((one, other) => Math.min(one, other));
  const most = positive.reduce((one, other) => Math.max(one, other));
  const low = roundDown(least);
  return [low, roundUp(Math.max(most, low * 1.5))];
}

/**
 * Round numbers between two, few enough to read: powers of ten, and what lies between if there are only a few of them.
 * @param {number[]} range
 */
export function logTicks([low, high]) {
  const [from, to] = [low, high].map((value) => Math.log10(value));
  const powers = Array.from({ length: Math.floor(to + 1e-9) - Math.floor(from + 1e-9) + 1 }, (_, at) => Math.floor(from + 1e-9) + at);
  const every = Math.ceil(powers.length / MOST_TICKS);
  const steps = powers.length <= 3 ? ROUND : [1];
  const ticks = powers.filter((power) => power % every === 0).flatMap((power) => steps.map((step) => Number(`${step}e${power}`)));
  return ticks.filter((tick) => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9));
}

export class LayersChart {
  #canvas;
  #mark;
  #size = { width: 0, height: 0 };
  /** @type {Drawn | null} */
  #drawn = null;
  #epoch = 0;

  /** @param {HTMLElement} root of the view @param {string} name */
  constructor(root, name) {
    this.#canvas = findPart(root, `canvas-${name}`);
    this.#mark = findPart(root, `mark-${name}`);
    new ResizeObserver(([{ contentRect }]) => {
      this.#size = { width: contentRect.width, height: contentRect.height };
      this.redraw();
    }).observe(findPart(root, `chart-${name}`));
  }

  /**
   * @param {number} last epoch of the axis
   * @param {number[]} epochs
   * @param {number[][]} series of each layer a number an epoch
   * @param {string[]} lines their colours
   */
  draw(last, epochs, series, lines) {
    this.#drawn = { last: Math.max(1, last), epochs, series, lines, range: logRange(series) };
    this.redraw();
  }

  redraw() {
    const { width, height } = this.#size;
    if (!this.#drawn || width === 0) return;
    const [wide, tall] = [width, height].map((length) => Math.round(length * devicePixelRatio));
    const canvas = this.#canvas;
    if (canvas.width !== wide || canvas.height !== tall) Object.assign(canvas, { width: wide, height: tall });
    const context = contextOf(canvas);
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.clearRect(0, 0, width, height);
    this.#drawAxes(context, this.#drawn);
    this.#drawLines(context, this.#drawn);
    this.mark(this.#epoch);
  }

  /** @param {CanvasRenderingContext2D} context @param {Drawn} drawn */
  #drawAxes(context, { last, range }) {
    const { grid, muted } = colors();
    const { width, height } = this.#size;
    const view = chartView(this.#size, last, range);
    Object.assign(context, { font: FONT, fillStyle: muted, strokeStyle: grid, lineWidth: 1, textBaseline: "middle", textAlign: "right" });
    for (const tick of logTicks(range)) {
      const y = Math.round(view.y(tick)) + 0.5;
      stroke(context, [[SIDES.left - 4, y], [width - SIDES.right, y]]);
      context.fillText(number(tick, 2), SIDES.left - 7, y);
    }
    context.textAlign = "center";
    const step = Math.max(1, roundUp(last / EPOCH_TICKS));
    for (let epoch = 0; epoch <= last; epoch += step) {
      const x = Math.round(view.x(epoch)) + 0.5;
      stroke(context, [[x, SIDES.top], [x, height - SIDES.bottom + 4]]);
      context.fillText(number(epoch, 15), x, height - SIDES.bottom + 13);
    }
  }

  /** @param {CanvasRenderingContext2D} context @param {Drawn} drawn */
  #drawLines(context, { last, epochs, series, lines, range }) {
    const view = chartView(this.#size, last, range);
    Object.assign(context, { lineWidth: 2, lineJoin: "round", lineCap: "round" });
    series.forEach((values, layer) => {
      context.strokeStyle = lines[layer];
      context.beginPath();
      let down = false;
      epochs.forEach((epoch, at) => {
        const value = values[at];
        if (!(value > 0 && Number.isFinite(value))) down = false; // there is no place for it on this axis
        else if (down) context.lineTo(view.x(epoch), view.y(value));
        else {
          context.moveTo(view.x(epoch), view.y(value));
          context.lineTo(view.x(epoch), view.y(value)); // a dot, if it stands alone
          down = true;
        }
      });
      context.stroke();
    });
  }

  /** Stand at an epoch. @param {number} epoch */
  mark(epoch) {
    this.#epoch = epoch;
    if (!this.#drawn) return;
    const { last, range } = this.#drawn;
    this.#mark.style.transform = `translateX(${chartView(this.#size, last, range).x(epoch)}px)`;
  }
}

/** @param {CanvasRenderingContext2D} context @param {number[][]} places */
function stroke(context, places) {
  context.beginPath();
  places.forEach(([x, y], at) => (at === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
  context.stroke();
}
