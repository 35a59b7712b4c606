// How each layer is doing: the size of its weights, gradients and activations over the epochs, and units that are stuck.

import { configuration, padded, text } from "../configuration.mjs";
import { layerSizes } from "../core/network.mjs";
import { evaluationOf } from "../evaluation.mjs";
import { createElement, createRow } from "../create_element.mjs";
import { findPart } from "../find_part.mjs";
import { depthColors } from "../theme.mjs";
import { Fold } from "./fold.mjs";
import { LayersChart } from "./layers_chart.mjs";

/** @typedef {Exclude<keyof LayerState, "units">} Measure what of a layer has a column * @typedef {import("../recording.mjs").Recording} Recording
 * @typedef {import("../evaluation.mjs").LayerState} LayerState
 */

/** @type {Measure[]} */
const SIZES = ["weights", "gradient", "activations"]; // a chart each: the gradient's comes from the server
const CHARTS = ["weights", "gradient", "activations"];
const GROW_EVERY = 60; // ms
const AT_ONCE = 12; // ms of looking at networks, before the page has its turn

export class LayersView {
  #root;
  #fold;
  #charts;
  /** @type {Recording | null} */
  #recording = null;
  /** @type {number[]} */
  #epochs = []; // of the frames that have been taken into the charts
  /** @type {number[][][]} */
  #series = []; // of each chart, of each layer, a number a frame
  /** @type {{line: HTMLElement, swatch: HTMLElement, units: number, cells: [Measure, HTMLElement][]}[]} */
  #rows = []; // of each layer: its row, its units, its cells by column
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {HTMLElement} root @param {() => void} changed told when it is folded or unfolded */
  constructor(root, changed) {
    this.#root = root;
    this.#fold = new Fold(root, changed);
    this.#charts = CHARTS.map((name) => new LayersChart(root, name));
  }

  get open() {
    return !this.#fold.folded;
  }

  /** How many frames are in the charts. */
  get drawn() {
    return this.#epochs.length;
  }

  theme() {
    this.#colorNames();
    this.#draw();
  }

  /** @param {Recording} recording */
  begin(recording) {
    this.#recording = recording;
    this.#epochs = [];
    const layers = layerSizes(recording.experiment).length - 1;
    this.#series = SIZES.map(() => Array.from({ length: layers }, () => []));
    this.#layOut(recording);
    this.grow();
  }

  /** Draw what has arrived, soon: not more often than the eye follows, and not at all while it is folded. */
  grow() {
    if (this.open) this.#timer ??= setTimeout(() => this.#draw(), GROW_EVERY);
  }

  #draw() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const recording = this.#recording;
    if (!recording || !this.open) return;
    const arrived = recording.arrived;
    const end = performance.now() + AT_ONCE;
    const evaluation = evaluationOf(recording);
    for (let index = this.#epochs.length; index < arrived && performance.now() < end; index += 1) {
      this.#epochs.push(recording.epochs[index]);
      const states = evaluation.layers(index);
      this.#series.forEach((lines, at) => lines.forEach((line, layer) => line.push(states[layer][SIZES[at]])));
    }
    const lines = depthColors(layerSizes(recording.experiment).length - 1);
    const { epochs } = recording.head;
    const last = epochs[epochs.length - 1];
    this.#charts.forEach((chart, at) => chart.draw(last, this.#epochs, this.#series[at], lines));
    if (this.#epochs.length < arrived) this.#timer = setTimeout(() => this.#draw());
  }

  /** @param {Recording} recording @param {number} index */
  paint(recording, index) {
    if (!this.open) return;
    if (this.#epochs.length < recording.arrived) this.grow();
    const epoch = recording.epochs[index];
    for (const chart of this.#charts) chart.mark(epoch);
    findPart(this.#root, "caption").textContent = text("layers.caption", { epoch });
    const states = evaluationOf(recording).layers(index);
    this.#rows.forEach(({ cells, units }, layer) => {
      for (const [name, cell] of cells) {
        const value = states[layer][name];
        cell.textContent = SIZES.includes(name) ? padded(value, 3) : text("layers.of", { count: value, units });
        cell.classList.toggle("stuck", !SIZES.includes(name) && value > 0);
      }
    });
  }

  /** A row a layer; a column for each way to get stuck that an activation of this network has. @param {Recording} recording */
  #layOut(recording) {
    const { experiment } = recording;
    const sizes = layerSizes(experiment);
    const ways = /** @type {Measure[]} */ (Object.keys(configuration.stuck));
    const layers = sizes.slice(1).map((units, layer) => {
      const last = layer === sizes.length - 2;
      const activation = last ? experiment.output_activation : experiment.activation;
      const name = last ? text("start.output") : text("probe.layer", { layer: layer + 1 });
      return { units, name, ways: ways.filter((way) => configuration.stuck[way].includes(activation)) };
    });
    const shown = ways.filter((way) => layers.some((layer) => layer.ways.includes(way)));
    for (const way of ways) findPart(this.#root, "table").querySelector(`[data-column="${way}"]`).hidden = !shown.includes(way);
    this.#rows = layers.map(({ units, name, ways: its }) => {
      // a dash stays where there is no such unit
      const columns = [...SIZES, ...shown].map((column) => /** @type {[Measure, HTMLElement]} */ ([column, createElement("td", { textContent: "–" })]));
      const swatch = createElement("i", { className: "swatch" });
      const line = createRow(createElement("th", { scope: "row" }, swatch, name), ...columns.map(([, cell]) => cell));
      return { line, swatch, units, cells: columns.filter(([column]) => SIZES.includes(column) || its.includes(column)) };
    });
    findPart(this.#root, "rows").replaceChildren(...this.#rows.map(({ line }) => line));
    this.#colorNames();
  }

  #colorNames() {
    const lines = depthColors(this.#rows.length);
    this.#rows.forEach(({ swatch }, layer) => {
      swatch.style.background = lines[layer];
    });
  }
}
