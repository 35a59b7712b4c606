// The map of what trains: it appears coarse and sharpens; drag to zoom into it, read a run, open it.

import { configuration, element, number, text } from "../../configuration.mjs";
import { banner, showErrors } from "../../errors.mjs";
import { connectPictures } from "../../files.mjs";
import { graphOf } from "../../views/graph.mjs";
import { MapRecording } from "../../views/map_recording.mjs";
import { same } from "../../workbench.mjs";
import { Body } from "../body.mjs";
import { ManyAsking } from "../many_asking.mjs";
import { fill, placeName, placesOf, replaced } from "../places.mjs";
import { along, between, ends, isTooNear, nameOf, read, SETTINGS, whole, written } from "./axes.mjs";
import { MapHand } from "./hand.mjs";
import { MapPicture, paintLegend } from "./picture.mjs";
import { saveTable } from "./table.mjs";
import { mapNotice, mapWords, runWords } from "./words.mjs";

const COARSE = 32;
const SMALLEST = configuration.fewest.map; // runs a side
const DEFAULT_SIZE = String(configuration.views.map.size);
const FIRST = { x: configuration.views.map.x.setting, y: configuration.views.map.y.setting };
const SIDES = /** @type {const} */ (["x", "y"]);
const FAMILIES = ["trained", "failed", "diverged"];

export class MapPage {
  #body;
  showsRun = false;
  /** @type {MapPicture | null} */
  #picture = null;
  /** @type {MapRecording | null} */
  recording = null;
  /** @type {import("./picture.mjs").Axes[]} parts of the map shown before this one */
  past = [];
  /** @type {number[] | null} column and row of the run that is pointed at */
  cross = null;
  painted = 0;
  /** @type {number | null} */
  frame = null;
  /** @type {string[]} sentences about axes that were asked for and are none of this network's */
  #replaced = [];

  /** @param {import("../../desk.mjs").Desk} desk */
  constructor(desk) {
    this.desk = desk;
    this.#body = new Body("map", ["map"], desk.state, () => this.#connect());
    this.asking = new ManyAsking(desk, configuration.paths.map, {
      view: (size) => ({ x: this.axes.x, y: this.axes.y, size }),
      fewer: smallerThan,
      listener: (request, shrunk) => this.#listener(request, shrunk),
      progress: "map.progress",
      refused: () => {
        this.forget();
        this.#layOut();
      },
    });
    this.forget();
  }

  view() {
    const changed = SIDES.filter((side) => !same(this.axes[side], whole(FIRST[side])));
    return {
      ...Object.fromEntries(changed.map((side) => [side, written(this.axes[side])])),
      ...(this.size !== DEFAULT_SIZE && { size: this.size }),
    };
  }

  /** @param {Record<string, string>} [view] */
  async enter(view) {
    if (view) {
      this.axes = { x: view.x ? read(view.x) : whole(FIRST.x), y: view.y ? read(view.y) : whole(FIRST.y) };
      this.size = view.size ?? DEFAULT_SIZE;
      this.cross = null;
    }
    await this.#body.ready();
    window.dash_clientside.set_props("map-size", { value: this.size });
    this.#layOut();
    this.#choose(this.cross);
  }

  leave() {
    this.asking.stop();
  }

  /** As it was at first. */
  forget() {
    this.axes = { x: whole(FIRST.x), y: whole(FIRST.y) };
    this.size = DEFAULT_SIZE;
    this.past = [];
    this.cross = null;
  }

  /** @param {any} experiment */
  shows(experiment) {
    return this.asking.shows(experiment);
  }

  ended() {
    return null; // it is asked anew whenever it comes into sight
  }

  get canvas() {
    return this.#picture?.canvas;
  }

  // --- the hand ------------------------------------------------------------------------------------------------

  #connect() {
    const graph = graphOf("map");
    const picture = new MapPicture(graph, element("map-canvas"));
    this.#picture = picture;
    graph.on("plotly_relayout", (/** @type {any} */ change) => this.#zoomed(change));
    new MapHand(element("map-picture"), {
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
      this.size = element("map-size").value;
      this.#again();
    });
    const buttons = { back: () => this.#back(), "zoom-in": () => this.#zoom(0.5), "zoom-out": () => this.#zoom(2), whole: () => this.#whole() };
    for (const [name, action] of Object.entries(buttons)) element(`map-${name}`).addEventListener("click", action);
    element("map-open").addEventListener("click", () => this.cross && this.#open(this.cross));
    element("save-map").addEventListener("click", () => this.recording && saveTable(this.recording, this.desk));
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
    const other = side === "x" ? "y" : "x";
    this.#remember();
    if (setting === this.axes[other].setting) this.axes = { ...this.axes, [other]: this.axes[side] }; // the two change places
    this.axes = { ...this.axes, [side]: whole(setting) };
    this.#again();
  }

  /** Plotly has zoomed: what it shows now is the map that is wanted. @param {any} change */
  #zoomed(change) {
    const wanted = { ...this.axes };
    for (const side of SIDES) {
      const [low, high] = [change[`${side}axis.range[0]`], change[`${side}axis.range[1]`]];
      if (low !== undefined) wanted[side] = between(this.axes[side], low, high);
    }
    if (!same(wanted, this.axes)) this.#look(wanted);
  }

  /** @param {number} factor by which more is seen */
  #zoom(factor) {
    const wanted = { ...this.axes };
    for (const [which, side] of SIDES.entries()) {
      const axis = this.axes[side];
      const [low, high] = ends(axis);
      const at = this.recording && this.cross ? along(axis, this.recording.head[side][this.cross[which]]) : (low + high) / 2;
      const reach = ((high - low) * factor) / 2;
      wanted[side] = between(axis, at - reach, at + reach);
    }
    this.#look(wanted);
  }

