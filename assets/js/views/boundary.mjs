// The decision boundary: a canvas with the map of outputs, and over it Plotly's line and points.
// The canvas is what makes it fast: a filled Plotly contour repaints 8 to 14 times a second, this several times that.

/* global Plotly */
import { configuration, element, number, text } from "../configuration.mjs";
import { colors, levelColors } from "../theme.mjs";
import { levelLine } from "./level_line.mjs";
import { paintLevels } from "./map_painter.mjs";
import { axisColors, graphOf, picture, rowsOf } from "./graph.mjs";

const trace = configuration.traces.boundary;
const LINE_WIDTH = 2.5;

export class BoundaryView {
  #graph = graphOf("boundary");
  #map = document.createElement("canvas"); // a pixel a grid point; the browser stretches it
  #line = document.createElement("canvas"); // the boundary while it moves
  #surface = null;
  #head = null;
  #palette = null;

  /** @param {(point: [number, number]) => void} chosen told of a point that was tapped */
  constructor(chosen) {
    element("boundary-map").append(this.#map, this.#line);
    const area = element("boundary-picture");
    area.addEventListener("pointermove", (event) => this.#read(this.#point(event)));
    area.addEventListener("pointerleave", () => this.#read(null));
    area.addEventListener("click", (event) => {
      const point = this.#point(event);
      if (point) chosen(point);
    });
    this.#graph.on("plotly_afterplot", () => this.#place());
    this.theme();
    this.#place();
  }

  /** Colours of the theme, in the map and in the graph. */
  theme() {
    this.#palette = levelColors();
    const { line, paper } = colors();
    Plotly.restyle(this.#graph, { "line.color": line }, [trace.line]);
    Plotly.restyle(this.#graph, { "marker.line.color": paper }, [trace.points]);
    Plotly.restyle(this.#graph, { "marker.line.color": line }, [trace.probe]);
    Plotly.relayout(this.#graph, axisColors());
    if (this.#head) this.#drawPoints();
  }

  /** A new run: its plane, its points. */
  begin(recording) {
    const old = this.#head;
    const head = recording.head;
    this.#head = head;
    const same = (key) => old && JSON.stringify(old[key]) === JSON.stringify(head[key]);
    if (!same("axis")) {
      const range = [head.axis[0], head.axis.at(-1)];
      Plotly.relayout(this.#graph, { "xaxis.range": range, "yaxis.range": range });
    }
    if (!same("targets") || !same("points")) this.#drawPoints();
  }

  #drawPoints() {
    const { points, targets, middle } = this.#head;
    const { low, high } = colors();
    const change = {
      x: [points.map((point) => point[0])],
      y: [points.map((point) => point[1])],
      "marker.color": [targets.map((target) => (target > middle ? high : low))],
      "marker.symbol": [targets.map((target) => (target > middle ? "circle" : "square"))],
    };
    Plotly.restyle(this.#graph, change, [trace.points]);
  }

  /** Paint one frame: the map from its levels, the line from its surface. */
  paint(recording, index, atRest) {
    const { axis, middle } = recording.head;
    this.#surface = recording.surface(index);
    this.#drawMap(recording.frames[index]);
    const surface = recording.isExact(index) ? this.#surface : smoothed(this.#surface);
    this.#drawLine(atRest ? [] : levelLine(surface, middle));
    element("boundary-picture").classList.toggle("moving", !atRest); // which hides Plotly's line
    if (!atRest) return;
    const contours = { "contours.start": middle, "contours.end": middle };
    Plotly.restyle(this.#graph, { x: [axis], y: [axis], z: [rowsOf(surface)], ...contours }, [trace.line]);
  }

  /** The boundary while it moves; at rest it is Plotly's. */
  #drawLine(pieces) {
    const { width, height } = this.#line;
    const context = this.#line.getContext("2d", { willReadFrequently: true });
    context.clearRect(0, 0, width, height);
    const scale = width / (this.#map.width - 1);
    context.beginPath();
    for (let at = 0; at < pieces.length; at += 4) {
      context.moveTo(pieces[at] * scale, height - pieces[at + 1] * scale);
      context.lineTo(pieces[at + 2] * scale, height - pieces[at + 3] * scale);
    }
    context.lineWidth = LINE_WIDTH * devicePixelRatio;
    context.lineCap = "round";
    context.strokeStyle = colors().line;
    context.stroke();
  }

  #drawMap(frame) {
    const { targets, middle } = this.#head;
    paintLevels(this.#map, frame.levels, frame.reach / Math.abs(targets[0] - middle), this.#palette);
  }

  /** Lay the canvas exactly under the plot. */
  #place() {
    const { xaxis, yaxis } = this.#graph._fullLayout;
    const box = [xaxis._offset, yaxis._offset, xaxis._length, yaxis._length].map(Math.round);
    const [left, top, width, height] = box.map((length) => `${length}px`);
    for (const canvas of [this.#map, this.#line]) Object.assign(canvas.style, { left, top, width, height });
    const pixels = Math.round(xaxis._length * devicePixelRatio);
    if (this.#line.width !== pixels) this.#line.width = this.#line.height = pixels;
  }

  /** The point of the plane under the pointer, or null beside it. */
  #point(event) {
    if (!this.#head) return null;
    const { xaxis, yaxis } = this.#graph._fullLayout;
    const box = this.#graph.getBoundingClientRect();
    const point = [xaxis.p2l(event.clientX - box.left - xaxis._offset), yaxis.p2l(event.clientY - box.top - yaxis._offset)];
    const [low, high] = [this.#head.axis[0], this.#head.axis.at(-1)];
    return point.every((value) => value >= low && value <= high) ? point : null;
  }

  #read(point) {
    if (!point || !this.#surface) {
      element("readout").textContent = text("boundary.hint");
      return;
    }
    const { axis } = this.#head;
    const [column, row] = point.map((value) => Math.round(((value - axis[0]) / (axis.at(-1) - axis[0])) * (axis.length - 1)));
    const values = { x1: number(axis[column], 3), x2: number(axis[row], 3), output: number(this.#surface[row * axis.length + column]) };
    element("readout").textContent = text("boundary.readout", values);
  }

  /** Mark the chosen point. */
  mark(point) {
    Plotly.restyle(this.#graph, { x: [[point[0]]], y: [[point[1]]] }, [trace.probe]);
  }

  /** The whole picture, map included, as a file. */
  picture(format) {
    const [low, high] = [this.#head.axis[0], this.#head.axis.at(-1)];
    const place = { xref: "x", yref: "y", x: low, y: high, sizex: high - low, sizey: high - low };
    const image = { ...place, source: enlarged(this.#map).toDataURL(), sizing: "stretch", layer: "below" };
    const { axis, middle } = this.#head;
    const old = this.#graph.data[trace.line];
    const contours = { ...old.contours, start: middle, end: middle };
    const line = { ...old, x: axis, y: axis, z: rowsOf(this.#surface), contours };
    const data = this.#graph.data.map((each, at) => (at === trace.line ? line : each));
    return picture({ data, layout: { ...this.#graph.layout, images: [image] } }, format, 800, 760);
  }
}

/** The map at a size worth printing, smoothed as the browser does on the page. */
function enlarged(map) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 8 * map.width;
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(map, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** The surface without the small steps of its 255 levels, which would make a gently sloping line wobble. */
function smoothed(surface) {
  const size = Math.sqrt(surface.length);
  return averaged(averaged(surface, size, 1), size, size);
}

/** Each value averaged with its neighbours along one axis, in binomial shares; straight slopes stay as they are. */
function averaged(surface, size, stride) {
  const result = Float64Array.from(surface);
  for (let line = 0; line < size; line += 1) {
    const start = stride === 1 ? line * size : line;
    for (let place = 2; place < size - 2; place += 1) {
      const at = start + place * stride;
      const near = surface[at - stride] + surface[at + stride];
      const far = surface[at - 2 * stride] + surface[at + 2 * stride];
      result[at] = (far + 4 * near + 6 * surface[at]) / 16;
    }
  }
  return result;
}
