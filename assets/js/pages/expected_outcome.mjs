// Compares how a run ended with what a map or a wall of starts showed of it. Many networks are trained by another sum than one alone, and where
// a run is chaotic the last bit decides how it ends: then the page that opens it says so.

import { configuration, number, text } from "../configuration.mjs";

/**
 * What was said of a run.
 * @typedef {{end: "trained" | "failed" | "diverged", cost: number, slack: number, least: number, greatest: number, solved: number}} Expected
 *   its end; its last cost, known but for this factor, and cut off at these two; and the cost below which it has learned its data
 */

const SHOWN = 1.005; // costs stand on the page with three digits: nobody sees a smaller difference

/**
 * In what a run differs from what was said of it, or null if in nothing.
 * @param {Expected} expected
 * @param {{reason: string, cost: number}} ended
 * @returns {"end" | "cost" | null}
 */
export function disagreement({ end, cost, slack, least, greatest, solved }, ended) {
  const its = endOf(ended, solved);
  if (its !== end) return "end";
  if (its === "diverged") return null; // its last finite cost says nothing
  const within = (/** @type {number} */ value) => Math.max(least, Math.min(greatest, value));
  return Math.abs(Math.log(within(cost) / within(ended.cost))) > Math.log(slack * SHOWN) ? "cost" : null;
}

/** The same in words, and why; none if there is nothing to say. @param {Expected} expected @param {{reason: string, cost: number}} ended */
export function outcomeWords(expected, ended) {
  const differs = disagreement(expected, ended);
  if (differs === null) return "";
  const [said, here] = [expected.end, endOf(ended, expected.solved)];
  if (differs === "end") return text("expected.end", { said: text(`expected.${said}`), here: text(`expected.${here}`) });
  return text("expected.cost", { said: number(expected.cost, 3), here: number(ended.cost, 3) });
}

/**
 * Whether a run has learned its data, by its cost or by the rule that stopped it.
 * @param {{reason: string, cost: number}} ended @param {number} solved the cost below which it has
 */
export function endOf({ reason, cost }, solved) {
  if (reason === "diverged") return "diverged";
  return cost < solved || configuration.learned_ends.includes(reason) ? "trained" : "failed";
}
