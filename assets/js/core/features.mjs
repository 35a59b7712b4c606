// What the network is told about a point (x1, x2), by name; nnlab/core/features.py trains with the same.

/**
 * @typedef {Object} Feature
 * @property {"x1" | "x2" | "both"} of the coordinates that it looks at; over a grid, one of them alone is a row or a column
 * @property {(x1: number, x2: number) => number} at a point
 *
 * @typedef {ReadonlyArray<ArrayLike<number>> | Float64Array} Points pairs [x1, x2], or their numbers one after another:
 *   x1, x2, x1, x2 and so on
 */

/** @type {Readonly<Record<string, Feature>>} */
export const FEATURES = Object.freeze({
  x1: { of: "x1", at: (x1, _) => x1 },
  x2: { of: "x2", at: (_, x2) => x2 },
  "x1^2": { of: "x1", at: (x1, _) => x1 * x1 },
  "x2^2": { of: "x2", at: (_, x2) => x2 * x2 },
  "x1*x2": { of: "both", at: (x1, x2) => x1 * x2 },
  "sin x1": { of: "x1", at: (x1, _) => Math.sin(x1) },
  "sin x2": { of: "x2", at: (_, x2) => Math.sin(x2) },
  "x1 and x2": { of: "both", at: (x1, x2) => Math.min(x1, x2) }, // of two truth values the smaller is both
});

/**
 * A feature by its name.
 * @param {string} name
 */
export function featureOf(name) {
  if (!Object.hasOwn(FEATURES, name)) throw new Error(`feature must be one of ${Object.keys(FEATURES).join(", ")}, got ${name}`);
  return FEATURES[name];
}

/**
 * How many points there are.
 * @param {Points} points
 */
export function countOf(points) {
  return points instanceof Float64Array ? points.length / 2 : points.length;
}

/**
 * The chosen features of each point: (features, m), all points of the first feature, then all of the second.
 * @param {readonly string[]} names
 * @param {Points} points
 */
export function apply(names, points) {
  const count = countOf(points);
  const table = new Float64Array(names.length * count);
  names.forEach((name, row) => {
    const { at } = featureOf(name);
    for (let point = 0; point < count; point += 1) {
      const value = points instanceof Float64Array ? at(points[2 * point], points[2 * point + 1]) : at(points[point][0], points[point][1]);
      table[row * count + point] = value;
    }
  });
  return table;
}
