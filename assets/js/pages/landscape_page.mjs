// The landscape: the cost over two parameters around the run's path, at the epoch where the player stands.

/* global Plotly */
import { configuration, element, number, text } from "../configuration.mjs";
import { showErrors } from "../errors.mjs";
import { connectPictures } from "../files.mjs";
import { ManyReader } from "../streams/many_format.mjs";
import { StreamClient } from "../streams/stream_client.mjs";
import { colors } from "../theme.mjs";
import { axisColors, drawn, graphOf, hasWebGL, picture, rowsOf } from "../views/graph.mjs";
import { fill, placeName, placesOf } from "./places.mjs";

const trace = configuration.traces.landscape;
const REST = 2; // times as long as the last redraw took
const STEEP = 10; // ground is drawn up to so many times the highest cost of the path: a network of ReLUs has no highest
const HIGHEST = 1e30; // about as much as a picture in single precision can show
const FIRST = [configuration.views.landscape.x, configuration.views.landscape.y];

export class LandscapePage {
  #ready = null;
  #active = false;
  slice = null;
  #due = 0;
  #timer = null;
  #flat = !hasWebGL();
  #farthest = Infinity; // how far from 0 the server lets a parameter be

  /**
   * @param {import("../desk.mjs").Desk} desk
   * @param {import("./lab_page.mjs").LabPage} lab whose run and player it shares
   */
  constructor(desk, lab) {
    this.desk = desk;
    this.lab = lab;
    this.client = new StreamClient(configuration.paths.landscape, ManyReader);
    this.places = [...FIRST];
    lab.watchers.push((recording, index, atRest) => this.#follow(recording, index, atRest));
  }

  view() {
    const [x, y] = this.places;
    return { ...(x !== FIRST[0] && { x }), ...(y !== FIRST[1] && { y }) };
  }

  async enter(view) {
    if (view) this.places = [view.x ?? FIRST[0], view.y ?? FIRST[1]];
    this.#ready ??= drawn("landscape", ["height", "levels"]).then(() => this.#connect());
    await this.#ready;
    this.#active = this.desk.page === this;
    this.lab.stage.quiet = this.#active;
    const { recording, index } = this.lab.player;
    if (recording?.frames[index]) this.#follow(recording, index, true);
  }

  leave(next) {
    this.#active = false;
    this.lab.stage.quiet = false;
    this.client.stop();
    this.lab.leave(next === "lab" ? "landscape" : next);
  }

  shows(experiment) {
    return this.lab.shows(experiment);
  }

  done() {
    return this.lab.done();
  }

  follow(wanted) {
    this.lab.follow(wanted);
  }

  run(wanted, options) {
    this.lab.run(wanted, options);
  }

  #connect() {
    ["x", "y"].forEach((side, at) => {
      element(`landscape-${side}`).addEventListener("change", (event) => {
        const other = this.places[1 - at];
        if (event.target.value === other) this.places[1 - at] = this.places[at]; // the two change places
        this.places[at] = event.target.value;
        this.desk.viewed({ push: true });
        const { recording, index } = this.lab.player;
        if (recording) this.#follow(recording, index, true);
      });
    });
    if (this.#flat) {
      element("height-picture").classList.add("left-out");
      element("height-note").textContent = text("landscape.no_webgl");
    }
    connectPictures(["height", "levels"], (name, format) => picture(graphOf(name), format, 900, 760));
    this.theme();
  }

  theme() {
    if (!graphOf("height")) return;
    const { slope, high, paper, grid, muted } = colors();
    const colorscale = [slope.map((color, at) => [at / (slope.length - 1), color])];
    for (const name of ["height", "levels"]) {
      Plotly.restyle(graphOf(name), { colorscale }, [trace.ground]);
      Plotly.restyle(graphOf(name), { "line.color": high }, [trace.path]);
      Plotly.restyle(graphOf(name), { "marker.color": high }, [trace.point]);
    }
    Plotly.restyle(graphOf("levels"), { "marker.line.color": paper, "line.color": muted }, [trace.point, trace.ground]);
    const axes = ["xaxis", "yaxis", "zaxis"].map((axis) => [`scene.${axis}.gridcolor`, grid]);
    Plotly.relayout(graphOf("height"), { ...Object.fromEntries(axes), "font.color": muted });
    Plotly.relayout(graphOf("levels"), axisColors());
  }

