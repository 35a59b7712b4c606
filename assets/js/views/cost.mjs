// The cost after every epoch, the run before in grey, and a mark at the epoch that all views show.

/* global Plotly */
import { configuration, element, number, text } from "../configuration.mjs";
import { colors } from "../theme.mjs";
import { axisColors, graphOf, picture } from "./graph.mjs";

const trace = configuration.traces.cost;
const GROW_EVERY = 60; // ms

export class CostView {
  #graph = graphOf("cost");
  #recording = null;
  #before = [];
  #timer = null;
  #epoch = 0;

  constructor() {
    element("cost-log").addEventListener("change", (event) => {
      Plotly.relayout(this.#graph, { "yaxis.type": event.target.checked ? "log" : "linear", "yaxis.autorange": true });
    });
    this.#graph.on("plotly_afterplot", () => this.#mark());
    this.theme();
  }

  theme() {
    const { accent, before, test } = colors();
    Plotly.restyle(this.#graph, { "line.color": accent }, [trace.cost]);
    Plotly.restyle(this.#graph, { "line.color": test }, [trace.test]);
    Plotly.restyle(this.#graph, { "line.color": before }, [trace.before]);
    Plotly.relayout(this.#graph, axisColors());
  }

  /**
   * A new run beside the one before.
   * @param {import("../recording.mjs").Recording} recording
   * @param {{costs: ArrayLike<number>, name: string} | null} before
   */
  begin(recording, before) {
    this.#recording = recording;
    this.#before = before ? Array.from(before.costs) : [];
    element("cost-before").textContent = before ? text("cost.before", { change: before.name }) : "";
    this.grow();
  }

  /** Draw what has arrived, soon: after the views that move, and not more often than the eye follows. */
  grow() {
    this.#timer ??= setTimeout(() => this.#draw(), GROW_EVERY);
  }

  #draw() {
    this.#timer = null;
    const { costs, testCosts, costCount } = this.#recording;
    const curves = [this.#before, Array.from(costs.subarray(0, costCount)), Array.from(testCosts.subarray(0, costCount))];
    const change = { x: curves.map((curve) => curve.map((_, epoch) => epoch)), y: curves };
    Plotly.restyle(this.#graph, change, [trace.before, trace.cost, trace.test]);
  }

  paint(recording, index) {
    this.#epoch = recording.frames[index].epoch;
    const test = recording.testCosts[this.#epoch];
    element("cost-now").textContent = text("cost.now", { cost: number(recording.costs[this.#epoch], 5) });
    element("cost-test").textContent = test === undefined ? "" : text("cost.test", { cost: number(test, 5) });
    this.#mark();
  }

  #mark() {
    const { xaxis, yaxis } = this.#graph._fullLayout;
    const cost = this.#recording?.costs[this.#epoch];
    const mark = element("cost-marker");
    const height = yaxis.type === "log" ? Math.log10(cost) : cost;
    mark.hidden = !this.#recording || !Number.isFinite(height);
    if (mark.hidden) return;
    const left = xaxis._offset + xaxis.l2p(this.#epoch);
    const top = yaxis._offset + Math.max(0, Math.min(yaxis._length, yaxis.l2p(height)));
    mark.style.transform = `translate(${left}px, ${top}px)`;
  }

  picture(format) {
    const point = { x: [this.#epoch], y: [this.#recording.costs[this.#epoch]], mode: "markers", marker: { size: 10, color: colors().accent } };
    return picture({ data: [...this.#graph.data, point], layout: this.#graph.layout }, format, 900, 480);
  }
}
