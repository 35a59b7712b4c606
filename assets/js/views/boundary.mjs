// The decision boundary: lays Plotly's axes and points over an output map, which draws the line, and saves all of it as a picture.

/* global Plotly */
import { configuration, number, text } from "../configuration.mjs";
import { ACTIVATIONS } from "../core/activations.mjs";
import { outputsAt } from "../core/network.mjs";
import { evaluationOf } from "../evaluation.mjs";
import { findCheckbox, findPart } from "../find_part.mjs";
import { colors, levelColors } from "../theme.mjs";
import { colorOf, pointSize } from "./colors.mjs";
import { LINE_WIDTH, OutputMap } from "./output_map.mjs";
import { axisColors, picture, planeOf, plotted } from "./plotly_graph.mjs";
import { roomFor, tickLayout } from "./ticks.mjs";
import { FACTOR, Zoom } from "./zoom.mjs";

/**
 * @typedef {import("../recording.mjs").Head} Head
 * @typedef {{clientX: number, clientY: number}} Hand where a pointer is on the screen
 */

const trace = configuration.traces.boundary;
const CLASSES_ONLY = 1e6; // so that the least step from the middle is full colour
const DIGITS = 3; // of a place on the plane: more than a hand can aim
const LONGEST = 5; // letters of a tick

/** @typedef {import("../recording.mjs").Recording} Recording */
/** A unit whose own answer is shown. @typedef {{column: number, unit: number, name: string}} Unit */

export class BoundaryView {
  #root;
  /** @type {any} Plotly's, once it is drawn */
  #graph = null;
  #field;
  #zoom;
  #picture;
  /** @type {Head | null} */
  #head = null;
  #palette = levelColors();
  /** @type {Unit | null} */
  #unit = null;
  /** @type {{recording: Recording, index: number} | null} what was painted last, to paint it again */
  #shown = null;
  painted = 0; // frames so far
  #room = ""; // for ticks

