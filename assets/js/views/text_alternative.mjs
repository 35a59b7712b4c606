// Describes in words what the pictures show at an epoch: the text alternative of all of them.

import { number, percent, text } from "../configuration.mjs";
import { evaluationOf } from "../evaluation.mjs";
import { isTable, verdict, VERDICTS } from "./tables.mjs";

/** @param {import("../recording.mjs").Recording} recording @param {number} index */
export function inWords(recording, index) {
  const { targets, middle, points } = recording.head;
  const outputs = evaluationOf(recording).outputs(index);
  const epoch = recording.epochs[index];
  const values = {
    dataset: text(`dataset.${recording.experiment.dataset}`),
    epoch,
    last: recording.lastEpoch,
    cost: number(recording.costs[epoch]),
  };
  if (!isTable(recording)) return inFewWords(recording, index, values);
  const judged = targets.map((target, row) => verdict(outputs[row], target, middle));
  const said = points.map((point, row) => {
    const name = VERDICTS[judged[row]] ?? "undecided";
    return text("words.row", { x1: number(point[0]), x2: number(point[1]), output: number(outputs[row], 3), verdict: text(`verdict.${name}`) });
  });
  const right = judged.filter((sign) => sign === 1).length;
  return text("words.picture", { ...values, right, rows: said.join("; "), rows_count: points.length });
}

/** @param {import("../recording.mjs").Recording} recording @param {number} index @param {Record<string, string | number>} values */
function inFewWords(recording, index, values) {
  const { regression } = recording.head;
  const share = evaluationOf(recording).share(index);
  const said = regression ? number(share, 3) : percent(share);
  return text(regression ? "words.regression" : "words.many", { ...values, share: said });
}
