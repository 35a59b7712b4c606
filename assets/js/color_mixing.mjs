// Mixes colors: what a theme's scale gives at any place along it.

/**
 * The colour at a share of the way along colours that are evenly spaced.
 * @param {readonly string[]} stops as #rrggbb, two or more
 * @param {number} share 0 for the first, 1 for the last
 * @returns {number[]} red, green and blue, 0 to 255
 */
export function mixed(stops, share) {
  const place = share * (stops.length - 1);
  const below = Math.min(stops.length - 2, Math.floor(place));
  const [from, to] = [channels(stops[below]), channels(stops[below + 1])];
  return from.map((value, channel) => Math.round(value + (place - below) * (to[channel] - value)));
}

/**
 * So many colours from the first to the last, evenly spaced, as a stylesheet writes them; one alone is the first.
 * @param {readonly string[]} stops
 * @param {number} count
 * @returns {string[]}
 */
export function ramp(stops, count) {
  return Array.from({ length: count }, (_, index) => `rgb(${mixed(stops, count === 1 ? 0 : index / (count - 1)).join(" ")})`);
}

/**
 * A colour as a pixel of a canvas: its bytes are red, green, blue and alpha.
 * @param {readonly number[]} color red, green and blue
 */
export function pixel([red, green, blue]) {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** @param {string} color */
function channels(color) {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
}