  /**
   * @param {HTMLElement} root
   * @param {{chosen: (point: number[]) => void, optionChanged: () => void}} listener told of a point that was tapped, and of another option:
   *   with or without test points, the classes alone
   */
  constructor(root, { chosen, optionChanged }) {
    this.#root = root;
    this.#picture = findPart(root, "picture");
    findPart(root, "readout").textContent = hint();
    this.#field = new OutputMap(findPart(root, "map"));
    this.#zoom = new Zoom(this.#picture, {
      plane: () => planeOf(this.#graph),
      changed: () => this.#zoomed(),
      passed: () => (findPart(root, "readout").textContent = text("boundary.wheel")),
      ended: (where) => (findPart(root, "readout").textContent = text(`boundary.${where}`)),
      tapped: (event) => {
        const point = this.#point(event);
        if (point) chosen(point);
      },
    });
    this.ready = plotted(findPart(root, "graph")).then((graph) => {
      this.#graph = graph;
      graph.on("plotly_afterplot", () => this.#place());
      this.theme();
      this.#place();
      if (this.#head) this.#zoomed();
      this.repaint();
    });
    this.#picture.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => this.#read(this.#point(event)));
    this.#picture.addEventListener("pointerleave", () => this.#read(null));
    const buttons = { "zoom-in": () => this.#zoom.by(FACTOR), "zoom-out": () => this.#zoom.by(1 / FACTOR), "zoom-reset": () => this.#zoom.reset() };
    for (const [name, action] of Object.entries(buttons)) findPart(root, name).addEventListener("click", action);
    for (const name of ["tests", "classes"]) {
      findCheckbox(root, name).addEventListener("change", () => {
        this.#drawPoints();
        this.repaint();
        optionChanged();
      });
    }
  }

  /** Whether a switch is on: "tests" shows test points, "classes" the classes alone. @param {string} name */
  option(name) {
    return findCheckbox(this.#root, name).checked;
  }

  /** @param {string} name @param {boolean} on */
  setOption(name, on) {
    if (this.option(name) !== on) findCheckbox(this.#root, name).click();
  }

  /** The line between the classes as it is drawn: x, y, x, y of each piece. */
  get line() {
    return this.#field.pieces;
  }

  /** Whether the picture is as sharp as the screen. */
  get sharp() {
    return this.#field.sharp;
  }

  get range() {
    return this.#zoom.range;
  }

  /** Colours of the theme, in the map and in the graph. */
  theme() {
    this.#palette = levelColors();
    if (!this.#graph) return;
    const { line, paper } = colors();
    Plotly.restyle(this.#graph, { "marker.line.color": paper }, [trace.points]);
    Plotly.restyle(this.#graph, { "marker.color": paper }, [trace.tests]);
    Plotly.restyle(this.#graph, { "marker.line.color": line }, [trace.probe]);
    Plotly.relayout(this.#graph, axisColors());
    this.#drawPoints();
  }

  /** A new run: its plane, its points. @param {Recording} recording */
  begin(recording) {
    const old = this.#head;
    const head = recording.head;
    this.#head = head;
    this.#shown = null; // it was another network's
    this.#zoom.begin(head.domain);
    /** @type {(keyof Head)[]} */
    const keys = ["points", "targets", "test_points", "test_targets"];
    if (!old || !keys.every((key) => JSON.stringify(old[key]) === JSON.stringify(head[key]))) this.#drawPoints();
    this.#root.classList.toggle("without-tests", head.test_points.length === 0);
    findPart(this.#root, "standardized").textContent = head.standardization ? text("boundary.standardized") : "";
    for (const [end, side] of Object.entries({ low: -1, high: 1 })) {
      findPart(this.#root, `legend-${end}`).title = text(head.regression ? `boundary.level_${end}` : `boundary.${end}`);
      findPart(this.#root, `${end}-value`).textContent = number(head.middle + side * head.reach);
    }
  }

  /** Training points filled in their class's colour, test points only ringed with it. */
  #drawPoints() {
    if (!this.#head || !this.#graph) return;
    const { points, targets, test_points: testPoints, test_targets: testTargets, middle, regression } = this.#head;
    const { size, border } = pointSize(points.length + testPoints.length);
    const color = colorOf(this.#head);
    const symbol = (/** @type {number} */ target) => (regression || target > middle ? "circle" : "square");
    const sized = (/** @type {number[]} */ values) => ({ "marker.size": size, "marker.symbol": [values.map(symbol)] });
    const colored = { ...sized(targets), "marker.color": [targets.map(color)], "marker.line.width": border };
    Plotly.restyle(this.#graph, { ...places(points), ...colored }, [trace.points]);
    const ringed = { ...sized(testTargets), "marker.line.color": [testTargets.map(color)] };
    Plotly.restyle(this.#graph, { ...places(this.option("tests") ? testPoints : []), ...ringed }, [trace.tests]);
  }

  /** Paint one frame. @param {Recording} recording @param {number} index @param {boolean} atRest */
  paint(recording, index, atRest) {
    this.#shown = { recording, index };
    if (!this.#graph) return;
    const { middle, reach, regression, experiment } = recording.head;
    const unit = this.#unit;
    const evaluation = evaluationOf(recording);
    const scale = { middle, reach: this.option("classes") ? reach / CLASSES_ONLY : reach, palette: this.#palette };
    this.#field.show(
      {
        form: evaluation.form,
        parameters: evaluation.parameters(index),
        range: this.#zoom.range,
        unit,
        scale: unit ? (/** @type {Float64Array} */ values) => unitScale(values, unit, experiment, this.#palette) : () => scale,
        level: regression || unit ? null : middle,
        color: colors().line,
      },
      atRest,
    );
    this.painted += 1;
  }

  /**
   * Show one unit's own map in place of the output's, or the output's again.
   * @param {Unit | null} unit
   */
  showUnit(unit) {
    if (this.#unit?.column === unit?.column && this.#unit?.unit === unit?.unit) return;
    this.#unit = unit;
    findPart(this.#root, "readout").textContent = unit ? text("boundary.unit", { name: unit.name }) : hint();
    this.repaint();
  }

  /** Paint what is shown once more. */
  repaint() {
    if (this.#shown) this.paint(this.#shown.recording, this.#shown.index, true);
  }

  /** How far two points of the plane are from each other on the screen. @param {number[]} one @param {number[]} other */
  pixels(one, other) {
    const { pixel } = planeOf(this.#graph);
    const [[x0, y0], [x1, y1]] = [pixel(one), pixel(other)];
    return Math.hypot(x0 - x1, y0 - y1);
  }

  #zoomed() {
    findPart(this.#root, "zoom-reset").disabled = this.#zoom.isWhole;
    this.#picture.classList.toggle("zoomed", !this.#zoom.isWhole);
    if (!this.#graph) return;
    this.#layOut();
    this.repaint();
  }

  /** Ranges and ticks of the part in sight. */
  #layOut() {
    const { x, y } = this.#zoom.range;
    const room = roomFor(planeOf(this.#graph), LONGEST);
    this.#room = JSON.stringify(room);
    const sides = /** @type {const} */ ([["x", "x₁", x], ["y", "x₂", y]]);
    const ticks = sides.map(([side, name, [low, high]]) => tickLayout(side, name, { low, high, spacing: "linear" }, room[side], LONGEST));
    Plotly.relayout(this.#graph, Object.assign({ "xaxis.range": [...x], "yaxis.range": [...y] }, ...ticks));
  }

  #place() {
    const plane = planeOf(this.#graph);
    this.#field.place(plane);
    if (this.#head && this.#room !== JSON.stringify(roomFor(plane, LONGEST))) this.#layOut();
  }

  /** The point of the plane under the pointer, or null beside it. @param {Hand} event */
  #point(event) {
    if (!this.#head || !this.#graph) return null;
    const point = planeOf(this.#graph).point(event);
    const { x, y } = this.#zoom.range;
    const within = point[0] >= x[0] && point[0] <= x[1] && point[1] >= y[0] && point[1] <= y[1];
    return within ? point : null;
  }

  /** Say what the network answers under the pointer, exactly. @param {number[] | null} point */
  #read(point) {
    if (this.#unit) return;
    const line = findPart(this.#root, "readout");
    if (!point || !this.#shown) {
      line.textContent = hint();
      return;
    }
    const { recording, index } = this.#shown;
    const [x1, x2] = point.map((value) => Number(value.toPrecision(this.#digits)));
    const evaluation = evaluationOf(recording);
    const [output] = outputsAt(evaluation.form, evaluation.parameters(index), [[x1, x2]]);
    line.textContent = text("boundary.readout", { x1: number(x1, this.#digits), x2: number(x2, this.#digits), output: number(output) });
  }

  /** As many digits as tell one pixel from the next. */
  get #digits() {
    const { x } = this.#zoom.range;
    const size = Math.max(Math.abs(x[0]), Math.abs(x[1]));
    return Math.max(DIGITS, Math.min(15, Math.ceil(Math.log10((300 * size) / (x[1] - x[0])))));
  }

  /** A point as precisely as it can be aimed at. @param {number[]} point */
  aimed(point) {
    return point.map((value) => Number(value.toPrecision(this.#digits)));
  }

  /** Mark the chosen point. @param {number[]} point */
  mark(point) {
    if (this.#graph) Plotly.restyle(this.#graph, { x: [[point[0]]], y: [[point[1]]] }, [trace.probe]);
  }

  /** What the picture shows, for those who do not see it. @param {string} words */
  describe(words) {
    this.#picture.setAttribute("aria-label", `${text("panel.boundary")}. ${words}`);
  }

  /** The whole picture, map and line included, as a file. @param {"png" | "svg"} format */
  picture(format) {
    const { x, y } = this.#zoom.range;
    const place = { xref: "x", yref: "y", x: x[0], y: y[1], sizex: x[1] - x[0], sizey: y[1] - y[0] };
    const image = { ...place, source: this.#field.map.toDataURL(), sizing: "stretch", layer: "below" };
    const line = { type: "scatter", mode: "lines", ...broken(this.line), line: { color: colors().line, width: LINE_WIDTH } };
    return picture({ data: [line, ...this.#graph.data], layout: { ...this.#graph.layout, images: [image] } }, format);
  }
}

/** What a hand can do here: a finger does not hover. */
function hint() {
  return text(matchMedia("(hover: none)").matches ? "boundary.hint_touch" : "boundary.hint");
}

/** @param {number[][]} points */
function places(points) {
  return { x: [points.map((point) => point[0])], y: [points.map((point) => point[1])] };
}

/** Pieces of a line as Plotly takes them, a gap between two. @param {number[]} pieces */
function broken(pieces) {
  /** @type {(number | null)[]} */
  const x = [];
  /** @type {(number | null)[]} */
  const y = [];
  for (let at = 0; at < pieces.length; at += 4) {
    x.push(pieces[at], pieces[at + 2], null);
    y.push(pieces[at + 1], pieces[at + 3], null);
  }
  return { x, y };
}

/**
 * The colours of a unit's own map: of a feature, and of a unit that may answer anything, as far as it goes.
 * @param {Float64Array} values @param {{column: number}} unit @param {{activation: string}} experiment @param {Uint32Array} palette
 */
export function unitScale(values, { column }, { activation }, palette) {
  const { middle, high, bounded } = column > 0 ? ACTIVATIONS[activation] : { middle: 0, high: 0, bounded: false };
  const reach = bounded ? high - middle : values.reduce((most, value) => Math.max(most, Math.abs(value - middle)), 0);
  return { middle, reach: Number.isFinite(reach) && reach > 0 ? reach : 1, palette };
}
