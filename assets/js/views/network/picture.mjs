// The diagram as a picture file: lines and words drawn anew, and the units' maps from the canvases that are on the page.

import { createElement } from "../../create_element.mjs";
import { colors } from "../../theme.mjs";
import { contextOf } from "../canvas.mjs";
import { svgAddress } from "../svg.mjs";

/** @typedef {Iterable<{its: import("./layout.mjs").Place, canvas: HTMLCanvasElement, name: string}>} Units */
/** @typedef {import("../svg.mjs").Context} Context @typedef {import("./layout.mjs").Layout} Layout */

const SCALE = 2;
const MARGIN = 16;
const TITLES = 40; // pixels, the height of the titles' baseline

/**
 * @param {"png" | "svg"} format
 * @param {Layout} layout
 * @param {(context: Context) => void} drawLines
 * @param {Units} units
 * @param {string[]} titles of the columns
 * @returns {string} a data address
 */
export function networkPicture(format, layout, drawLines, units, titles) {
  const { paper } = colors();
  const size = { width: layout.width + 2 * MARGIN, height: layout.height + 2 * MARGIN };
  const draw = (/** @type {Context} */ context) => {
    context.translate(MARGIN, MARGIN);
    drawLines(context);
    drawUnits(context, layout, units, titles);
  };
  if (format === "svg") return svgAddress(size, paper, draw);
  const canvas = createElement("canvas", { width: SCALE * size.width, height: SCALE * size.height });
  const context = contextOf(canvas);
  context.fillStyle = paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.scale(SCALE, SCALE);
  context.imageSmoothingQuality = "high";
  draw(context);
  return canvas.toDataURL();
}

/** @param {Context} context @param {Layout} layout @param {Units} units @param {string[]} titles */
function drawUnits(context, layout, units, titles) {
  const { ink, muted, grid } = colors();
  Object.assign(context, { globalAlpha: 1, lineWidth: 1, textAlign: "center", textBaseline: "alphabetic", fillStyle: muted });
  context.font = `13px ${getComputedStyle(document.body).fontFamily}`;
  titles.forEach((title, column) => context.fillText(title, layout.columns[column], TITLES));
  Object.assign(context, { textAlign: "right", textBaseline: "middle", strokeStyle: grid, fillStyle: ink });
  for (const { its, canvas, name } of units) {
    const [left, top] = [its.x - its.size / 2, its.y - its.size / 2];
    context.drawImage(canvas, left, top, its.size, its.size);
    context.beginPath();
    context.rect(left, top, its.size, its.size);
    context.stroke();
    context.fillText(name, left - 8, its.y);
  }
}
