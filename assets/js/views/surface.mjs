// Draws the output surface in 3D, as often as its own measured time allows. Redrawing it is the dearest thing on the page without a
// graphics card: it is redrawn as often as that leaves two thirds of the time to the rest, and always when the picture rests. Where a
// redraw takes long it waits, while a slider is dragged, until the hand pauses: the picture of the run that follows is not to wait for it.
// It is drawn for the first time when the other views are on the screen, and not before it is unfolded.

/* global Plotly */
import { configuration, text } from "../configuration.mjs";
import { axis, Plane } from "../core/plane.mjs";
import { evaluationOf } from "../evaluation.mjs";
import { findPart } from "../find_part.mjs";
import { NotLoaded } from "../load_plotly_3d.mjs";
import { retryDelays, waitToRetry } from "../server/retry.mjs";
import { colors } from "../theme.mjs";
import { Fold } from "./fold.mjs";
import { hasWebGL, picture, plotted, rowsOf } from "./plotly_graph.mjs";

/** @typedef {import("../recording.mjs").Recording} Recording */

const trace = configuration.traces.surface;
const REST = 2; // times as long as the last redraw took
const SOON = 30; // ms: the other views are on the screen by then
const SLOW = 40; // ms that a redraw takes: a hand that lets go would notice it
const PAUSE = 150; // ms without a change: the hand has paused
const [FINE, ROUGH] = [120, 60]; // points a side, at rest and moving: Plotly takes both without resampling

export class SurfaceView {
  #root;
  /** @type {any} Plotly's, once it is drawn */
  #graph = null;
  /** @type {Promise<void> | null} */
  #coming = null;
  #trying = false; // to have it drawn
  /** @type {import("../recording.mjs").Head | null} */
  #head = null;
  /** @type {Map<number, Plane>} by points a side */
  #planes = new Map();
  #due = 0;
  #took = 0; // ms, the last redraw
  /** @type {{recording: Recording, index: number, atRest: boolean} | null} */
  #next = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #frame = 0; // after which a redraw is asked for
  #flat = !hasWebGL();
  #fold;

