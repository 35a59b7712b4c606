// The axes of the map: which settings and parameters can be on one, their ranges, and how near neighbors can be told apart.

import { configuration, text } from "../../configuration.mjs";
import { parameterName } from "../parameter_lists.mjs";

export const SETTINGS = Object.keys(configuration.map.axes).filter((name) => name !== "parameter");

const DIGITS = 15; // of a number in a link; between neighbouring runs more than the last of them must change
const APART = 8; // units in the last of these digits

/** An axis as the server takes it. @typedef {{setting: string, low: number, high: number, spacing: "linear" | "log"}} Axis */

/** All of an axis that is worth seeing. @param {string} setting @returns {Axis} */
export function whole(setting) {
  const [low, high, spacing] = configuration.map.axes[SETTINGS.includes(setting) ? setting : "parameter"];
  return { setting, low, high, spacing };
}

/** An axis as a link writes it; what is wrong in it is for the server to say. @param {string} written @returns {Axis} */
export function read(written) {
  const [setting, ...ends] = written.split(":");
  const [low, high] = ends.map((end) => (end.trim() && Number.isFinite(Number(end)) ? Number(end) : /** @type {any} */ (end)));
  return { ...whole(setting), low, high };
}

/** @param {Axis} axis */
export function written({ setting, low, high }) {
  return [setting, low, high].join(":");
}

/** Where a value lies along an axis: on a logarithmic one, its logarithm, as Plotly counts. @param {Axis} axis @param {number} value */
export function along(axis, value) {
  return axis.spacing === "log" ? Math.log10(value) : value;
}

/** @param {Axis} axis @returns {[number, number]} */
export function ends(axis) {
  return [along(axis, axis.low), along(axis, axis.high)];
}

/** The part of an axis between two places along it, within the setting's bounds. @param {Axis} axis @param {number} from @param {number} to @returns {Axis} */
export function between(axis, from, to) {
  const [least, greatest] = boundsOf(axis.setting);
  const value = (/** @type {number} */ at) => (axis.spacing === "log" ? 10 ** at : at);
  const seed = axis.setting === "seed";
  const rounded = (/** @type {number} */ its) => (seed ? Math.round(its) : Number(its.toPrecision(DIGITS)));
  const within = (/** @type {number} */ its) => Math.max(least, Math.min(greatest, its));
  const [low, high] = [Math.min(from, to), Math.max(from, to)].map((at) => within(rounded(value(at))));
  return seed && low >= high ? axis : { ...axis, low, high }; // two neighbouring seeds are as near as can be
}

/** Whether some neighbouring runs of a map so many a side would have the same number, as near as it can be written. @param {Axis} axis @param {number} size */
export function isTooNear({ setting, low, high }, size) {
  const step = 10 ** (Math.floor(Math.log10(Math.max(Math.abs(low), Math.abs(high), Number.MIN_VALUE))) + 1 - DIGITS);
  return setting !== "seed" && !(high - low > APART * step * (size - 1));
}

/** @param {string} setting */
function boundsOf(setting) {
  if (setting === "seed") return [0, configuration.largest_seed];
  const slider = configuration.sliders[setting];
  return slider ? [slider.low, slider.high] : [-configuration.largest_weight, configuration.largest_weight];
}

/** @param {string} setting */
export function nameOf(setting) {
  return SETTINGS.includes(setting) ? text(`setting.${setting}`) : parameterName(setting);
}
