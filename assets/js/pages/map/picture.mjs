// The picture of the map: a canvas with a pixel a run, laid under Plotly's axes; where a run is on the screen, and which is at a place.

/* global Plotly */
import { configuration } from "../../configuration.mjs";
import { createElement } from "../../create_element.mjs";
import { colors, mapColors, themeName } from "../../theme.mjs";
import { contextOf } from "../../views/canvas.mjs";
import { axisColors, picture, planeOf } from "../../views/plotly_graph.mjs";
import { roomFor, tickLayout } from "../../views/ticks.mjs";
import { ends, nameOf } from "./axes.mjs";

/** @typedef {{x: import("./axes.mjs").Axis, y: import("./axes.mjs").Axis}} Axes */

const LONGEST = 6; // letters of a tick
const SHARPEST = 1024; // pixels of a printed map, at least
const SIDES = /** @type {const} */ (["x", "y"]);

export class MapPicture {
  canvas = createElement("canvas");
  /** @type {import("./results.mjs").MapResults | null} */
  #recording = null;
  /** @type {Axes | null} */
  #axes = null;
  #room = "";

  /** @param {any} graph Plotly's @param {HTMLElement} frame under it */
  constructor(graph, frame) {
    this.graph = graph;
    this.frame = frame;
    frame.append(this.canvas);
    graph.on("plotly_afterplot", () => this.#place());
  }

  theme() {
    const { line, ink } = colors();
    Plotly.restyle(this.graph, { "marker.line.color": line, "marker.color": ink }, [0]);
    Plotly.relayout(this.graph, axisColors());
    if (this.#recording) this.paint(this.#recording);
  }

  /** The axes as they are wanted now; a map that is on its way fills them. @param {Axes} axes */
  layOut(axes) {
    this.#axes = axes;
    const most = this.#most();
    this.#room = JSON.stringify(most);
    Plotly.relayout(this.graph, Object.assign({}, ...SIDES.map((side) => sideOf(side, axes[side], most[side]))));
    this.#place();
  }

  /** How many ticks there is room for on each side. */
  #most() {
    return roomFor(planeOf(this.graph), LONGEST);
  }

  /** @param {import("./results.mjs").MapResults} recording */
  paint(recording) {
    this.#recording = recording;
    recording.paint(this.canvas, mapColors());
    this.#place();
  }

  /** Lay the canvas where its runs are on the axes, so that an old map stretches until the new one is there. */
  #place() {
    if (!this.#recording || !this.#axes) return;
    const { left, top, width, height, pixel } = planeOf(this.graph);
    if (this.#room !== JSON.stringify(this.#most())) this.layOut(this.#axes);
    Object.assign(this.frame.style, { inset: "auto", left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
    const { x, y } = this.#recording.asked.view;
    this.canvas.hidden = x.setting !== this.#axes.x.setting || y.setting !== this.#axes.y.setting;
    if (this.canvas.hidden) return;
    const half = 0.5 / (this.#recording.size - 1); // a pixel stands around its run
    const [[x0, x1], [y0, y1]] = [ends(x), ends(y)];
    const [over, up] = [half * (x1 - x0), half * (y1 - y0)];
    const [[from, under], [to, above]] = [pixel([x0 - over, y0 - up]), pixel([x1 + over, y1 + up])];
    Object.assign(this.canvas.style, { left: `${from - left}px`, width: `${to - from}px`, top: `${above - top}px`, height: `${under - above}px` });
  }

  /** Column and row of the run at a place of the screen, or null beside the map. @param {{clientX: number, clientY: number}} event */
  runAt(event) {
    const recording = this.#recording;
    if (!recording) return null;
    const at = planeOf(this.graph).point(event);
    const last = recording.size - 1;
    const place = SIDES.map((side, which) => {
      const [low, high] = ends(recording.asked.view[side]);
      return Math.round(((at[which] - low) / (high - low)) * last);
    });
    return place.every((value) => value >= 0 && value <= last) ? place : null;
  }

  /** A cross at a run, or none. @param {number[] | null} run column and row */
  cross(run) {
    const values = run && this.#recording && [this.#recording.head.x[run[0]], this.#recording.head.y[run[1]]];
    Plotly.restyle(this.graph, { x: [values ? [values[0]] : []], y: [values ? [values[1]] : []] }, [0]);
  }

  /** A file of it, sharp pixels at any size. @param {"png" | "svg"} format */
  file(format) {
    if (!this.#axes) throw new Error("there is no map yet: there is no picture of it");
    const [[left, right], [bottom, top]] = [ends(this.#axes.x), ends(this.#axes.y)];
    const sharp = Math.max(SHARPEST, this.canvas.width);
    const printed = createElement("canvas", { width: sharp, height: sharp });
    const context = contextOf(printed);
    context.imageSmoothingEnabled = false;
    context.drawImage(this.canvas, 0, 0, printed.width, printed.height);
    const place = { xref: "x", yref: "y", x: left, y: top, sizex: right - left, sizey: top - bottom };
    const image = { ...place, source: printed.toDataURL(), sizing: "stretch", layer: "below" };
    return picture({ data: this.graph.data, layout: { ...this.graph.layout, images: [image] } }, format, 900, 860);
  }
}

/** Plotly's layout of one side. @param {"x" | "y"} side @param {import("./axes.mjs").Axis} axis @param {number} most ticks */
function sideOf(side, axis, most) {
  const its = { [`${side}axis.type`]: axis.spacing, [`${side}axis.range`]: ends(axis) };
  return { ...its, ...tickLayout(side, nameOf(axis.setting), axis, most, LONGEST) };
}

/**
 * The legend's ramps in the theme's colours; gold only while a run is of it.
 * @param {Record<string, HTMLElement>} ramps by family, diverged among them
 * @param {boolean} anyDiverged
 */
export function paintLegend(ramps, anyDiverged) {
  const { palette, last_trained: last, first_failed: first } = configuration.map;
  const its = palette[themeName()];
  const color = (/** @type {number} */ code) => `rgb(${its[Math.round(code)].join(",")})`;
  for (const [family, [from, to]] of Object.entries({ trained: [0, last], failed: [first, its.length - 1] })) {
    const stops = Array.from({ length: 9 }, (_, at) => color(from + ((to - from) * at) / 8));
    ramps[family].style.background = `linear-gradient(to right, ${stops.join(",")})`;
  }
  ramps.diverged.style.background = color(last + 1);
  /** @type {HTMLElement} */ (ramps.diverged.parentElement).style.display = anyDiverged ? "" : "none";
}
