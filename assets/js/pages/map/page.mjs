// The map of what trains: it appears coarse and sharpens; drag to zoom into it, read a run, open it.

import { configuration, element, percent, text } from "../../configuration.mjs";
import { banner, showErrors } from "../../errors.mjs";
import { connectPictures } from "../../files.mjs";
import { graphOf } from "../../views/plotly_graph.mjs";
import { MapResults } from "./results.mjs";
import { same } from "../../undo_history.mjs";
import { LazyBody } from "../lazy_body.mjs";
import { countAsked, ManyRequests } from "../many_requests.mjs";
import { fill, parameterName, parametersOf } from "../parameter_lists.mjs";
import { SETTINGS } from "./axes.mjs";
import { MapInput } from "./input.mjs";
import { MapViewport, SIDES } from "./viewport.mjs";
import { MapPicture, paintLegend } from "./picture.mjs";
import { saveNumbers } from "./save_numbers.mjs";
import { mapNotice, mapWords, runWords } from "./words.mjs";

const COARSE = 32;
const SMALLEST = configuration.fewest.map; // runs a side
const FAMILIES = ["trained", "failed", "diverged"];

export class MapPage {
  #body;
  showsRun = false;
  /** @type {MapPicture | null} */
  #picture = null;
  /** @type {MapResults | null} */
  recording = null;
  /** @type {number[] | null} column and row of the run that is pointed at */
  cross = null;
  painted = 0;
  /** @type {number | null} */
  frame = null;
  viewport = new MapViewport();

  /** @param {import("../../workspace.mjs").Workspace} workspace */
  constructor(workspace) {
    this.workspace = workspace;
    this.#body = new LazyBody("map", ["map"], workspace.state, () => this.#connect());
    this.requests = new ManyRequests(workspace, configuration.paths.map, {
      view: (size) => ({ ...this.viewport.axes, size }),
      fewer: smallerThan,
      listener: (request, shrunk) => this.#listener(request, shrunk),
      progress: "map.progress",
      refused: () => {
        this.forget();
        this.#layOut();
      },
    });
  }

  view() {
    return this.viewport.written;
  }

  /** @param {Record<string, string>} [view] */
  async enter(view) {
    if (view) {
      this.viewport.open(view);
      this.cross = null;
    }
    await this.#body.ready();
    window.dash_clientside.set_props("map-size", { value: this.viewport.size });
    this.#layOut();
    this.#choose(this.cross);
  }

  leave() {
    this.requests.stop();
  }

  /** As it was at first. */
  forget() {
    this.viewport = new MapViewport();
    this.cross = null;
  }

  /** @param {any} experiment */
  shows(experiment) {
    return this.requests.shows(experiment);
  }

  ended() {
    return null; // it is asked anew whenever it comes into sight
  }

  get canvas() {
    return this.#picture?.canvas;
  }

  // --- mouse, touch and keyboard -------------------------------------------------------------------------------

  #connect() {
    const graph = graphOf("map");
    const picture = new MapPicture(graph, element("map-canvas"));
    this.#picture = picture;
    graph.on("plotly_relayout", (/** @type {any} */ change) => {
      const wanted = this.viewport.zoomedTo(change);
      if (!same(wanted, this.viewport.axes)) this.#zoomTo(wanted);
    });
    new MapInput(element("map-picture"), {
      runAt: (event) => picture.runAt(event),
      read: (run) => this.#read(run ?? this.cross),
      choose: (run) => this.#choose(run),
      open: (run) => this.#open(run),
      move: (across, up) => this.#move(across, up),
      zoom: (factor) => this.#zoom(factor),
      whole: () => this.#whole(),
      back: () => this.#back(),
      enter: () => this.cross && this.#open(this.cross),
    });
    for (const side of SIDES) element(`map-${side}`).addEventListener("change", () => this.#vary(side, element(`map-${side}`).value));
    element("map-size").addEventListener("change", () => {
      this.viewport.size = element("map-size").value;
      this.#again();
    });
    const buttons = { back: () => this.#back(), "zoom-in": () => this.#zoom(0.5), "zoom-out": () => this.#zoom(2), whole: () => this.#whole() };
    for (const [name, action] of Object.entries(buttons)) element(`map-${name}`).addEventListener("click", action);
    element("map-open").addEventListener("click", () => this.cross && this.#open(this.cross));
    element("save-map").addEventListener("click", () => this.recording && saveNumbers(this.recording, this.workspace));
    connectPictures(["map"], (_, format) => picture.file(format));
    this.theme();
  }

  /** A run is pointed at and read; another press opens it. @param {number[] | null} run */
  #choose(run) {
    this.cross = run;
    element("map-open").hidden = run === null;
    this.#picture?.cross(run);
    this.#read(run);
  }

  /** @param {number} across @param {number} up columns and rows */
  #move(across, up) {
    if (!this.recording) return;
    const last = this.recording.size - 1;
    const [column, row] = this.cross ?? [Math.floor(last / 2), Math.floor(last / 2)];
    const within = (/** @type {number} */ value) => Math.max(0, Math.min(last, value));
    this.#choose([within(column + across), within(row + up)]);
  }