  /** @param {HTMLElement} root @param {() => void} unfolded told when it is to be seen again */
  constructor(root, unfolded) {
    this.#root = root;
    this.#fold = new Fold(root, (folded) => {
      if (!folded) unfolded();
    });
  }

  /** Have the graph drawn, if it was not: Plotly needs a moment, WebGL a longer one. */
  #ready() {
    this.#coming ??= plotted(findPart(this.#root, "graph")).catch((error) => {
      this.#coming = null;
      throw error;
    }).then((graph) => {
      this.#graph = graph;
      findPart(this.#root, "note").textContent = text("surface.hint");
      if (this.#flat) this.#flatten();
      this.theme();
      if (this.#head) this.#lay(this.#head);
    });
    return this.#coming;
  }

  get folded() {
    return this.#fold.folded;
  }

  toggle() {
    this.#fold.toggle();
  }

  /** The recording and the frame of it that are drawn in full; null while it moves. @type {{recording: Recording, index: number} | null} */
  drawn = null;

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

  /** @param {Recording} recording */
  begin(recording) {
    const old = this.#head;
    this.#head = recording.head;
    this.#planes.clear();
    const key = (/** @type {import("../recording.mjs").Head} */ head) => JSON.stringify([head.domain, head.targets, head.points]);
    if (this.#graph && (!old || key(old) !== key(recording.head))) this.#lay(recording.head);
  }

  /** Lay out plane, heights and points of the present run. @param {import("../recording.mjs").Head} head */
  #lay({ domain, points, targets, middle, reach: full }) {
    const reach = full * 1.05;
    const [low, high] = [middle - reach, middle + reach];
    const levels = this.#flat
      ? { zmin: low, zmax: high, "contours.start": low, "contours.end": high, "contours.size": reach / 5 }
      : { cmin: low, cmax: high, "contours.z.start": low, "contours.z.end": high, "contours.z.size": reach / 5 };
    Plotly.restyle(this.#graph, levels, [0]);
    if (this.#flat) {
      Plotly.relayout(this.#graph, { "xaxis.range": domain, "yaxis.range": domain });
      return;
    }
    const [x, y] = [0, 1].map((at) => points.map((point) => point[at]));
    Plotly.restyle(this.#graph, { x: [x], y: [y], z: [targets], "marker.size": points.length > 8 ? 2.5 : 6 }, [trace.points]);
    const height = [low - reach / 2, high];
    Plotly.relayout(this.#graph, { "scene.xaxis.range": domain, "scene.yaxis.range": domain, "scene.zaxis.range": height });
  }

  /**
   * Redraw when it is time to: after the views that are quick, and soon if the picture is at rest.
   * @param {Recording} recording @param {number} index @param {boolean} atRest
   */
  paint(recording, index, atRest) {
    this.#next = { recording, index, atRest };
    if (this.folded) return;
    if (this.#timer !== undefined && !atRest) return;
    if (atRest) this.#redrawAfterFrame();
    else this.#redrawIn(Math.max(SOON, this.#due - performance.now()));
  }

  /** Redraw once the other views are on the screen: on a busy machine a frame may come late, and this would make it later. */
  #redrawAfterFrame() {
    this.skip();
    this.#frame = requestAnimationFrame(() => this.#redrawIn(SOON));
  }

  /** @param {number} milliseconds */
  #redrawIn(milliseconds) {
    this.skip();
    this.#timer = setTimeout(() => this.#redraw(), milliseconds);
  }

  /** Put off a redraw that takes long until the hand that drags pauses. */
  awaitPause() {
    if (this.#timer === undefined || this.#took < SLOW) return;
    this.#redrawIn(PAUSE);
  }

  /** Leave out a redraw that was due: something newer is on its way, and must not wait for it. */
  skip() {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #redraw() {
    if (!this.#graph && !(await this.#come())) return;
    if (!this.#next || this.folded) return;
    const { recording, index, atRest } = this.#next;
    this.drawn = null;
    const start = performance.now();
    this.#timer = undefined;
    this.#draw(recording, index, atRest ? FINE : ROUGH);
    // WebGL draws after this call returns: what counts is when the page can go on
    requestAnimationFrame(() => setTimeout(() => {
      const end = performance.now();
      this.#took = end - start;
      this.#due = end + REST * this.#took;
    }));
  }

  /** Whether an attempt to have the graph drawn succeeds; it fails where Plotly's part does not load. */
  #came() {
    return this.#ready().then(
      () => true,
      (error) => {
        if (!(error instanceof NotLoaded)) throw error;
        return false;
      },
    );
  }

  /** Try until there is a graph, with growing pauses; false if it is tried already, and that attempt will redraw, or nobody looks any more. */
  async #come() {
    if (this.#trying) return false;
    this.#trying = true;
    try {
      for (const seconds of retryDelays()) {
        if (await this.#came()) break;
        findPart(this.#root, "note").textContent = text("surface.not_loaded");
        await waitToRetry(seconds, []);
        if (this.folded) break;
      }
    } finally {
      this.#trying = false;
    }
    return this.#graph !== null;
  }

  /** @param {Recording} recording @param {number} index @param {number} size */
  #draw(recording, index, size) {
    const evaluation = evaluationOf(recording);
    const line = axis(recording.head.domain, size);
    const plane = this.#planes.get(size) ?? new Plane(evaluation.form, line, line);
    this.#planes.set(size, plane);
    Plotly.restyle(this.#graph, { x: [line], y: [line], z: [rowsOf(plane.outputs(evaluation.parameters(index)).map(drawable))] }, [0]);
    if (size === FINE) this.drawn = { recording, index };
  }

  #flatten() {
    findPart(this.#root, "note").textContent = text("surface.no_webgl");
    const level = { type: "contour", z: this.#graph.data[0].z, x: this.#graph.data[0].x, y: this.#graph.data[0].y };
    const layout = { ...this.#graph.layout, margin: { l: 44, r: 12, t: 8, b: 38 } };
    delete layout.scene; // Plotly reads even a scene that is undefined
    Plotly.newPlot(this.#graph, [{ ...level, contours: { coloring: "heatmap" }, showscale: false, hoverinfo: "skip" }], layout, {
      displayModeBar: false,
      responsive: true,
    });
  }

  /** @param {string} words */
  describe(words) {
    findPart(this.#root, "picture").setAttribute("aria-label", `${text("panel.surface")}. ${words}`);
  }

  /** @param {"png" | "svg"} format */
  async picture(format) {
    await this.#ready();
    if (this.#next) this.#draw(this.#next.recording, this.#next.index, FINE);
    return picture({ data: this.#graph.data, layout: this.#graph.layout }, format, 900, 760);
  }
}

const LARGEST = 1e38; // that a picture in single precision can show

/** A height that can be drawn: a run that is about to diverge may answer with anything. @param {number} height */
function drawable(height) {
  return Number.isNaN(height) ? 0 : Math.max(-LARGEST, Math.min(LARGEST, height));
}
