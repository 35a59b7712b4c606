// How right a network is, as nnlab/core/metrics.py counts it.

/**
 * The share of rows whose output is on the target's side of the middle; NaN if there are no rows.
 * @param {ArrayLike<number>} outputs
 * @param {ArrayLike<number>} targets
 * @param {number} middle the output that belongs to neither class
 */
export function accuracy(outputs, targets, middle) {
  const [[lowLow], [, highHigh]] = confusion(outputs, targets, middle);
  return (lowLow + highHigh) / targets.length;
}

/**
 * How often each class is taken for each: rows actual low and high, columns predicted low and high.
 *
 * An output exactly in the middle says neither, and is no right answer: it counts for the other class. So does NaN.
 * @param {ArrayLike<number>} outputs
 * @param {ArrayLike<number>} targets
 * @param {number} middle
 */
export function confusion(outputs, targets, middle) {
  checkLengths(outputs, targets);
  const counts = [[0, 0], [0, 0]];
  for (let row = 0; row < targets.length; row += 1) {
    const high = targets[row] > middle;
    const right = high ? outputs[row] > middle : outputs[row] < middle;
    counts[Number(high)][Number(high === right)] += 1;
  }
  return counts;
}

/**
 * The share of the targets' spread that the outputs account for; NaN if the targets do not vary, or there are none.
 *
 *     R^2 = 1 - sum_i (y_i - a_i)^2 / sum_i (y_i - mean y)^2
 * @param {ArrayLike<number>} outputs
 * @param {ArrayLike<number>} targets
 */
export function rSquared(outputs, targets) {
  checkLengths(outputs, targets);
  const rows = Array.from(targets);
  // the mean of equal numbers may be one rounding away from them, and then their spread is not 0
  if (rows.every((target) => target === rows[0])) return NaN;
  const mean = rows.reduce((sum, target) => sum + target, 0) / rows.length;
  const spread = rows.reduce((sum, target) => sum + (target - mean) ** 2, 0);
  return spread === 0 ? NaN : 1 - squares(outputs, targets) / spread;
}

/**
 * How far outputs are from targets, in the targets' own unit; NaN if there are no rows.
 *
 *     RMSE = sqrt(1/m sum_i (a_i - y_i)^2)
 * @param {ArrayLike<number>} outputs
 * @param {ArrayLike<number>} targets
 */
export function rootMeanSquaredError(outputs, targets) {
  checkLengths(outputs, targets);
  return Math.sqrt(squares(outputs, targets) / targets.length);
}

/**
 * @param {ArrayLike<number>} outputs
 * @param {ArrayLike<number>} targets
 */
function squares(outputs, targets) {
  let sum = 0;
  for (let row = 0; row < targets.length; row += 1) sum += (outputs[row] - targets[row]) ** 2;
  return sum;
}

/**
 * @param {ArrayLike<number>} outputs
 * @param {ArrayLike<number>} targets
 */
function checkLengths(outputs, targets) {
  if (outputs.length !== targets.length) throw new Error(`outputs (${outputs.length}) and targets (${targets.length}) must be as many`);
}
