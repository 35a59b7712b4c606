// How each layer is doing: the size of its weights, gradients and activations over the epochs, and units that are stuck.

import { configuration, element, text } from "../configuration.mjs";
import { colors } from "../theme.mjs";
import { Fold } from "./fold.mjs";
import { LayersChart } from "./layers_chart.mjs";

const SIZES = ["weights", "gradient", "activations"]; // a chart each
const GROW_EVERY = 60; // ms

export class LayersView {
  #fold;
  #charts = SIZES.map((name) => new LayersChart(name));
  #recording = null;
  #epochs = []; // of the frames that have been taken into the charts
  #series = []; // of each chart, of each layer, a number a frame
  #rows = []; // of each layer: its row, its units, its cells by column
  #timer = null;

  /** @param {() => void} changed told when it is folded or unfolded */
  constructor(changed) {
    this.#fold = new Fold("layers", changed);
  }

  get open() {
    return !this.#fold.folded;
  }

  theme() {
    this.#colorNames();
    this.#draw();
  }

  begin(recording) {
    this.#recording = recording;
    this.#epochs = [];
    const layers = recording.head.layer_sizes.length - 1;
    this.#series = SIZES.map(() => Array.from({ length: layers }, () => []));
    element("view-layers").dataset.frames = "0"; // in the charts
    this.#layOut(recording);
    this.grow();
  }

  /** Draw what has arrived, soon: not more often than the eye follows, and not at all while nobody sees it. */
  grow() {
    if (this.open) this.#timer ??= setTimeout(() => this.#draw(), GROW_EVERY);
  }

  #draw() {
    clearTimeout(this.#timer);
    this.#timer = null;
    const recording = this.#recording;
    if (!recording || !this.open) return;
    for (let index = this.#epochs.length; index < recording.frames.length; index += 1) {
      this.#epochs.push(recording.frames[index].epoch);
      this.#series.forEach((lines, at) => lines.forEach((line, layer) => line.push(recording.measure(index, `layer.${layer}.${SIZES[at]}`))));
    }
    const lines = depthColors(recording.head.layer_sizes.length - 1);
    this.#charts.forEach((chart, at) => chart.draw(recording.head.epochs.at(-1), this.#epochs, this.#series[at], lines));
    element("view-layers").dataset.frames = String(this.#epochs.length);
  }

  paint(recording, index) {
    if (!this.open) return;
    if (this.#epochs.length < recording.frames.length) this.grow();
    const { epoch } = recording.frames[index];
    for (const chart of this.#charts) chart.mark(epoch);
    element("layer-caption").textContent = text("layers.caption", { epoch });
    this.#rows.forEach(({ cells, units }, layer) => {
      for (const [name, cell] of cells) {
        const value = recording.measure(index, `layer.${layer}.${name}`);
        cell.textContent = SIZES.includes(name) ? threeDigits(value) : text("layers.of", { count: value, units });
        cell.classList.toggle("stuck", !SIZES.includes(name) && value > 0);
      }
    });
  }

  /** A row a layer; a column for each way to get stuck that an activation of this network has. */
  #layOut(recording) {
    const { layer_sizes: sizes, experiment } = recording.head;
    const ways = Object.keys(configuration.stuck);
    const layers = sizes.slice(1).map((units, layer) => {
      const last = layer === sizes.length - 2;
      const activation = last ? experiment.output_activation : experiment.activation;
      const name = last ? text("start.output") : text("probe.layer", { layer: layer + 1 });
      return { units, name, ways: ways.filter((way) => configuration.stuck[way].includes(activation)) };
    });
    const shown = ways.filter((way) => layers.some((layer) => layer.ways.includes(way)));
    for (const way of ways) element("layer-table").querySelector(`[data-column="${way}"]`).hidden = !shown.includes(way);
    this.#rows = layers.map(({ units, name, ways: its }) => {
      const columns = [...SIZES, ...shown].map((column) => [column, document.createElement("td")]);
      for (const [column, cell] of columns) cell.textContent = "–"; // and so it stays where there is no such unit
      const row = document.createElement("tr");
      row.append(nameCell(name), ...columns.map(([, cell]) => cell));
      return { row, units, cells: columns.filter(([column]) => SIZES.includes(column) || its.includes(column)) };
    });
    element("layer-rows").replaceChildren(...this.#rows.map(({ row }) => row));
    this.#colorNames();
  }

  #colorNames() {
    const lines = depthColors(this.#rows.length);
    this.#rows.forEach(({ row }, layer) => {
      row.querySelector(".swatch").style.background = lines[layer];
    });
  }
}

/** Colours from the first layer to the last, evenly along the theme's scale of depth. */
function depthColors(count) {
  const stops = colors().depth.map((color) => [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16)));
  return Array.from({ length: count }, (_, layer) => {
    const place = count === 1 ? 0 : (layer / (count - 1)) * (stops.length - 1);
    const below = Math.min(stops.length - 2, Math.floor(place));
    const mixed = stops[below].map((value, channel) => Math.round(value + (place - below) * (stops[below + 1][channel] - value)));
    return `rgb(${mixed.join(" ")})`;
  });
}

/** With as many digits whatever they are, so that nothing moves. */
function threeDigits(value) {
  if (!Number.isFinite(value)) return "–";
  const small = value !== 0 && Math.abs(value) < 1e-3;
  return (small ? value.toExponential(2) : value.toPrecision(3)).replaceAll("-", "−").replace("+", "");
}

function nameCell(words) {
  const cell = Object.assign(document.createElement("th"), { scope: "row" });
  cell.append(Object.assign(document.createElement("i"), { className: "swatch" }), words);
  return cell;
}
