// The map of what trains: it appears coarse and sharpens; drag to zoom into it, click to open a run.

/* global Plotly */
import { configuration, element, number, text } from "../configuration.mjs";
import { requestOf } from "../desk.mjs";
import { showErrors } from "../errors.mjs";
import { connectPictures, save } from "../files.mjs";
import { ManyReader } from "../streams/many_format.mjs";
import { StreamClient } from "../streams/stream_client.mjs";
import { mapColors, colors } from "../theme.mjs";
import { axisColors, drawn, graphOf, picture } from "../views/graph.mjs";
import { MapRecording } from "../views/map_recording.mjs";
import { same } from "../workbench.mjs";
import { fill, placeName, placesOf } from "./places.mjs";

const SETTINGS = Object.keys(configuration.map.axes).filter((name) => name !== "place");
const COARSE = 32;
const SMALLEST = 8;
const DEFAULT_SIZE = String(configuration.views.map.size);
const FIRST = { x: configuration.views.map.x.setting, y: configuration.views.map.y.setting };

/** An axis as the server takes it. @typedef {{setting: string, low: number, high: number, spacing: "linear" | "log"}} Axis */

export class MapPage {
  #ready = null;
  #asked = null;
  recording = null;
  past = []; // parts of the map shown before this one
  cross = null; // column and row of the run that the keyboard points at
  #dragged = null;

  /** @param {import("../desk.mjs").Desk} desk */
  constructor(desk) {
    this.desk = desk;
    this.client = new StreamClient(configuration.paths.map, ManyReader);
    this.canvas = document.createElement("canvas");
    this.forget();
  }

  view() {
    const written = ({ setting, low, high }) => [setting, low, high].join(":");
    const changed = ["x", "y"].filter((side) => !same(this.axes[side], whole(FIRST[side])));
    return {
      ...Object.fromEntries(changed.map((side) => [side, written(this.axes[side])])),
      ...(this.size !== DEFAULT_SIZE && { size: this.size }),
    };
  }

  async enter(view) {
    if (view) {
      this.axes = { x: view.x ? read(view.x) : whole(FIRST.x), y: view.y ? read(view.y) : whole(FIRST.y) };
      this.size = view.size ?? DEFAULT_SIZE;
      this.cross = null;
    }
    this.#ready ??= drawn("map", ["map"]).then(() => this.#connect());
    await this.#ready;
    window.dash_clientside.set_props("map-size", { value: this.size });
    this.#layOut();
  }

  leave() {
    this.client.stop();
    this.#asked = null;
  }

  /** As it was at first. */
  forget() {
    this.axes = { x: whole(FIRST.x), y: whole(FIRST.y) };
    this.size = DEFAULT_SIZE;
    this.past = [];
    this.cross = null;
  }

  shows(experiment) {
    return this.#asked !== null && same(this.#asked, experiment);
  }

  done() {
    return false; // it is asked anew whenever it comes into sight
  }

  // --- the hand ------------------------------------------------------------------------------------------------

