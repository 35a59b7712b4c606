// Draws a slider and a field for every weight and bias that training starts from, grouped by unit. The page draws them itself, since
// it knows the network's shape without the server.

import { configuration, elementIfThere, number, text } from "./configuration.mjs";
import { createElement } from "./create_element.mjs";
import { startTrack } from "./slider_scale.mjs";

/** A network's start. @typedef {{weights: number[][][], biases: number[][]}} Start */

/** Each setting of a start, and its value, in the order of the network. @param {Start} start @returns {[string, number][]} */
export function settingsOf({ weights, biases }) {
  return weights.flatMap((units, layer) =>
    units.flatMap((row, unit) => [
      ...row.map((value, source) => /** @type {[string, number]} */ ([`weights.${layer}.${unit}.${source}`, value])),
      /** @type {[string, number]} */ ([`biases.${layer}.${unit}`, biases[layer][unit]]),
    ]),
  );
}

/**
 * Draw what such a start needs; what is there already stays, and with it the focus. A sentence, if there would be too many.
 * @param {HTMLElement} place @param {Start} start
 * @returns {boolean} whether there are sliders
 */
export function drawStart(place, start) {
  const { length: count } = settingsOf(start);
  const most = configuration.most_start_sliders;
  if (count > most) {
    place.replaceChildren(createElement("p", { className: "setting-help" }, text("start.too_many", { count, most })));
    return false;
  }
  const last = start.weights.length - 1;
  const units = start.weights.flatMap((rows, layer) =>
    rows.map((row, unit) => drawnUnit(layer, unit, row.length, layer === last ? text("start.output") : text("start.hidden", { unit: unit + 1 }))),
  );
  hold(place, units);
  return true;
}

/** Move a start weight's slider; its track grows as wide as the value needs. @param {HTMLInputElement} slider @param {number} value */
export function slideTo(slider, value) {
  const { min, max, step } = startTrack(Math.max(Math.abs(value), Number(slider.max)));
  Object.assign(slider, { min, max, step }).value = String(value);
  slider.setAttribute("aria-valuetext", number(value));
}

/** @param {number} layer @param {number} unit @param {number} inputs @param {string} title */
function drawnUnit(layer, unit, inputs, title) {
  const id = `start-${layer}-${unit}`;
  const group = elementIfThere(id) ?? createElement("div", { id, className: "unit", role: "group" }, createElement("div", { className: "unit-title" }));
  group.setAttribute("aria-label", title);
  group.firstChild.textContent = title;
  const weights = Array.from({ length: inputs }, (_, source) => {
    return drawnRow(`weights-${layer}-${unit}-${source}`, text("start.weight", { unit: unit + 1, source: source + 1 }));
  });
  hold(group, [group.firstChild, ...weights, drawnRow(`biases-${layer}-${unit}`, text("start.bias", { unit: unit + 1 }))]);
  return group;
}

/** @param {string} name of the setting, as ids have it @param {string} label @returns {HTMLElement} */
function drawnRow(name, label) {
  return (
    elementIfThere(`slider-${name}`)?.parentElement ??
    createElement(
      "div",
      { className: "start-row", "data-setting": name.replaceAll("-", ".") },
      createElement("label", { className: "start-label", htmlFor: `slider-${name}` }, label),
      createElement("input", { id: `slider-${name}`, type: "range", className: "form-range track", max: "0" }),
      createElement("label", { className: "visually-hidden", htmlFor: `number-${name}` }, label),
      createElement("input", { id: `number-${name}`, type: "text", className: "form-control number", inputMode: "decimal", autocomplete: "off" }),
      createElement("div", { id: `error-${name}`, className: "setting-error", role: "alert" }),
    )
  );
}

/** Let a place hold these and nothing else; those that stand there in this order are not touched. @param {Element} place @param {Element[]} children */
function hold(place, children) {
  for (const child of [...place.children]) if (!children.includes(child)) child.remove();
  children.forEach((child, at) => {
    if (place.children[at] !== child) place.insertBefore(child, place.children[at] ?? null);
  });
}
