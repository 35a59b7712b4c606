// The texts about many starts: how many succeed, and what differs from what was asked for.

import { element, number, percent, text } from "../../configuration.mjs";

/** @typedef {import("./page.mjs").Answer} Answer */

/** @param {Answer} answer */
export function paintWords({ head, tail }) {
  const { successes, count, low, high } = tail.success;
  element("success-share").textContent = percent(successes / count);
  element("success-interval").textContent = text("starts.interval", { low: percent(low), high: percent(high) });
  const words = [
    text(stopsWhenLearned(head.experiment) ? "starts.success_or_stopped" : "starts.success", { successes, count, cost: number(head.solved_cost) }),
    ...(tail.right === null ? [] : [text("starts.right", { count: tail.right })]),
    text("starts.median", { cost: number(tail.fan[2].at(-1), 3) }),
    text("starts.seeds", { first: head.experiment.seed, last: head.experiment.seed + count - 1 }),
    ...endings(tail),
  ];
  element("success-words").textContent = words.join(" ");
  element("words").textContent = `${element("success-share").textContent}. ${element("success-interval").textContent}. ${words.join(" ")}`;
}

/** Whether a rule is to stop a run as soon as it has learned. @param {any} experiment */
function stopsWhenLearned({ stop_all_correct, stop_cost }) {
  return stop_all_correct || stop_cost !== null;
}

/** What is not quite as it was asked for: other starts, or fewer of them. @param {any} head @param {boolean} fewer */
export function notice(head, fewer) {
  const said = [];
  const name = text(`initialization.${head.experiment.initialization}`);
  if (head.initialization !== head.experiment.initialization) said.push(text("starts.drawn", { name }));
  if (fewer) said.push(text("starts.fewer", { count: head.view.starts }));
  return said.join(" ");
}

/**
 * What is to be said of runs that did not go on to their last epoch, and of those that the histogram has no place for.
 * @param {any} tail
 */
function endings(tail) {
  const { completed: _, diverged, ...stopped } = tail.ends;
  const early = Object.values(stopped).reduce((sum, count) => sum + count, 0);
  return [["starts.diverged", diverged], ["starts.stopped", early], ["starts.beyond", tail.beyond]]
    .filter(([, count]) => count > 0)
    .map(([key, count]) => text(key, { count }));
}
