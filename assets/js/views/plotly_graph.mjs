// Shared functions of the views drawn by Plotly: drawing, positions on the screen, the page's colors, a picture as a file.

/* global Plotly */
import { configuration } from "../configuration.mjs";
import { createElement } from "../create_element.mjs";
import { loadPlotly3d } from "../load_plotly_3d.mjs";
import { colors } from "../theme.mjs";

/**
 * Draw the graph that Python has laid down as data in its place.
 * @param {HTMLElement} place
 * @returns {Promise<any>} the graph
 */
export async function plotted(place) {
  const { data, layout } = JSON.parse(place.dataset.figure ?? "");
  if (layout.scene) await loadPlotly3d();
  const graph = createElement("div"); // ours: React knows the place around it and no more
  place.append(graph);
  await Plotly.newPlot(graph, data, { ...layout, separators: configuration.separators }, configuration.graph);
  return graph;
}

/** A graph of a page beside the Lab, once it is drawn. @param {string} id @returns {any} */
export function graphOf(id) {
  return document.getElementById(id)?.querySelector(".js-plotly-plot") ?? null;
}

/**
 * Where a flat graph's plane lies in it, and how the screen's pixels and its coordinates belong together.
 * @param {any} graph
 * @returns {{left: number, top: number, width: number, height: number, log: boolean, x: number[], y: number[],
 *            point: (event: {clientX: number, clientY: number}) => number[], pixel: (point: number[]) => number[]}}
 */
export function planeOf(graph) {
  const { xaxis, yaxis } = graph._fullLayout;
  return {
    left: xaxis._offset,
    top: yaxis._offset,
    width: xaxis._length,
    height: yaxis._length,
    log: yaxis.type === "log",
    x: xaxis.range,
    y: yaxis.range,
    point: ({ clientX, clientY }) => {
      const box = graph.getBoundingClientRect();
      return [xaxis.p2l(clientX - box.left - xaxis._offset), yaxis.p2l(clientY - box.top - yaxis._offset)];
    },
    pixel: ([x, y]) => [xaxis._offset + xaxis.l2p(x), yaxis._offset + yaxis.l2p(y)],
  };
}

/** Rows of a square surface, as Plotly takes them, without copying a number. @param {Float64Array | Float32Array} surface */
export function rowsOf(surface) {
  const size = Math.sqrt(surface.length);
  return Array.from({ length: size }, (_, row) => surface.subarray(row * size, (row + 1) * size));
}

/** The layout changes that give a flat graph the page's colours, and its numbers the language's marks. */
export function axisColors() {
  const { ink, muted, grid } = colors();
  const names = ["gridcolor", "linecolor", "tickcolor"];
  const parts = ["xaxis", "yaxis"].flatMap((axis) => names.map((name) => [`${axis}.${name}`, grid]));
  return { ...Object.fromEntries(parts), separators: configuration.separators, "font.color": muted, "xaxis.title.font.color": ink, "yaxis.title.font.color": ink };
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
  const canvas = createElement("canvas");
  return Boolean(canvas.getContext("webgl2") ?? canvas.getContext("webgl"));
}