  /** Look at a part of the map, unless it is so small that neighbouring runs would be one. @param {import("./picture.mjs").Axes} wanted */
  #look(wanted) {
    if (SIDES.some((side) => isTooNear(wanted[side], Number(this.size)) && wanted[side].high - wanted[side].low < this.axes[side].high - this.axes[side].low)) {
      this.#layOut(); // Plotly may have zoomed already
      element("map-notice").textContent = text("map.nearest");
      return;
    }
    this.#remember();
    this.axes = wanted;
    this.#again();
  }

  #whole() {
    this.#remember();
    this.axes = { x: whole(this.axes.x.setting), y: whole(this.axes.y.setting) };
    this.#again();
  }

  #back() {
    const before = this.past.pop();
    if (!before) return;
    this.axes = before;
    this.#again();
  }

  #remember() {
    this.past = [...this.past, this.axes].slice(-50);
  }

  /** The same experiment, another part of the map. */
  #again() {
    this.#choose(null);
    this.#layOut();
    this.desk.viewed({ push: true });
    this.desk.open(this.desk.workbench.experiment, { step: "adopt" });
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
    if (this.desk.page !== this) return; // one has gone on meanwhile
    if (element("banner").textContent === text("map.open_lost")) banner("");
    if (response.ok) this.desk.go("lab", { experiment: answer, expected });
    else showErrors(answer.errors);
  }

  // --- runs ----------------------------------------------------------------------------------------------------

  /** While a slider moves, a coarse map follows it. @param {any} wanted */
  follow(wanted) {
    this.asking.follow(wanted, COARSE);
  }

  /** @param {any} wanted @param {any} options */
  run(wanted, options) {
    this.#fit(wanted.experiment, wanted.shape);
    this.asking.run(wanted, options, /^\d+$/.test(this.size) ? Number(this.size) : this.size); // what is no number is the server's to refuse
  }

  /** An axis that the network has not becomes the first that there is, and that will be said. @param {any} experiment @param {any} shape */
  #fit(experiment, shape) {
    this.#replaced = [];
    const sizes = shape?.hidden_layer_sizes ?? experiment.hidden_layer_sizes;
    const units = [(shape?.features ?? experiment.features).length, ...sizes, 1];
    for (const side of SIDES) {
      const [kind, layer, unit, source] = this.axes[side].setting.split(".");
      if (SETTINGS.includes(kind) || !["weights", "biases"].includes(kind)) continue;
      const there = Number(unit) < (units[Number(layer) + 1] ?? 0) && (kind === "biases" || Number(source) < units[Number(layer)]);
      if (there) continue;
      this.#replaced.push(replaced(this.axes[side].setting, nameOf(FIRST[side])));
      this.axes = { ...this.axes, [side]: whole(FIRST[side]) };
    }
  }

  /** @param {any} request @param {number | null} shrunk */
  #listener(request, shrunk) {
    /** @type {MapRecording} */
    let recording;
    return {
      head: (/** @type {any} */ head) => {
        recording = new MapRecording(head, request);
        element("map-notice").textContent = [...this.#replaced, mapNotice(head, shrunk)].join(" ").trim();
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
        element("map-share").textContent = `${number(Number((100 * tail.trained).toFixed(1)))} %`;
        element("map-words").textContent = words;
        element("words").textContent = `${element("map-share").textContent} ${words}`;
      },
    };
  }

  /** What can be chosen for the axes of this network. @param {any} head */
  #fill(head) {
    const places = placesOf(head).length <= configuration.most_start_sliders ? placesOf(head) : [];
    const words = [...SETTINGS.map((name) => text(`setting.${name}`)), ...places.map(placeName)];
    const options = [...SETTINGS, ...places].map((name, at) => /** @type {[string, string]} */ ([name, words[at]]));
    for (const side of SIDES) fill(element(`map-${side}`), options, this.axes[side].setting);
  }

  // --- to the eye ----------------------------------------------------------------------------------------------

  theme() {
    if (!this.#picture) return;
    this.#picture.theme();
    this.#legend();
  }

  #layOut() {
    this.#picture?.layOut(this.axes);
    element("map-back").disabled = this.past.length === 0;
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
