// The landscape: draws the cost over two parameters around the run's path, at the epoch where the player stands.

/* global Plotly */
import { configuration, element, number, text } from "../configuration.mjs";
import { layerSizes } from "../core/network.mjs";
import { showErrors } from "../errors.mjs";
import { evaluationOf } from "../evaluation.mjs";
import { connectPictures } from "../files.mjs";
import { ManyReader } from "../server/many_format.mjs";
import { StreamClient } from "../server/stream_client.mjs";
import { colors } from "../theme.mjs";
import { axisColors, graphOf, hasWebGL, picture, rowsOf } from "../views/plotly_graph.mjs";
import { LazyBody } from "./lazy_body.mjs";
import { fill, parameterName, parametersOf, replaced } from "./parameter_lists.mjs";

/**
 * What the page shows: a frame, as much of the run as was walked, and the cost around it.
 * @typedef {import("../recording.mjs").Recording} Recording
 * @typedef {{x: number[], y: number[], point: number[], cost: Float32Array}} Around
 * @typedef {{recording: Recording, index: number, wanted: number, atRest: boolean, walked: Recording, steps: number[],
 *            path: (number | null)[][], places: string[], slice: Around}} Answer
 * @typedef {Answer & {ground: {rows: ArrayLike<number>[], top: number, cut: boolean, beyond: boolean}}} Slice with the ground as it is drawn
 */

const trace = configuration.traces.landscape;
const REST = 2; // times as long as the last redraw took
const STEEP = 10; // ground is drawn up to so many times the highest cost of the path: a network of ReLUs has no highest
const HIGHEST = 1e30; // about as much as a picture in single precision can show
const FIRST = [configuration.views.landscape.x, configuration.views.landscape.y];

export class LandscapePage {
  #body;
  showsRun = true;
  #active = false;
  /** @type {Slice | null} */
  slice = null;
  painted = 0;
  #due = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #flat = !hasWebGL();
  /** @type {[Recording, number, boolean] | null} */
  #wish = null; // the recording, the frame and whether it rests, that are looked at
  #farthest = Infinity; // how far from 0 the server lets a parameter be

