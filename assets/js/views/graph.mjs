// What the painters share about a Plotly graph that Dash has drawn.

/* global Plotly */
import { configuration } from "../configuration.mjs";
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

/**
 * Have a part drawn that Dash draws when it is needed: a page, the 3D view.
 * @param {string} name
 * @param {string[]} graphs that stand on it
 * @returns {Promise<void>} when Dash has drawn it, and Plotly its graphs
 */
export async function drawn(name, graphs) {
  const places = () => graphs.map((id) => document.getElementById(id));
  window.dash_clientside.set_props(`body-request-${name}`, { data: true });
  while (!places().every(Boolean)) await new Promise(requestAnimationFrame);
  for (const place of places()) {
    const { data, layout } = JSON.parse(place.dataset.figure);
    const graph = document.createElement("div"); // ours: React knows the place around it and no more
    place.append(graph);
    await Plotly.newPlot(graph, data, layout, configuration.graph);
  }
}

/** Whether a graph stands, and Dash is done with it: until then it would take back what a painter changes. */
export function isDrawn(id) {
  const graph = graphOf(id);
  return Boolean(graph?._fullLayout?._size) && !graph.classList.contains("dash-graph--pending");
}
