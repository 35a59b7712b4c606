// Colors for numbers, and the size of points: the same in every view.

import { colors, levelColors } from "../theme.mjs";

/** The level that is in the middle of a colour scale of 255. */
const MIDDLE_LEVEL = 127;

/**
 * The place of a value on the colour scale.
 * @param {number} value
 * @param {number} middle
 * @param {number} reach how far from the middle the colour is full
 */
function levelOf(value, middle, reach) {
  const offset = (MIDDLE_LEVEL * (value - middle)) / reach;
  return Math.round(MIDDLE_LEVEL + (offset > -MIDDLE_LEVEL ? Math.min(MIDDLE_LEVEL, offset) : -MIDDLE_LEVEL)) || 0;
}

/**
 * The colour of a target or an output, as a stylesheet writes it: its class's, or of a regression its place on the scale.
 * @param {{middle: number, reach: number, regression: boolean}} head
 * @returns {(value: number) => string}
 */
export function colorOf({ middle, reach, regression }) {
  const { low, high } = colors();
  if (!regression) return (value) => (value > middle ? high : low);
  const palette = levelColors();
  return (value) => {
    const color = palette[levelOf(value, middle, reach)];
    return `rgb(${color & 255},${(color >> 8) & 255},${(color >> 16) & 255})`;
  };
}

/** The size of points and the width of their border, in pixels, when there are so many: no larger than there is room. */
export function pointSize(/** @type {number} */ count) {
  const [size, border] = count <= 8 ? [17, 3] : count <= 60 ? [11, 2] : count <= 250 ? [8, 1.5] : [6.5, 1];
  return { size, border };
}

/**
 * Paint values in the classes' colours, a pixel each, the first row at the foot.
 * @param {HTMLCanvasElement} canvas
 * @param {Float64Array} values row by row
 * @param {number} columns
 * @param {{middle: number, reach: number, palette: Uint32Array}} scale
 */
export function paintValues(canvas, values, columns, { middle, reach, palette }) {
  const rows = values.length / columns;
  if (canvas.width !== columns || canvas.height !== rows) Object.assign(canvas, { width: columns, height: rows });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true })); // it lies in the memory that it is written from
  const image = context.createImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  const scale = MIDDLE_LEVEL / reach;
  const shift = MIDDLE_LEVEL - middle * scale + 0.5; // so that cutting off rounds
  for (let row = 0; row < rows; row += 1) {
    const out = (rows - 1 - row) * columns;
    for (let column = 0; column < columns; column += 1) {
      const level = values[row * columns + column] * scale + shift;
      pixels[out + column] = palette[level >= 254 ? 254 : level > 0 ? level | 0 : level <= 0 ? 0 : MIDDLE_LEVEL]; // the last: not a number
    }
  }
  context.putImageData(image, 0, 0);
}