  #connect() {
    const graph = graphOf("map");
    element("map-canvas").append(this.canvas);
    graph.on("plotly_relayout", (change) => this.#zoomed(change));
    graph.on("plotly_afterplot", () => this.#place());
    const area = element("map-picture");
    Object.assign(area, { tabIndex: 0 });
    area.addEventListener("pointermove", (event) => this.#read(this.#pointed(event)));
    area.addEventListener("pointerleave", () => this.#read(this.cross));
    let pressed = null;
    area.addEventListener("pointerdown", (event) => (pressed = [event.clientX, event.clientY]), true);
    area.addEventListener("click", (event) => {
      const moved = pressed && Math.hypot(event.clientX - pressed[0], event.clientY - pressed[1]) > 4;
      const place = this.#pointed(event);
      if (place && !moved) this.#open(place);
    });
    area.addEventListener("keydown", (event) => this.#key(event));
    for (const side of ["x", "y"]) {
      element(`map-${side}`).addEventListener("change", (event) => this.#choose(side, event.target.value));
    }
    element("map-size").addEventListener("change", (event) => {
      this.size = event.target.value;
      this.#again({ push: true });
    });
    const buttons = { back: () => this.#back(), "zoom-in": () => this.#zoom(0.5), "zoom-out": () => this.#zoom(2), whole: () => this.#whole() };
    for (const [name, action] of Object.entries(buttons)) element(`map-${name}`).addEventListener("click", action);
    element("save-map").addEventListener("click", () => this.#save());
    connectPictures(["map"], (_, format) => this.#picture(format));
    this.theme();
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? 10 : 1;
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowDown: [0, -step], ArrowUp: [0, step] };
    const actions = { "+": () => this.#zoom(0.5), "=": () => this.#zoom(0.5), "-": () => this.#zoom(2), 0: () => this.#whole(), Backspace: () => this.#back() };
    if (moves[event.key]) this.#move(...moves[event.key]);
    else if (event.key === "Enter" && this.cross) this.#open(this.cross);
    else if (actions[event.key]) actions[event.key]();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #move(across, up) {
    if (!this.recording) return;
    const last = this.recording.size - 1;
    const [column, row] = this.cross ?? [Math.floor(last / 2), Math.floor(last / 2)];
    const within = (value) => Math.max(0, Math.min(last, value));
    this.cross = [within(column + across), within(row + up)];
    this.#drawCross();
    this.#read(this.cross);
  }

  #choose(side, setting) {
    const other = side === "x" ? "y" : "x";
    if (setting === this.axes[other].setting) this.axes[other] = this.axes[side]; // the two change places
    this.#remember();
    this.axes = { ...this.axes, [side]: whole(setting) };
    this.#again({ push: true });
  }

  /** Plotly has zoomed: what it shows now is the map that is wanted. */
  #zoomed(change) {
    const ends = ["x", "y"].map((side) => [change[`${side}axis.range[0]`], change[`${side}axis.range[1]`]]);
    if (ends.every(([low]) => low === undefined)) return;
    this.#remember();
    ["x", "y"].forEach((side, at) => {
      const [low, high] = ends[at];
      if (low !== undefined) this.axes = { ...this.axes, [side]: between(this.axes[side], low, high) };
    });
    this.#again({ push: true });
  }

  #zoom(factor) {
    this.#remember();
    for (const side of ["x", "y"]) {
      const axis = this.axes[side];
      const [low, high] = ends(axis);
      const values = this.recording && this.cross ? this.recording.head[side] : null;
      const at = values ? along(axis, values[this.cross[side === "x" ? 0 : 1]]) : (low + high) / 2;
      const reach = ((high - low) * factor) / 2;
      this.axes = { ...this.axes, [side]: between(axis, at - reach, at + reach) };
    }
    this.cross = null;
    this.#again({ push: true });
  }

  #whole() {
    this.#remember();
    this.axes = { x: whole(this.axes.x.setting), y: whole(this.axes.y.setting) };
    this.#again({ push: true });
  }

  #back() {
    if (this.past.length === 0) return;
    this.axes = this.past.pop();
    this.#again({ push: true });
  }

  #remember() {
    this.past = [...this.past, this.axes].slice(-50);
  }

  /** The same experiment, another part of the map. */
  #again({ push }) {
    this.cross = null;
    this.#drawCross();
    this.#layOut();
    this.desk.viewed({ push });
    this.desk.open(this.desk.workbench.experiment, { step: "adopt" });
  }

  /** Open a run in the Lab: Python says which experiment it is. */
  async #open([column, row]) {
    const { asked } = this.recording;
    const body = JSON.stringify({ version: configuration.version, ...asked, column, row });
    const response = await fetch(configuration.paths.point, { method: "POST", headers: { "Content-Type": "application/json" }, body });
    const answer = await response.json();
    if (response.ok) this.desk.go("lab", { experiment: answer });
    else showErrors(answer.errors);
  }

  // --- runs ----------------------------------------------------------------------------------------------------

