// What the painters share about a Plotly graph that Dash has drawn.

/* global Plotly */
import { colors } from "../theme.mjs";

/** The graph's own element, once Dash and Plotly have drawn it. */
export function graphOf(id) {
  return document.getElementById(id)?.querySelector(".js-plotly-plot") ?? null;
}

/** Rows of a square surface, as Plotly takes them, without copying a number. */
export function rowsOf(surface) {
  const size = Math.sqrt(surface.length);
  return Array.from({ length: size }, (_, row) => surface.subarray(row * size, (row + 1) * size));
}

/** The layout changes that give a flat graph the page's colours. */
export function axisColors() {
  const { ink, muted, grid } = colors();
  const names = ["gridcolor", "linecolor", "tickcolor"];
  const parts = ["xaxis", "yaxis"].flatMap((axis) => names.map((name) => [`${axis}.${name}`, grid]));
  return { ...Object.fromEntries(parts), "font.color": muted, "xaxis.title.font.color": ink, "yaxis.title.font.color": ink };
}

/**
 * A picture file of a figure.
 * @param {{data: object[], layout: object}} figure
 * @param {"png" | "svg"} format
 * @returns {Promise<string>} a data address
 */
export function picture(figure, format, width = 900, height = 720) {
  const layout = { ...figure.layout, paper_bgcolor: colors().paper, width, height, autosize: false };
  return Plotly.toImage({ data: figure.data, layout }, { format, width, height, scale: format === "png" ? 2 : 1 });
}

/** Whether the browser can draw in three dimensions. */
export function hasWebGL() {
  const canvas = document.createElement("canvas");
  return Boolean(canvas.getContext("webgl2") ?? canvas.getContext("webgl"));
}
