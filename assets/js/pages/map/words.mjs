// The map's texts: about one run, about all of them, and about what differs from what was asked for.

import { number, percent, text } from "../../configuration.mjs";
import { nameOf } from "./axes.mjs";

/** How one run ended. @param {import("./results.mjs").MapResults} recording @param {number[]} place column and row */
export function runWords(recording, [column, row]) {
  const { head, asked } = recording;
  const named = (/** @type {"x" | "y"} */ side, /** @type {number} */ value) => `${nameOf(asked.view[side].setting)} ${number(value, digitsOf(head[side]))}`;
  const values = { x: named("x", head.x[column]), y: named("y", head.y[row]) };
  const run = recording.run(column, row);
  if (!run) return text("map.readout.waiting", values);
  return text(`map.readout.${run.end}`, { ...values, epoch: run.epoch ?? "", cost: number(run.cost, 2) });
}

/** As many digits as tell neighbouring runs apart, and not fewer than six. @param {number[]} values */
function digitsOf(values) {
  const last = values[values.length - 1];
  const step = Math.min(Math.abs(values[1] - values[0]) || Infinity, Math.abs(last - values[values.length - 2]) || Infinity);
  const largest = Math.max(Math.abs(values[0]), Math.abs(last));
  const digits = Math.floor(Math.log10(largest)) - Math.floor(Math.log10(step)) + 1;
  return Number.isFinite(digits) ? Math.max(6, Math.min(15, digits)) : 6;
}

/** What came of all of them. @param {import("./results.mjs").MapResults} recording @param {any} tail */
export function mapWords({ head, size }, tail) {
  const said = [text("map.words", { runs: size ** 2, epochs: head.experiment.epochs })];
  if (tail.diverged > 0) said.push(text("map.diverged_words", { share: percent(tail.diverged) }));
  return said.join(" ");
}

/** Other starts than the experiment's own, or fewer runs. @param {any} head @param {number | null} smaller */
export function mapNotice(head, smaller) {
  const said = [];
  if (head.initialization !== head.experiment.initialization) {
    said.push(text("map.drawn", { name: text(`initialization.${head.experiment.initialization}`) }));
  }
  if (smaller) said.push(text("map.smaller", { size: smaller }));
  return said.join(" ");
}
