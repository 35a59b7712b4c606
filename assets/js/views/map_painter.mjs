// A small map of outputs on a canvas, a pixel a grid point: for the boundary view and for every small picture.

const MIDDLE_LEVEL = 127;

/**
 * Paint levels in the classes' colours; full colour stands for a target's value, whatever the levels' own range.
 * @param {HTMLCanvasElement} canvas
 * @param {Uint8Array} levels row by row from the least x2
 * @param {number} gain the levels' reach, in units of a target's distance from the middle
 * @param {Uint32Array} palette the colour of each level
 */
export function paintLevels(canvas, levels, gain, palette) {
  const size = Math.sqrt(levels.length);
  if (canvas.width !== size) canvas.width = canvas.height = size;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const image = context.createImageData(size, size);
  const pixels = new Uint32Array(image.data.buffer);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const offset = (levels[row * size + column] - MIDDLE_LEVEL) * gain;
      const level = MIDDLE_LEVEL + Math.max(-MIDDLE_LEVEL, Math.min(MIDDLE_LEVEL, offset));
      pixels[(size - 1 - row) * size + column] = palette[Math.round(level)];
    }
  }
  context.putImageData(image, 0, 0);
}
