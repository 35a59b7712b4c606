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
const CLASSES_ONLY = 1e6; // so that the least step from the middle is full colour

export class BoundaryView {
  #graph = graphOf("boundary");
  #map = document.createElement("canvas"); // a pixel a grid point; the browser stretches it
  #line = document.createElement("canvas"); // the boundary while it moves
  #surface = null;
  #head = null;
  #palette = null;
  #unit = null; // a unit whose own map is shown in place of the output
  #shown = null; // what was painted last, to paint it again
  #pressed = null; // where a finger or a mouse came down

  /** @param {(point: [number, number]) => void} chosen told of a point that was tapped */
  constructor(chosen) {
    element("boundary-map").append(this.#map, this.#line);
    const area = element("boundary-picture");
    area.addEventListener("pointermove", (event) => this.#read(this.#point(event)));
    area.addEventListener("pointerleave", () => this.#read(null));
    area.addEventListener("pointerdown", (event) => (this.#pressed = event), true);
    area.addEventListener("pointercancel", () => (this.#pressed = null), true); // the page is scrolled
    area.addEventListener("click", (event) => {
      const at = event.isTrusted ? event : this.#pressed; // after a touch the click is Plotly's own, and is nowhere
      const point = at && this.#point(at);
      if (point) chosen(point);
    });
    this.#graph.on("plotly_afterplot", () => this.#place());
    for (const id of ["boundary-tests", "boundary-classes"]) {
      element(id).addEventListener("change", () => {
        this.#drawPoints();
        this.repaint();
        area.dispatchEvent(new CustomEvent("viewed", { bubbles: true }));
      });
    }
    this.theme();
    this.#place();
  }

  /** Colours of the theme, in the map and in the graph. */
  theme() {
    this.#palette = levelColors();
    const { line, paper } = colors();
    Plotly.restyle(this.#graph, { "line.color": line }, [trace.line]);
    Plotly.restyle(this.#graph, { "marker.line.color": paper }, [trace.points]);
    Plotly.restyle(this.#graph, { "marker.color": paper }, [trace.tests]);
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
    const keys = ["points", "targets", "test_points", "test_targets"];
    if (!keys.every(same)) this.#drawPoints();
    element("view-boundary").classList.toggle("without-tests", head.test_points.length === 0);
    element("standardized").textContent = head.standardization ? text("boundary.standardized") : "";
    for (const [end, of] of [["low", "boundary.low"], ["high", "boundary.high"]]) {
      element(`legend-${end}`).parentElement.title = text(head.regression ? `boundary.level_${end}` : of);
    }
  }

  /** Training points filled in their class's colour, test points only ringed with it, and no larger than there is room. */
  #drawPoints() {
    if (!this.#head) return;
    const { points, targets, test_points: testPoints, test_targets: testTargets } = this.#head;
    const count = points.length + testPoints.length;
    const [size, border] = count <= 8 ? [17, 3] : count <= 60 ? [11, 2] : count <= 250 ? [8, 1.5] : [6.5, 1];
    const look = (values) => ({ "marker.size": size, "marker.symbol": [values.map((target) => this.#symbol(target))] });
    const colored = { ...look(targets), "marker.color": [targets.map((target) => this.#color(target))], "marker.line.width": border };
    Plotly.restyle(this.#graph, { ...places(points), ...colored }, [trace.points]);
    const hidden = !element("boundary-tests").checked;
    const ringed = { ...look(testTargets), "marker.line.color": [testTargets.map((target) => this.#color(target))] };
    Plotly.restyle(this.#graph, { ...places(hidden ? [] : testPoints), ...ringed }, [trace.tests]);
  }

  #symbol(target) {
    return this.#head.regression || target > this.#head.middle ? "circle" : "square";
  }

  #color(target) {
    const { middle, reach, regression } = this.#head;
    const { low, high } = colors();
    if (!regression) return target > middle ? high : low;
    return hex(this.#palette[Math.round(127 + (127 * (target - middle)) / reach)]);
  }

  /** Paint one frame: the map from its levels, the line from its surface. */
  paint(recording, index, atRest) {
    const { axis, middle, regression } = recording.head;
    this.#shown = { recording, index };
    this.#surface = recording.surface(index);
    this.#drawMap(recording.frames[index]);
    element("view-boundary").classList.toggle("without-line", regression || this.#unit !== null);
    const surface = recording.isExact(index) ? this.#surface : smoothed(this.#surface);
    this.#drawLine(atRest || regression || this.#unit ? [] : levelLine(surface, middle));
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
    const { reach, unit_reach: unitReach } = this.#head;
    const its = this.#unit && frame.units;
    this.#map.classList.toggle("coarse", Boolean(its));
    if (its) {
      const own = its.reaches[this.#unit.index];
      const full = this.#unit.hidden && unitReach ? unitReach : own || 1;
      paintLevels(this.#map, its.levels[this.#unit.index], own / full, this.#palette);
      return;
    }
    const gain = element("boundary-classes").checked ? CLASSES_ONLY : frame.reach / reach;
    paintLevels(this.#map, frame.levels, gain, this.#palette);
  }

  /**
   * Show one unit's own map in place of the output's, or the output's again.
   * @param {{index: number, hidden: boolean, name: string} | null} unit its number among all maps of a frame
   */
  showUnit(unit) {
    if (this.#unit?.index === unit?.index) return;
    this.#unit = unit;
    element("readout").textContent = unit ? text("boundary.unit", { name: unit.name }) : text("boundary.hint");
    this.repaint();
  }

  /** Paint what is shown once more. */
  repaint() {
    if (this.#shown) this.paint(this.#shown.recording, this.#shown.index, true);
  }

  /** How far two points of the plane are from each other on the screen. */
  pixels(one, other) {
    const { xaxis, yaxis } = this.#graph._fullLayout;
    return Math.hypot(xaxis.l2p(one[0]) - xaxis.l2p(other[0]), yaxis.l2p(one[1]) - yaxis.l2p(other[1]));
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
    if (this.#unit) return;
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

function places(points) {
  return { x: [points.map((point) => point[0])], y: [points.map((point) => point[1])] };
}

/** A canvas's number for a colour as Plotly takes it. */
function hex(color) {
  const bytes = [color & 255, (color >> 8) & 255, (color >> 16) & 255];
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
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
