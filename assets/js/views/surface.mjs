// The output surface. Redrawing it is the dearest thing on the page without a graphics card, so it is measured as it
// runs: it is redrawn as often as that leaves two thirds of the time to the rest, and always when the picture rests.
// It is drawn for the first time when the other views are on the screen, and not before it is unfolded.

/* global Plotly */
import { configuration, element, text } from "../configuration.mjs";
import { colors } from "../theme.mjs";
import { Fold } from "./fold.mjs";
import { drawn, graphOf, hasWebGL, picture, rowsOf } from "./graph.mjs";

const trace = configuration.traces.surface;
const REST = 2; // times as long as the last redraw took
const SOON = 30; // ms: the other views are on the screen by then

export class SurfaceView {
  #graph = null;
  #coming = null;
  #head = null;
  #due = 0;
  #next = null;
  #timer = null;
  #flat = !hasWebGL();
  #fold;

  /** @param {() => void} unfolded told when it is to be seen again */
  constructor(unfolded) {
    this.#fold = new Fold("surface", (folded) => folded || unfolded());
  }

  /** Have the graph drawn, if it was not: Dash and Plotly need a moment, WebGL a longer one. */
  #ready() {
    this.#coming ??= drawn("surface", ["surface"]).then(() => {
      this.#graph = graphOf("surface");
      if (this.#flat) this.#flatten();
      this.theme();
      if (this.#head) this.#lay();
    });
    return this.#coming;
  }

  get folded() {
    return this.#fold.folded;
  }

  theme() {
    if (!this.#graph) return;
    const { scale, ink, grid, muted, line } = colors();
    const colorscale = scale.map((color, index) => [index / (scale.length - 1), color]);
    if (this.#flat) {
      Plotly.restyle(this.#graph, { colorscale: [colorscale], "line.color": line }, [0]);
      Plotly.relayout(this.#graph, { "font.color": muted });
      return;
    }
    Plotly.restyle(this.#graph, { colorscale: [colorscale], "contours.z.color": line }, [trace.surface]);
    Plotly.restyle(this.#graph, { "marker.color": ink }, [trace.points]);
    const axes = ["xaxis", "yaxis", "zaxis"].map((axis) => [`scene.${axis}.gridcolor`, grid]);
    Plotly.relayout(this.#graph, { ...Object.fromEntries(axes), "font.color": muted });
  }

  begin(recording) {
    const old = this.#head;
    this.#head = recording.head;
    const key = (head) => JSON.stringify([head.axis, head.targets, head.points]);
    if (this.#graph && (!old || key(old) !== key(this.#head))) this.#lay();
  }

  /** Lay out plane, heights and points of the present run. */
  #lay() {
    const { axis, points, targets, middle, reach: full } = this.#head;
    const reach = full * 1.05;
    const [low, high] = [middle - reach, middle + reach];
    const levels = this.#flat
      ? { zmin: low, zmax: high, "contours.start": low, "contours.end": high, "contours.size": reach / 5 }
      : { cmin: low, cmax: high, "contours.z.start": low, "contours.z.end": high, "contours.z.size": reach / 5 };
    Plotly.restyle(this.#graph, levels, [0]);
    const range = [axis[0], axis.at(-1)];
    if (this.#flat) {
      Plotly.relayout(this.#graph, { "xaxis.range": range, "yaxis.range": range });
      return;
    }
    const [x, y] = [0, 1].map((at) => points.map((point) => point[at]));
    Plotly.restyle(this.#graph, { x: [x], y: [y], z: [targets], "marker.size": points.length > 8 ? 2.5 : 6 }, [trace.points]);
    const height = [low - reach / 2, high];
    Plotly.relayout(this.#graph, { "scene.xaxis.range": range, "scene.yaxis.range": range, "scene.zaxis.range": height });
  }

  /** Redraw when it is time to: after the views that are quick, and soon if the picture is at rest. */
  paint(recording, index, atRest) {
    this.#next = { recording, index, atRest };
    if (this.folded) return;
    const wait = atRest ? SOON : Math.max(SOON, this.#due - performance.now());
    if (this.#timer !== null && !atRest) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#redraw(), wait);
  }

  /** Leave out a redraw that was due: something newer is on its way, and must not wait for it. */
  skip() {
    clearTimeout(this.#timer);
    this.#timer = null;
  }

  async #redraw() {
    if (!this.#graph) {
      await this.#ready();
      if (this.folded) return;
    }
    const { recording, index, atRest } = this.#next;
    const start = performance.now();
    this.#timer = null;
    this.#draw(recording, index, atRest ? 1 : 2);
    // WebGL draws after this call returns: what counts is when the page can go on
    requestAnimationFrame(() => setTimeout(() => {
      const end = performance.now();
      this.#due = end + REST * (end - start);
    }));
  }

  /** Every point at rest; while it moves every second one, 60 a side, which Plotly takes without resampling. */
  #draw(recording, index, step) {
    const kept = (values) => values.filter((_, at) => at % step === 0);
    const axis = kept(recording.head.axis);
    const z = kept(rowsOf(recording.surface(index))).map((row) => (step === 1 ? row : kept(row)));
    Plotly.restyle(this.#graph, { x: [axis], y: [axis], z: [z] }, [0]);
  }

  #flatten() {
    element("surface-note").textContent = text("surface.no_webgl");
    const level = { type: "contour", z: this.#graph.data[0].z, x: this.#graph.data[0].x, y: this.#graph.data[0].y };
    const layout = { ...this.#graph.layout, margin: { l: 44, r: 12, t: 8, b: 38 } };
    delete layout.scene; // Plotly reads even a scene that is undefined
    Plotly.newPlot(this.#graph, [{ ...level, contours: { coloring: "heatmap" }, showscale: false, hoverinfo: "skip" }], layout, {
      displayModeBar: false,
      responsive: true,
    });
  }

  async picture(format) {
    await this.#ready();
    if (this.#next) this.#draw(this.#next.recording, this.#next.index, 1);
    return picture({ data: this.#graph.data, layout: this.#graph.layout }, format, 900, 760);
  }
}
