// Light and dark: the page's own choice is remembered, the system's is followed until then.

import { configuration } from "./configuration.mjs";

const YEAR = 60 * 60 * 24 * 365;

/** Remember a choice where the server sees it, so that the next page comes right at once. */
export function remember(name, value) {
  document.cookie = `nnlab_${name}=${value};path=/;max-age=${YEAR};samesite=lax`;
}

export function themeName() {
  return document.documentElement.dataset.bsTheme;
}

/** The colours of pictures in the present theme. */
export function colors() {
  return configuration.themes[themeName()];
}

/** @param {() => void} changed */
export function start(button, changed) {
  const set = (name) => {
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
  return Uint32Array.from(configuration.map.palette[themeName()], ([red, green, blue]) => (255 << 24) | (blue << 16) | (green << 8) | red);
}

/** The colour scale in 255 steps, as red, green, blue and alpha bytes in the order of a canvas. */
export function levelColors() {
  const stops = colors().scale.map((color) => [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16)));
  const table = new Uint32Array(255);
  for (let level = 0; level < 255; level += 1) {
    const place = (level / 254) * (stops.length - 1);
    const below = Math.min(stops.length - 2, Math.floor(place));
    const [red, green, blue] = stops[below].map((value, channel) =>
      Math.round(value + (place - below) * (stops[below + 1][channel] - value)),
    );
    table[level] = (255 << 24) | (blue << 16) | (green << 8) | red;
  }
  return table;
}
