// The diagram as a picture file: the canvases that are on the page, put together on one.

import { colors } from "../../theme.mjs";

const SCALE = 2;
const MARGIN = 16;
const TITLES = 40; // pixels, the height of the titles' baseline

/**
 * @param {import("./layout.mjs").Layout} layout
 * @param {HTMLCanvasElement} lines
 * @param {Iterable<{its: import("./layout.mjs").Place, canvas: HTMLCanvasElement, name: string}>} units
 * @param {string[]} titles of the columns
 * @returns {string} a data address
 */
export function networkPicture(layout, lines, units, titles) {
  const { paper, ink, muted, grid } = colors();
  const picture = document.createElement("canvas");
  picture.width = SCALE * (layout.width + 2 * MARGIN);
  picture.height = SCALE * (layout.height + 2 * MARGIN);
  const context = picture.getContext("2d");
  context.fillStyle = paper;
  context.fillRect(0, 0, picture.width, picture.height);
  context.setTransform(SCALE, 0, 0, SCALE, SCALE * MARGIN, SCALE * MARGIN);
  context.imageSmoothingQuality = "high";
  context.drawImage(lines, 0, 0, layout.width, layout.height);
  context.font = `13px ${getComputedStyle(document.body).fontFamily}`;
  context.textAlign = "center";
  context.fillStyle = muted;
  titles.forEach((title, column) => context.fillText(title, layout.columns[column], TITLES));
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const { its, canvas, name } of units) {
    const [left, top] = [its.x - its.size / 2, its.y - its.size / 2];
    context.save();
    context.beginPath();
    context.roundRect(left, top, its.size, its.size, 8);
    context.clip();
    context.drawImage(canvas, left, top, its.size, its.size);
    context.restore();
    context.strokeStyle = grid;
    context.stroke();
    context.fillStyle = ink;
    context.fillText(name, left - 8, its.y);
  }
  return picture.toDataURL();
}