  #view(size) {
    return { x: this.axes.x, y: this.axes.y, size };
  }

  /** While a slider moves, a coarse map follows it. */
  follow(wanted, size = COARSE) {
    this.#dragged = wanted;
    const request = requestOf(wanted, this.#view(size));
    this.client.preview(request, this.#listener(request, {
      head: (head) => this.desk.showStart(head),
      refused: (problems) => {
        const smaller = smallerThan(size, problems);
        if (!smaller) showErrors(problems);
        else if (wanted === this.#dragged) this.follow(wanted, smaller);
      },
    }));
  }

  run(wanted, options, largest = Infinity) {
    const size = /^\d+$/.test(this.size) ? Math.min(Number(this.size), largest) : this.size;
    this.#fit(wanted.experiment, wanted.shape);
    const request = requestOf(wanted, this.#view(size));
    this.client.run(request, this.#listener(request, {
      head: (head) => {
        this.#asked = head.experiment;
        this.desk.accept(head, wanted, options);
        element("map-notice").textContent = notice(head, size < Number(this.size) ? size : null);
      },
      refused: (problems) => this.#refused(problems, wanted, options, size),
    }));
  }

  #refused(problems, wanted, options, size) {
    const smaller = smallerThan(size, problems);
    if (smaller) {
      this.run(wanted, options, smaller);
      return;
    }
    if (problems.some((problem) => problem.field.startsWith("view") && problem.rule !== "work")) {
      this.forget();
      this.#layOut();
    }
    this.desk.refused(problems, wanted, options);
  }

  /** An axis that the network no longer has becomes the first that there is. */
  #fit(experiment, shape) {
    const sizes = shape?.hidden_layer_sizes ?? experiment.hidden_layer_sizes;
    const units = [(shape?.features ?? experiment.features).length, ...sizes, 1];
    for (const side of ["x", "y"]) {
      const [kind, layer, unit, source] = this.axes[side].setting.split(".");
      if (SETTINGS.includes(kind) || !["weights", "biases"].includes(kind)) continue;
      const there = Number(unit) < (units[Number(layer) + 1] ?? 0) && (kind === "biases" || Number(source) < units[Number(layer)]);
      if (!there) this.axes = { ...this.axes, [side]: whole(FIRST[side]) };
    }
  }

  #listener(request, { head: understood, refused }) {
    let recording = null;
    return {
      head: (head) => {
        recording = new MapRecording(head, request);
        understood(head);
        this.#fill(head);
      },
      progress: ({ share }) => this.desk.say("map.progress", { share: Math.floor(100 * share) }),
      part: (part) => {
        recording.add(part);
        if (!recording.whole(0)) return; // the old map, stretched, says more than half a coarse one
        this.recording = recording;
        this.#soon();
      },
      tail: (tail) => {
        this.desk.say(`many.${tail.reason}`);
        recording.trained = tail.trained;
        this.recording = recording; // at the deadline it may be less than a coarse map
        this.#paint();
        this.#say(tail);
        document.documentElement.dataset.run = tail.reason;
      },
      refused,
      busy: () => this.desk.say("run.busy"),
      lost: () => this.desk.say("run.lost"),
    };
  }

  #say(tail) {
    const { head, size } = this.recording;
    const percent = (its) => (100 * its).toFixed(1).replace(/\.0$/, "");
    const share = percent(tail.trained);
    const said = [text("map.words", { runs: size ** 2, epochs: head.experiment.epochs })];
    if (tail.diverged > 0) said.push(text("map.diverged_words", { share: percent(tail.diverged) }));
    const words = said.join(" ");
    element("map-share").textContent = `${share} %`;
    element("map-words").textContent = words;
    element("words").textContent = `${share} % ${words}`;
  }

  /** What can be chosen for the axes of this network. */
  #fill(head) {
    const places = placesOf(head).length <= configuration.most_start_sliders ? placesOf(head) : [];
    const options = [...SETTINGS.map((name) => [name, text(`setting.${name}`)]), ...places.map((place) => [place, nameOf(place)])];
    for (const side of ["x", "y"]) fill(element(`map-${side}`), options, this.axes[side].setting);
  }

  // --- to the eye ----------------------------------------------------------------------------------------------

  theme() {
    if (!graphOf("map")) return;
    const { line, ink } = colors();
    Plotly.restyle(graphOf("map"), { "marker.line.color": line, "marker.color": ink }, [0]);
    Plotly.relayout(graphOf("map"), axisColors());
    const { palette, last_trained: last, first_failed: first } = configuration.map;
    const its = palette[document.documentElement.dataset.bsTheme];
    for (const [family, from, to] of [["trained", 0, last], ["failed", first, its.length - 1]]) {
      const stops = Array.from({ length: 9 }, (_, at) => `rgb(${its[Math.round(from + ((to - from) * at) / 8)].join(",")})`);
      element(`ramp-${family}`).style.background = `linear-gradient(to right, ${stops.join(",")})`;
    }
    this.#paint();
  }

  /** The axes as they are wanted now; a map that is on its way fills them. */
  #layOut() {
    const layout = Object.fromEntries(["x", "y"].flatMap((side) => [
      [`${side}axis.type`, this.axes[side].spacing],
      [`${side}axis.range`, ends(this.axes[side])],
      [`${side}axis.title.text`, nameOf(this.axes[side].setting)],
    ]));
    Plotly.relayout(graphOf("map"), layout);
    element("map-back").disabled = this.past.length === 0;
    this.#place();
  }

  #soon() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.#paint();
    });
  }

  #paint() {
    if (!this.recording) return;
    this.recording.paint(this.canvas, mapColors());
    this.#legend();
    this.#place();
    this.painted = (this.painted ?? 0) + 1;
  }

  /** What gold stands for, as soon as a run is of it. */
  #legend() {
    const any = this.recording.anyDiverged;
    let row = element("legend-diverged");
    if (!row && any) {
      row = Object.assign(document.createElement("div"), { id: "legend-diverged", className: "ramp-row" });
      const ramp = Object.assign(document.createElement("span"), { className: "ramp" });
      row.append(document.createElement("span"), ramp);
      row.firstElementChild.textContent = text("map.diverged");
      element("ramp-failed").parentElement.after(row);
    }
    if (!row) return;
    row.style.display = any ? "" : "none";
    const { palette, last_trained: last } = configuration.map;
    row.lastElementChild.style.background = `rgb(${palette[document.documentElement.dataset.bsTheme][last + 1].join(",")})`;
  }

  /** Lay the canvas where its runs are on the axes, so that an old map stretches until the new one is there. */
  #place() {
    if (!this.recording) return;
    const { xaxis, yaxis } = graphOf("map")._fullLayout;
    const frame = element("map-canvas");
    Object.assign(frame.style, { inset: "auto", left: `${xaxis._offset}px`, top: `${yaxis._offset}px`, width: `${xaxis._length}px`, height: `${yaxis._length}px` });
    const { x, y } = this.recording.asked.view;
    this.canvas.hidden = x.setting !== this.axes.x.setting || y.setting !== this.axes.y.setting;
    if (this.canvas.hidden) return;
    const half = 0.5 / (this.recording.size - 1); // a pixel stands around its run
    const [[left, right], [bottom, top]] = [ends(x), ends(y)];
    const across = [left - half * (right - left), right + half * (right - left)].map((value) => xaxis.l2p(value));
    const down = [top + half * (top - bottom), bottom - half * (top - bottom)].map((value) => yaxis.l2p(value));
    Object.assign(this.canvas.style, { left: `${across[0]}px`, width: `${across[1] - across[0]}px`, top: `${down[0]}px`, height: `${down[1] - down[0]}px` });
  }

  #drawCross() {
    const values = this.cross && this.recording && [this.recording.head.x[this.cross[0]], this.recording.head.y[this.cross[1]]];
    Plotly.restyle(graphOf("map"), { x: [values ? [values[0]] : []], y: [values ? [values[1]] : []] }, [0]);
  }

  /** Column and row of the run under the pointer, or null beside the map. */
  #pointed(event) {
    if (!this.recording) return null;
    const graph = graphOf("map");
    const { xaxis, yaxis } = graph._fullLayout;
    const box = graph.getBoundingClientRect();
    const { x, y } = this.recording.asked.view;
    const at = [xaxis.p2l(event.clientX - box.left - xaxis._offset), yaxis.p2l(event.clientY - box.top - yaxis._offset)];
    const last = this.recording.size - 1;
    const place = [x, y].map((axis, side) => {
      const [low, high] = ends(axis);
      return Math.round(((at[side] - low) / (high - low)) * last);
    });
    return place.every((value) => value >= 0 && value <= last) ? place : null;
  }

  #read(place) {
    const line = element("map-readout");
    if (!place || !this.recording) {
      line.textContent = text("map.hint");
      return;
    }
    const { head } = this.recording;
    const [column, row] = place;
    const name = (side, value) => `${nameOf(this.recording.asked.view[side].setting)} ${number(value, 6)}`;
    const values = { x: name("x", head.x[column]), y: name("y", head.y[row]) };
    const run = this.recording.run(column, row);
    if (!run) line.textContent = text("map.readout.waiting", values);
    else {
      line.textContent = text(`map.readout.${run.end}`, { ...values, epoch: run.epoch ?? "", cost: number(run.cost, 2) });
    }
  }

  // --- to take home --------------------------------------------------------------------------------------------

  #picture(format) {
    const graph = graphOf("map");
    const [[left, right], [bottom, top]] = [ends(this.axes.x), ends(this.axes.y)];
    const printed = document.createElement("canvas"); // sharp pixels at any size
    printed.width = printed.height = Math.max(1024, this.canvas.width);
    const context = printed.getContext("2d");
    context.imageSmoothingEnabled = false;
    context.drawImage(this.canvas, 0, 0, printed.width, printed.height);
    const place = { xref: "x", yref: "y", x: left, y: top, sizex: right - left, sizey: top - bottom };
    const image = { ...place, source: printed.toDataURL(), sizing: "stretch", layer: "below" };
    return picture({ data: graph.data, layout: { ...graph.layout, images: [image] } }, format, 900, 860);
  }

  /** Every run's numbers in full, which the server trains once more to say. */
  #save() {
    if (!this.recording) return;
    const { asked, head } = this.recording;
    const client = new StreamClient(configuration.paths.map, ManyReader);
    const request = { ...asked, view: { ...asked.view, numbers: true } };
    client.run(request, {
      progress: ({ share }) => this.desk.say("map.progress", { share: Math.floor(100 * share) }),
      numbers: ({ cost, since }) => {
        const size = head.x.length;
        const lines = Array.from(cost, (its, at) => [head.x[at % size], head.y[Math.floor(at / size)], its, since[at]].join(","));
        save("nnlab-map.csv", "text/csv", [`${asked.view.x.setting},${asked.view.y.setting},final_cost,solved_since`, ...lines, ""].join("\r\n"));
      },
      tail: (tail) => this.desk.say(`many.${tail.reason}`),
      refused: (problems) => showErrors(problems),
      busy: () => this.desk.say("run.busy"),
      lost: () => this.desk.say("run.lost"),
    });
  }
}

