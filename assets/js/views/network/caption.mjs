// The caption under the network diagram: describes the unit or connection that is highlighted.

import { listed, number, text } from "../../configuration.mjs";
import { entriesOf, startOf, unitName } from "./unit_names.mjs";

const DIGITS = 3;

/** @typedef {import("../../recording.mjs").Head} Head */

/**
 * A connection or a bias, and where it starts.
 * @param {Head} head @param {import("./layout.mjs").Parameter & {at: number}} line @param {Float64Array} parameters
 */
export function lineInWords(head, line, parameters) {
  const target = unitName(head, line.layer + 1, line.unit);
  const values = { target, now: number(parameters[line.at], DIGITS), start: number(startOf(head, line), DIGITS) };
  if (line.source === null) return text("network.bias_line", values);
  return text("network.line", { ...values, source: unitName(head, line.layer, line.source) });
}

/** A unit and its numbers. @param {Head} head @param {import("./units.mjs").Unit} unit @param {Float64Array} parameters */
export function unitInWords(head, { column, unit }, parameters) {
  const numbers = entriesOf(head, column, unit).map(({ name, at }) => `${name} ${number(parameters[at], DIGITS)}`);
  const key = column === 0 ? "network.goes_out" : "network.comes_in";
  return text(key, { name: unitName(head, column, unit), numbers: listed(numbers) });
}