  /** The player shows a frame: ask for the landscape around it. One question is under way, the newest waits. */
  #follow(recording, index, atRest) {
    if (!this.#active) return;
    const all = placesOf(recording.head);
    this.places = this.places.map((place, at) => (all.includes(place) ? place : (FIRST.find((first) => all.includes(first) && first !== this.places[1 - at]) ?? all[at])));
    if (this.places[0] === this.places[1]) this.places[1] = all.find((place) => place !== this.places[0]);
    const options = all.map((place) => [place, placeName(place)]);
    ["x", "y"].forEach((side, at) => fill(element(`landscape-${side}`), options, this.places[at]));
    const shown = { recording, index: this.#lastWithin(recording.frames, index), wanted: index, atRest, ...this.#walk(recording, index, all) };
    const frame = recording.frames[shown.index];
    const here = this.places.map((place) => frame.parameters[all.indexOf(place)]);
    const reach = shown.seen.map((values, at) => [Math.min(...values, here[at]), Math.max(...values, here[at])]);
    const view = { x: this.places[0], y: this.places[1], x_path: reach[0], y_path: reach[1] };
    this.client.preview({ experiment: recording.experiment, parameters: Array.from(frame.parameters), view }, {
      slice: (slice) => this.#arrived({ ...shown, slice, places: [...this.places] }),
      refused: (problems) => {
        const far = problems.find(({ field, rule }) => /^(parameters|view\.._path)/.test(field) && ["minimum", "maximum"].includes(rule));
        if (!far || this.#farthest < Infinity) return showErrors(problems);
        this.#farthest = Math.abs(far.bound);
        this.#follow(recording, index, atRest);
      },
      busy: () => this.desk.say("run.busy"),
      lost: () => this.desk.say("run.lost"),
    });
  }

  /** The last frame up to this one whose parameters are near enough; the first always is. */
  #lastWithin(frames, index) {
    return Math.max(0, frames.findLastIndex((frame, at) => at <= index && this.#isWithin(frame)));
  }

  #isWithin({ parameters }) {
    return parameters.every((parameter) => Math.abs(parameter) <= this.#farthest);
  }

  /**
   * The run's path, and as much of it as has to be in sight: all of it, but of a run that diverges no more than
   * is behind it, which would be nothing beside its end.
   */
  #walk(recording, index, all) {
    // a frame of a drag is alone; the path around it is the run's before
    const before = recording.frames.length > 1 ? recording : (this.lab.player.recording ?? recording);
    const walked = before.frames[0].parameters.length === all.length ? before : recording;
    const near = walked.frames.map((frame) => this.#isWithin(frame));
    const path = this.places.map((place) => walked.frames.map((frame, at) => (near[at] ? frame.parameters[all.indexOf(place)] : null)));
    const last = walked.tail?.reason === "diverged" ? walked.indexAt(recording.frames[index].epoch) : walked.frames.length - 1;
    return { walked, path, seen: path.map((values) => values.filter((value, at) => at <= last && value !== null)) };
  }

  #arrived(slice) {
    this.slice = slice;
    slice.ground = this.#ground();
    this.#drawLevels();
    clearTimeout(this.#timer);
    if (this.#flat) return this.#tell(slice);
    const wait = slice.atRest ? 0 : Math.max(0, this.#due - performance.now());
    this.#timer = setTimeout(() => this.#drawHeight(), wait);
    this.#tell(slice);
  }

  /** In words, what the present point is. */
  #tell(slice) {
    const { recording, index, places } = slice;
    const [x, y, cost] = slice.slice.point;
    const values = { x: placeName(places[0]), y: placeName(places[1]), xvalue: number(x), yvalue: number(y) };
    const { epoch } = recording.frames[index];
    const said = [text("landscape.words", { ...values, epoch, cost: number(cost) })];
    if (slice.wanted > index) said.push(text("landscape.beyond", { epoch, bound: this.#farthest.toLocaleString(configuration.language) }));
    if (slice.ground.cut) said.push(text("landscape.cut", { cost: number(slice.ground.top, 2) }));
    const words = said.join(" ");
    element("landscape-words").textContent = words;
    if (slice.atRest) element("words").textContent = words;
  }

  /** The path up to the present epoch, and the true cost along it. */
  #path() {
    const { walked, path, recording, index } = this.slice;
    const epoch = recording.frames[index].epoch;
    const count = walked === recording ? index + 1 : walked.frames.filter((frame) => frame.epoch <= epoch).length;
    const heights = walked.frames.slice(0, count).map((frame) => Math.min(HIGHEST, walked.costs[frame.epoch]));
    return { x: path[0].slice(0, count), y: path[1].slice(0, count), z: heights };
  }

  /** The ground as it is drawn: what is far above the path is cut off, or nothing of the valley would be seen. */
  #ground() {
    const { cost, point } = this.slice.slice;
    const top = STEEP * Math.max(point[2], ...this.#path().z);
    const cut = cost.some((height) => height > top);
    return { rows: rowsOf(cut ? cost.map((height) => Math.min(top, height)) : cost), top, cut };
  }

  #drawLevels() {
    const { slice, ground, places } = this.slice;
    const { x, y } = this.#path();
    const graph = graphOf("levels");
    const change = { x: [slice.x, x, [slice.point[0]]], y: [slice.y, y, [slice.point[1]]], z: [ground.rows, undefined, undefined] };
    const range = (values) => [values[0], values.at(-1)];
    Plotly.update(graph, change, {
      "xaxis.range": range(slice.x), "yaxis.range": range(slice.y),
      "xaxis.title.text": placeName(places[0]), "yaxis.title.text": placeName(places[1]),
    }, [trace.ground, trace.path, trace.point]);
    this.painted = (this.painted ?? 0) + 1;
  }

  #drawHeight() {
    const start = performance.now();
    const { slice, ground, places } = this.slice;
    const { x, y, z } = this.#path();
    const graph = graphOf("height");
    const change = { x: [slice.x, x, [slice.point[0]]], y: [slice.y, y, [slice.point[1]]], z: [ground.rows, z, [Math.min(HIGHEST, slice.point[2])]] };
    Plotly.update(graph, change, {
      "scene.xaxis.title.text": placeName(places[0]), "scene.yaxis.title.text": placeName(places[1]),
      "scene.xaxis.range": [slice.x[0], slice.x.at(-1)], "scene.yaxis.range": [slice.y[0], slice.y.at(-1)],
    }, [trace.ground, trace.path, trace.point]);
    requestAnimationFrame(() => setTimeout(() => {
      const end = performance.now();
      this.#due = end + REST * (end - start);
    }));
  }
}