/** All of an axis that is worth seeing. @returns {Axis} */
function whole(setting) {
  const [low, high, spacing] = configuration.map.axes[SETTINGS.includes(setting) ? setting : "place"];
  return { setting, low, high, spacing };
}

/** An axis as a link writes it; what is wrong in it is for the server to say. @returns {Axis} */
function read(written) {
  const [setting, low, high] = written.split(":");
  return { ...whole(setting), low: Number(low), high: Number(high) };
}

/** Where a value lies along an axis: on a logarithmic one, its logarithm, as Plotly counts. */
function along(axis, value) {
  return axis.spacing === "log" ? Math.log10(value) : value;
}

function ends(axis) {
  return [along(axis, axis.low), along(axis, axis.high)];
}

/** The part of an axis between two places along it, within the setting's bounds. @returns {Axis} */
function between(axis, from, to) {
  const [least, greatest] = boundsOf(axis.setting);
  const value = (at) => (axis.spacing === "log" ? 10 ** at : at);
  const rounded = (its) => (axis.setting === "seed" ? Math.round(its) : Number(its.toPrecision(15)));
  const within = (its) => Math.max(least, Math.min(greatest, its));
  const [low, high] = [Math.min(from, to), Math.max(from, to)].map((at) => within(rounded(value(at))));
  return low < high ? { ...axis, low, high } : axis;
}

function boundsOf(setting) {
  if (setting === "seed") return [0, configuration.largest_seed];
  const slider = configuration.sliders[setting];
  return slider ? [slider.low, slider.high] : [-configuration.largest_weight, configuration.largest_weight];
}

function nameOf(setting) {
  return SETTINGS.includes(setting) ? text(`setting.${setting}`) : placeName(setting);
}

/** If a map of this size was too much work: half of it, or half of that, until it is not, by what the server says; else nothing. */
function smallerThan(size, problems) {
  const dear = problems.find((problem) => problem.rule === "work");
  if (!dear || size <= SMALLEST) return null;
  let side = size;
  do side = Math.max(SMALLEST, Math.floor(side / 2));
  while (side > SMALLEST && dear.value * (side / size) ** 2 > dear.bound);
  return side;
}

function notice(head, smaller) {
  const said = [];
  if (head.initialization !== head.experiment.initialization) {
    said.push(text("map.drawn", { name: text(`initialization.${head.experiment.initialization}`) }));
  }
  if (smaller) said.push(text("map.smaller", { size: smaller }));
  return said.join(" ");
}
