// Switches between light and dark: the page's own choice is remembered; until there is one, the system's is followed.

import { configuration } from "./configuration.mjs";
import { mixed, pixel, ramp } from "./color_mixing.mjs";

/** @typedef {Record<string, string> & {scale: string[], slope: string[], depth: string[]}} Colors a theme, as nnlab/figures/theme.py has it */

const YEAR = 60 * 60 * 24 * 365;
const LEVELS = 255;

/**
 * Remember a choice where the server sees it, so that the next page comes right at once.
 * @param {string} name
 * @param {string} value
 */
export function remember(name, value) {
  document.cookie = `nnlab_${name}=${value};path=/;max-age=${YEAR};samesite=lax`;
}

/** @returns {"light" | "dark"} */
export function themeName() {
  return document.documentElement.dataset.bsTheme === "dark" ? "dark" : "light";
}

/**
 * The colours of pictures in the present theme.
 * @returns {Colors}
 */
export function colors() {
  return configuration.themes[themeName()];
}

/**
 * @param {HTMLElement} button turns one into the other
 * @param {() => void} changed told afterwards
 */
export function start(button, changed) {
  const set = (/** @type {string} */ name) => {
    document.documentElement.dataset.bsTheme = name;
    changed();
  };
  button.addEventListener("click", () => {
    const name = themeName() === "dark" ? "light" : "dark";
    remember("theme", name);
    set(name);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", (event) => {
    if (!document.cookie.includes("nnlab_theme=")) set(event.matches ? "dark" : "light");
  });
}

/** The colour of each code of the map of what trains, as a canvas takes it. */
export function mapColors() {
  return Uint32Array.from(/** @type {number[][]} */ (configuration.map.palette[themeName()]), pixel);
}

/** The colour scale in 255 steps, as a canvas takes it. */
export function levelColors() {
  const { scale } = colors();
  return Uint32Array.from({ length: LEVELS }, (_, level) => pixel(mixed(scale, level / (LEVELS - 1))));
}

/**
 * Colours from the first layer to the last.
 * @param {number} count how many layers
 */
export function depthColors(count) {
  return ramp(colors().depth, count);
}
