// Paints the wall of many starts: a grid of small pictures of their decision boundaries, from the worst final cost to the best.

import { element, number, text } from "../../configuration.mjs";
import { formOf } from "../../core/network.mjs";
import { axis, Plane } from "../../core/plane.mjs";
import { createElement } from "../../create_element.mjs";
import { levelColors } from "../../theme.mjs";
import { paintValues } from "../../views/colors.mjs";

/** @typedef {import("./page.mjs").Answer} Answer */

const [LEAST_SHARP, MOST_SHARP] = [32, 256]; // points a side of a small picture

/** @param {Answer} answer */
export function paintWall({ head, tail }) {
  const palette = levelColors();
  const sharpness = sharpnessOf(element("wall").firstElementChild.firstElementChild);
  const lines = axis(head.domain, sharpness);
  const plane = new Plane(formOf(head.experiment), lines, lines);
  const values = new Float64Array(plane.size);
  [...element("wall").children].forEach((tile, place) => {
    const its = tail.wall[place];
    tile.disabled = !its;
    if (!its) return;
    const [map, cost, seed] = tile.children;
    if (!map.firstElementChild) map.append(createElement("canvas"));
    paintValues(map.firstElementChild, plane.outputs(tail.networks[place], values), sharpness, { middle: head.middle, reach: head.reach, palette });
    const lost = its.end === "diverged";
    cost.textContent = lost ? "∞" : number(its.cost, 3);
    tile.title = lost ? text("wall.diverged") : "";
    seed.textContent = `#${head.experiment.seed + its.number}`;
    tile.classList.toggle("solved", its.solved);
    tile.setAttribute("aria-label", text("wall.tile", { seed: head.experiment.seed + its.number, cost: tile.title || cost.textContent }));
  });
}

/** As many points a side as a small picture has pixels on this screen. @param {Element} tile */
function sharpnessOf(tile) {
  return Math.max(LEAST_SHARP, Math.min(MOST_SHARP, Math.round(tile.clientWidth * devicePixelRatio)));
}
