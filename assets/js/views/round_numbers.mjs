// Numbers that an axis is divided by: 1, 2 or 5 times a power of ten.

const ROUND = [1, 2, 5, 10];
const NEARLY = 1 - 1e-9; // a number may be one rounding above the round one that it stands for

/** The round number at or above a positive one. @param {number} size */
export function roundUp(size) {
  const power = 10 ** Math.floor(Math.log10(size));
  return (ROUND.find((step) => step * power >= size * NEARLY) ?? NaN) * power;
}

/** The round number at or below. @param {number} size */
export function roundDown(size) {
  return 1 / roundUp(1 / size);
}
