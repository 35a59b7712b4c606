// The cost after every epoch, the run before in grey, and a mark at the epoch that all views show.

/* global Plotly */
import { configuration, number, text } from "../configuration.mjs";
import { findCheckbox, findPart } from "../find_part.mjs";
import { colors } from "../theme.mjs";
import { axisColors, picture, planeOf, plotted } from "./plotly_graph.mjs";

/** @typedef {import("../recording.mjs").Recording} Recording */

const trace = configuration.traces.cost;
const GROW_EVERY = 60; // ms

/** @typedef {{costs: ArrayLike<number>, name: string}} Before the run before, and what was changed since */

export class CostView {
  #root;
  /** @type {any} Plotly's, once it is drawn */
  #graph = null;
  /** @type {Recording | null} */
  #recording = null;
  /** @type {number[]} */
  #before = [];
  /** @type {ReturnType<typeof setTimeout> | null} */
  #timer = null;
  #epoch = 0;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#root = root;
    const log = findCheckbox(root, "log");
    log.addEventListener("change", () => {
      Plotly.relayout(this.#graph, { "yaxis.type": log.checked ? "log" : "linear", "yaxis.autorange": true });
    });
    this.ready = plotted(findPart(root, "graph")).then((graph) => {
      this.#graph = graph;
      graph.on("plotly_afterplot", () => this.#mark());
      this.theme();
      if (this.#recording) this.grow();
    });
  }

  theme() {
    if (!this.#graph) return;
    const { accent, before, test } = colors();
    Plotly.restyle(this.#graph, { "line.color": accent }, [trace.cost]);
    Plotly.restyle(this.#graph, { "line.color": test }, [trace.test]);
    Plotly.restyle(this.#graph, { "line.color": before }, [trace.before]);
    Plotly.relayout(this.#graph, axisColors());
  }

  /**
   * A new run beside the one before.
   * @param {Recording} recording
   * @param {Before | null} [before]
   */
  begin(recording, before = null) {
    this.#recording = recording;
    this.#before = before ? Array.from(before.costs) : [];
    findPart(this.#root, "before").textContent = before ? text("cost.before", { change: before.name }) : "";
    this.grow();
  }

  /** Draw what has arrived, soon: after the views that move, and not more often than the eye follows. */
  grow() {
    this.#timer ??= setTimeout(() => this.#draw(), GROW_EVERY);
  }

  #draw() {
    this.#timer = null;
    if (!this.#graph || !this.#recording) return;
    const { costs, testCosts, costCount } = this.#recording;
    const curves = [this.#before, Array.from(costs.subarray(0, costCount)), Array.from(testCosts.subarray(0, costCount))];
    const change = { x: curves.map((curve) => curve.map((_, epoch) => epoch)), y: curves };
    Plotly.restyle(this.#graph, change, [trace.before, trace.cost, trace.test]);
  }

  /** @param {Recording} recording @param {number} index */
  paint(recording, index) {
    this.#epoch = recording.epochs[index];
    const test = recording.testCosts[this.#epoch];
    findPart(this.#root, "now").textContent = text("cost.now", { cost: number(recording.costs[this.#epoch], 5) });
    findPart(this.#root, "test").textContent = test === undefined ? "" : text("cost.test", { cost: number(test, 5) });
    this.#mark();
  }

  #mark() {
    if (!this.#graph) return;
    const plane = planeOf(this.#graph);
    const cost = this.#recording?.costs[this.#epoch] ?? NaN;
    const mark = findPart(this.#root, "marker");
    const [left, top] = plane.pixel([this.#epoch, plane.log ? Math.log10(cost) : cost]);
    mark.hidden = !this.#recording || !Number.isFinite(top);
    const within = Math.max(plane.top, Math.min(plane.top + plane.height, top));
    if (!mark.hidden) mark.style.transform = `translate(${left}px, ${within}px)`;
  }

  /** @param {string} words */
  describe(words) {
    findPart(this.#root, "picture").setAttribute("aria-label", `${text("panel.cost")}. ${words}`);
  }

  /** @param {"png" | "svg"} format */
  picture(format) {
    if (!this.#recording) throw new Error("there is no run yet: there is no picture of its cost");
    const point = { x: [this.#epoch], y: [this.#recording.costs[this.#epoch]], mode: "markers", marker: { size: 10, color: colors().accent } };
    return picture({ data: [...this.#graph.data, point], layout: this.#graph.layout }, format, 900, 480);
  }
}
