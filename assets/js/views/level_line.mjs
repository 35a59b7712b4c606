// A level line while it moves: marching squares over the grid, straight onto a canvas in about a millisecond.
// Plotly draws the same line at rest, and in every file; to let it redraw for each frame costs 14 ms, whatever the grid.

/**
 * The pieces of the line on which a surface has a level, after Lorensen & Cline (1987) in two dimensions.
 * @param {Float64Array} surface row by row, size x size
 * @param {number} level
 * @returns {number[]} x, y, x, y of each piece, in grid steps
 */
export function levelLine(surface, level) {
  const size = Math.sqrt(surface.length);
  const pieces = [];
  for (let row = 0; row < size - 1; row += 1) {
    for (let column = 0; column < size - 1; column += 1) {
      const at = row * size + column;
      const corners = [surface[at], surface[at + 1], surface[at + size + 1], surface[at + size]];
      const above = corners.map((value) => value > level);
      if (above[0] === above[1] && above[1] === above[2] && above[2] === above[3]) continue;
      const crossings = crossed(corners, above, level, column, row);
      for (let pair = 0; pair + 1 < crossings.length; pair += 2) pieces.push(...crossings[pair], ...crossings[pair + 1]);
    }
  }
  return pieces;
}

/** Where the line crosses the sides of one square: two places, or four where it passes twice. */
function crossed(corners, above, level, column, row) {
  const places = [
    [column, row],
    [column + 1, row],
    [column + 1, row + 1],
    [column, row + 1],
  ];
  const crossings = [];
  for (let side = 0; side < 4; side += 1) {
    const next = (side + 1) % 4;
    if (above[side] === above[next]) continue;
    const share = (level - corners[side]) / (corners[next] - corners[side]);
    crossings.push(places[side].map((start, axis) => start + share * (places[next][axis] - start)));
  }
  return crossings;
}