  /** Another setting on a side. @param {"x" | "y"} side @param {string} setting */
  #vary(side, setting) {
    this.viewport.vary(side, setting);
    this.#again();
  }

  /** @param {number} factor by which more is seen */
  #zoom(factor) {
    const { recording, cross } = this;
    this.#zoomTo(this.viewport.scaled(factor, recording && cross && { x: recording.head.x[cross[0]], y: recording.head.y[cross[1]] }));
  }

  /** @param {import("./picture.mjs").Axes} wanted */
  #zoomTo(wanted) {
    if (this.viewport.at(wanted)) return this.#again();
    this.#layOut(); // Plotly may have zoomed already
    element("map-notice").textContent = text("map.nearest");
  }

  #whole() {
    this.viewport.whole();
    this.#again();
  }

  #back() {
    if (this.viewport.back()) this.#again();
  }

  /** The same experiment, another part of the map. */
  #again() {
    this.#choose(null);
    this.#layOut();
    this.workspace.viewed({ push: true });
    this.workspace.open(this.workspace.history.experiment, { step: "adopt" });
  }

  /** Open a run in the Lab: Python says which experiment it is. @param {number[]} run */
  async #open([column, row]) {
    if (!this.recording) return;
    const { asked } = this.recording;
    const expected = this.recording.expectation(column, row);
    const body = JSON.stringify({ version: configuration.version, ...asked, column, row });
    let response, answer;
    try {
      response = await fetch(configuration.paths.point, { method: "POST", headers: { "Content-Type": "application/json" }, body });
      answer = await response.json();
    } catch (error) {
      console.warn(error);
      banner(text("map.open_lost"));
      return;
    }
    if (this.workspace.page !== this) return; // one has gone on meanwhile
    if (element("banner").textContent === text("map.open_lost")) banner("");
    if (response.ok) this.workspace.go("lab", { experiment: answer, expected });
    else showErrors(answer.errors);
  }

  // --- runs ----------------------------------------------------------------------------------------------------

  /** While a slider moves, a coarse map follows it. @param {any} wanted */
  follow(wanted) {
    this.requests.follow(wanted, COARSE);
  }

  /** @param {any} wanted @param {any} options */
  run(wanted, options) {
    this.viewport.fit(wanted.experiment, wanted.shape);
    this.requests.run(wanted, options, countAsked(this.viewport.size));
  }

  /** @param {any} request @param {number | null} shrunk */
  #listener(request, shrunk) {
    /** @type {MapResults} */
    let recording;
    return {
      head: (/** @type {any} */ head) => {
        recording = new MapResults(head, request);
        element("map-notice").textContent = [...this.viewport.replaced, mapNotice(head, shrunk)].join(" ").trim();
        this.#fill(head);
      },
      part: (/** @type {any} */ part) => {
        recording.add(part);
        if (!recording.whole(0)) return; // the old map, stretched, says more than half a coarse one
        this.recording = recording;
        this.#soon();
      },
      tail: (/** @type {any} */ tail) => {
        recording.trained = tail.trained;
        this.recording = recording; // at the deadline it may be less than a coarse map
        this.#paint();
        const words = mapWords(recording, tail);
        element("map-share").textContent = percent(tail.trained);
        element("map-words").textContent = words;
        element("words").textContent = `${element("map-share").textContent} ${words}`;
      },
    };
  }

  /** What can be chosen for the axes of this network. @param {any} head */
  #fill(head) {
    const places = parametersOf(head).length <= configuration.most_start_sliders ? parametersOf(head) : [];
    const words = [...SETTINGS.map((name) => text(`setting.${name}`)), ...places.map(parameterName)];
    const options = [...SETTINGS, ...places].map((name, at) => /** @type {[string, string]} */ ([name, words[at]]));
    for (const side of SIDES) fill(element(`map-${side}`), options, this.viewport.axes[side].setting);
  }

  // --- to the eye ----------------------------------------------------------------------------------------------

  theme() {
    if (!this.#picture) return;
    this.#picture.theme();
    this.#legend();
  }

  #layOut() {
    this.#picture?.layOut(this.viewport.axes);
    element("map-back").disabled = this.viewport.past.length === 0;
  }

  #soon() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.#paint();
    });
  }

  #paint() {
    if (!this.recording) return;
    this.#picture?.paint(this.recording);
    this.#legend();
    this.painted += 1;
  }

  #legend() {
    const ramps = Object.fromEntries(FAMILIES.map((family) => [family, element(`ramp-${family}`)]));
    paintLegend(ramps, this.recording?.anyDiverged ?? false);
  }

  /** @param {number[] | null} run */
  #read(run) {
    element("map-readout").textContent = run && this.recording ? runWords(this.recording, run) : text("map.hint");
  }
}

/**
 * If a map of this size was too much work: half of it, or half of that, until it is not; else nothing.
 * @param {any} size
 * @param {{bound: number, value: number}} dear
 */
function smallerThan(size, dear) {
  if (size <= SMALLEST) return null;
  let side = size;
  do side = Math.max(SMALLEST, Math.floor(side / 2));
  while (side > SMALLEST && dear.value * (side / size) ** 2 > dear.bound);
  return side;
}