  /**
   * @param {import("../workspace.mjs").Workspace} workspace
   * @param {import("./lab_page.mjs").LabPage} lab whose run and player it shares
   */
  constructor(workspace, lab) {
    this.workspace = workspace;
    this.#body = new LazyBody("landscape", ["height", "levels"], workspace.state, () => this.#connect());
    this.lab = lab;
    this.client = new StreamClient(configuration.paths.landscape, ManyReader);
    this.places = [...FIRST];
    lab.watchers.push((recording, index, atRest) => this.#follow(recording, index, atRest));
  }

  view() {
    const [x, y] = this.places;
    return { ...(x !== FIRST[0] && { x }), ...(y !== FIRST[1] && { y }) };
  }

  /** @param {Record<string, string>} [view] */
  async enter(view) {
    if (view) this.places = [view.x ?? FIRST[0], view.y ?? FIRST[1]];
    await this.#body.ready();
    this.#active = this.workspace.page === this;
    this.lab.views.quiet = this.#active;
    if (view) return; // its address brings an experiment, whose run follows: another's network may lack the parameters
    const { shown, index } = this.lab.views;
    if (shown) this.#follow(shown, index, true);
  }

  /** @param {boolean} seen */
  leave(seen) {
    this.#active = false;
    this.lab.views.quiet = false;
    this.client.stop();
    this.lab.leave(seen);
  }

  /** @param {any} experiment */
  shows(experiment) {
    return this.lab.shows(experiment);
  }

  ended() {
    return this.lab.ended();
  }

  /** @param {import("../workspace.mjs").Wanted} wanted */
  follow(wanted) {
    element("landscape-notice").textContent = "";
    this.lab.follow(wanted);
  }

  /** @param {import("../workspace.mjs").Wanted} wanted @param {import("../workspace.mjs").Options} options */
  run(wanted, options) {
    element("landscape-notice").textContent = "";
    this.lab.run(wanted, options);
  }

  /** @param {import("../workspace.mjs").Wanted} wanted */
  showStart(wanted) {
    this.lab.showStart(wanted);
  }

  #connect() {
    ["x", "y"].forEach((side, at) => {
      const list = element(`landscape-${side}`);
      list.addEventListener("change", () => {
        const other = this.places[1 - at];
        if (list.value === other) this.places[1 - at] = this.places[at]; // the two change places
        this.places[at] = list.value;
        element("landscape-notice").textContent = "";
        this.workspace.viewed({ push: true });
        const { shown, index } = this.lab.views;
        if (shown) this.#follow(shown, index, true);
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
    this.lab.views.cost.theme(); // which stands beside the landscape
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

  /**
   * The player shows a frame: ask for the landscape around it. One question is under way, the newest waits.
   * @param {Recording} recording @param {number} index @param {boolean} atRest
   */
  #follow(recording, index, atRest) {
    if (!this.#active) return;
    this.#wish = [recording, index, atRest];
    const all = parametersOf(recording.head);
    this.#fit(all);
    const options = all.map((place) => /** @type {[string, string]} */ ([place, parameterName(place)]));
    ["x", "y"].forEach((side, at) => fill(element(`landscape-${side}`), options, this.places[at]));
    const shown = { recording, index: this.#lastWithin(recording, index), wanted: index, atRest, ...this.#walk(recording, index, all) };
    const parameters = networkOf(recording, shown.index);
    const here = this.places.map((place) => parameters[all.indexOf(place)]);
    const reach = shown.seen.map((values, at) => [Math.min(...values, here[at]), Math.max(...values, here[at])]);
    const view = { x: this.places[0], y: this.places[1], x_path: reach[0], y_path: reach[1] };
    this.client.preview({ experiment: recording.experiment, parameters: Array.from(parameters), view }, {
      slice: (/** @type {Around} */ slice) => {
        this.workspace.state.found();
        this.#arrived({ ...shown, slice, places: [...this.places] });
      },
      refused: (problems) => {
        const far = problems.find(({ field, rule }) => /^(parameters|view\.._path)/.test(field) && ["minimum", "maximum"].includes(rule));
        if (!far || this.#farthest < Infinity) return showErrors(problems);
        this.#farthest = Math.abs(Number(far.bound));
        if (this.#wish) this.#follow(...this.#wish); // what is wanted now, which may be newer than what was refused
      },
      busy: () => this.workspace.state.troubled("busy"),
      lost: () => this.workspace.state.troubled("lost"),
    });
  }

  /** Two places of this network; one that it has not is replaced, and that is said. @param {string[]} all */
  #fit(all) {
    const wanted = this.places;
    this.places = wanted.map((place, at) => (all.includes(place) ? place : (FIRST.find((first) => all.includes(first) && first !== wanted[1 - at]) ?? all[at])));
    if (this.places[0] === this.places[1]) this.places[1] = all.find((place) => place !== this.places[0]) ?? all[0];
    const said = this.places.flatMap((place, at) => (place === wanted[at] ? [] : [replaced(wanted[at], parameterName(place))]));
    if (said.length === 0) return;
    element("landscape-notice").textContent = said.join(" ");
    this.workspace.viewed();
  }

  /**
   * The last frame up to this one whose parameters are near enough; the first always is.
   * @param {Recording} recording @param {number} index
   */
  #lastWithin(recording, index) {
    const first = recording.parameters.findIndex(Boolean);
    return Math.max(first, recording.parameters.findLastIndex((its, at) => at <= index && its !== undefined && this.#isWithin(its)));
  }

  /** @param {Float64Array} parameters */
  #isWithin(parameters) {
    return parameters.every((parameter) => Math.abs(parameter) <= this.#farthest);
  }

  /**
   * The run's path, and as much of it as has to be in sight: all of it, but of a run that diverges no more than
   * is behind it, which would be nothing beside its end.
   * @param {Recording} recording
   * @param {number} index
   * @param {string[]} all
   */
  #walk(recording, index, all) {
    // a frame of a drag is alone; the path around it is the run's before
    const before = recording.expected > 1 ? recording : (this.lab.recording ?? recording);
    const walked = layerSizes(before.experiment).join() === layerSizes(recording.experiment).join() ? before : recording;
    const steps = walked.epochs.map((_, at) => at).filter((at) => walked.parameters[at]);
    const networks = steps.map((at) => networkOf(walked, at));
    const near = networks.map((network) => this.#isWithin(network));
    const path = this.places.map((place) => networks.map((network, step) => (near[step] ? network[all.indexOf(place)] : null)));
    const epoch = recording.epochs[index];
    const last = walked.tail?.reason === "diverged" ? epoch : Infinity;
    const seen = path.map((values) => values.filter((value, step) => value !== null && walked.epochs[steps[step]] <= last).map(Number));
    return { walked, steps, path, seen };
  }

  /** @param {Answer} answer */
  #arrived(answer) {
    const slice = { ...answer, ground: groundOf(answer) };
    this.slice = slice;
    this.#drawLevels(slice);
    clearTimeout(this.#timer);
    if (this.#flat) return this.#tell(slice);
    const wait = slice.atRest ? 0 : Math.max(0, this.#due - performance.now());
    this.#timer = setTimeout(() => this.#drawHeight(), wait);
    this.#tell(slice);
  }

  /** In words, what the present point is. @param {Slice} slice */
  #tell(slice) {
    const { recording, index, places } = slice;
    const [x, y, cost] = slice.slice.point;
    const values = { x: parameterName(places[0]), y: parameterName(places[1]), xvalue: number(x), yvalue: number(y) };
    const epoch = recording.epochs[index];
    const said = [text("landscape.words", { ...values, epoch, cost: number(cost) })];
    if (slice.wanted > index) said.push(text("landscape.beyond", { epoch, bound: this.#farthest }));
    if (slice.ground.beyond) said.push(text("landscape.too_high", { cost: number(HIGHEST, 2) }));
    else if (slice.ground.cut) said.push(text("landscape.cut", { cost: number(slice.ground.top, 2) }));
    const words = said.join(" ");
    element("landscape-words").textContent = words;
    if (slice.atRest) element("words").textContent = words;
  }

  /** @param {Slice} shown */
  #drawLevels(shown) {
    const { slice, ground, places } = shown;
    const { x, y } = pathOf(shown);
    const graph = graphOf("levels");
    const change = { x: [slice.x, x, [slice.point[0]]], y: [slice.y, y, [slice.point[1]]], z: [ground.rows, undefined, undefined] };
    const range = (/** @type {number[]} */ values) => [values[0], values.at(-1)];
    Plotly.update(graph, change, {
      "xaxis.range": range(slice.x), "yaxis.range": range(slice.y),
      "xaxis.title.text": parameterName(places[0]), "yaxis.title.text": parameterName(places[1]),
    }, [trace.ground, trace.path, trace.point]);
    this.painted += 1;
  }

  #drawHeight() {
    if (!this.slice) return;
    const start = performance.now();
    const { slice, ground, places } = this.slice;
    const { x, y, z } = pathOf(this.slice);
    const graph = graphOf("height");
    const drawn = (/** @type {number} */ height) => (ground.beyond ? 0 : Math.min(HIGHEST, height));
    const change = { x: [slice.x, x, [slice.point[0]]], y: [slice.y, y, [slice.point[1]]], z: [ground.rows, z.map(drawn), [drawn(slice.point[2])]] };
    Plotly.update(graph, change, {
      "scene.xaxis.title.text": parameterName(places[0]), "scene.yaxis.title.text": parameterName(places[1]),
      "scene.xaxis.range": [slice.x[0], slice.x.at(-1)], "scene.yaxis.range": [slice.y[0], slice.y.at(-1)],
    }, [trace.ground, trace.path, trace.point]);
    requestAnimationFrame(() => setTimeout(() => {
      const end = performance.now();
      this.#due = end + REST * (end - start);
    }));
  }
}

/** A frame's network. @param {Recording} recording @param {number} index */
function networkOf(recording, index) {
  return evaluationOf(recording).parameters(index);
}

/** The path up to the present epoch, and the true cost along it. @param {Answer} answer */
function pathOf({ walked, steps, path, recording, index }) {
  const epoch = recording.epochs[index];
  const epochs = steps.map((at) => walked.epochs[at]).filter((its) => its <= epoch);
  const heights = epochs.map((its) => Math.min(HIGHEST, walked.costs[its]));
  return { x: path[0].slice(0, epochs.length), y: path[1].slice(0, epochs.length), z: heights };
}

/** The ground as it is drawn: what is far above the path is cut off, or nothing of the valley would be seen. @param {Answer} answer */
function groundOf(answer) {
  const { cost, point } = answer.slice;
  const top = STEEP * Math.max(point[2], ...pathOf(answer).z);
  const cut = cost.some((height) => height > top);
  const beyond = cost.every((height) => height >= HIGHEST); // where numbers are as large as that, Plotly finds no levels
  const drawn = cost.map((height) => (beyond ? 0 : Math.min(top, height)));
  return { rows: rowsOf(drawn), top, cut, beyond };
}
