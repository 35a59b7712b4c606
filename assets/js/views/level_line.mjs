// The line on which a surface has a level: marching squares over a grid, after Lorensen & Cline (1987) in two dimensions.

/**
 * The pieces of the line.
 * @param {Float64Array} surface row by row
 * @param {number} columns
 * @param {number} level
 * @param {number} [step] only every so many rows and columns are looked at
 * @returns {number[]} x, y, x, y of each piece, in grid steps
 */
export function levelLine(surface, columns, level, step = 1) {
  const rows = surface.length / columns;
  /** @type {number[]} */
  const pieces = [];
  for (let row = 0; row + step < rows; row += step) {
    for (let column = 0; column + step < columns; column += step) {
      const at = row * columns + column;
      const above = at + step * columns;
      const [a, b, c, d] = [surface[at], surface[at + step], surface[above + step], surface[above]];
      const high = a > level;
      if (high === b > level && high === c > level && high === d > level) continue;
      cross(pieces, [a, b, c, d], level, column, row, step);
    }
  }
  return pieces;
}

/**
 * Where the line crosses the sides of one square: two places, or four where it passes twice.
 * @param {number[]} pieces
 * @param {number[]} corners
 * @param {number} level
 * @param {number} column
 * @param {number} row
 * @param {number} step
 */
function cross(pieces, corners, level, column, row, step) {
  const places = [[column, row], [column + step, row], [column + step, row + step], [column, row + step]];
  let crossings = 0;
  for (let side = 0; side < 4; side += 1) {
    const next = (side + 1) % 4;
    if (corners[side] > level === corners[next] > level) continue;
    const share = (level - corners[side]) / (corners[next] - corners[side]);
    const [[x0, y0], [x1, y1]] = [places[side], places[next]];
    pieces.push(x0 + share * (x1 - x0), y0 + share * (y1 - y0));
    crossings += 1;
  }
  if (crossings % 2) pieces.length -= 2; // beyond all numbers
}
