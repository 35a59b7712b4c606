// Converts between a slider's position and the value of its setting.

import { configuration } from "./configuration.mjs";

const STEPS_OF_START = [2, 5, 10, 20, 50, 100, 200, 500, 1000];
const START_PARTS = 200;

/** The settings of a slider; a start weight has a track of its own kind. @param {string} setting */
export function spec(setting) {
  return configuration.sliders[setting] ?? null;
}

/** The place of a value on a setting's track. @param {string} setting @param {number} value */
export function positionOf(setting, value) {
  const of = spec(setting);
  if (of?.scale !== "log") return value;
  return Math.max(0, Math.round((of.positions * Math.log(value / of.low)) / Math.log(of.high / of.low))); // 0 has no logarithm
}

/** The value at a place, to three digits on a logarithmic track. @param {string} setting @param {number} position */
export function valueAt(setting, position) {
  const of = spec(setting);
  if (of?.scale !== "log") return position;
  const value = of.low * (of.high / of.low) ** (position / of.positions);
  return of.whole ? Math.round(value) : Number(value.toPrecision(3));
}

/** Half the length of a start weight's track, and its step: wide enough for the value. @param {number} value */
export function startTrack(value) {
  const reach = STEPS_OF_START.find((step) => step >= Math.abs(value)) ?? configuration.largest_weight;
  return { min: -reach, max: reach, step: reach / START_PARTS };
}
