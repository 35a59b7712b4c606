// All views of one run, which draw one epoch together. Two sets of them can stand on one page, under one clock.

import { createElement } from "../create_element.mjs";
import { findView } from "../find_part.mjs";
import { BoundaryView } from "./boundary.mjs";
import { CostView } from "./cost.mjs";
import { HiddenView } from "./hidden_space/view.mjs";
import { LayersView } from "./layers.mjs";
import { MetricsView } from "./metrics.mjs";
import { NetworkView } from "./network/network.mjs";
import { ProbeView } from "./probe.mjs";
import { SurfaceView } from "./surface.mjs";
import { TablesView } from "./tables.mjs";
import { inWords } from "./text_alternative.mjs";

/**
 * @typedef {import("../recording.mjs").Recording} Recording
 * @typedef {{begin: (recording: Recording) => void, paint: (recording: Recording, index: number, atRest: boolean) => void}} View
 */

/** The names of the views of a run, which are those of their root elements. */
export const VIEWS = ["boundary", "surface", "network", "cost", "table", "hidden", "layers", "probe"];

const SAVED = /** @type {const} */ (["boundary", "surface", "network", "cost", "hidden"]);

/**
 * Copies of the views as Python laid them out, before anything is painted in them.
 * @param {ParentNode} scope
 * @returns {() => HTMLElement} makes a place with a copy of each
 */
export function blueprint(scope) {
  const views = VIEWS.map((name) => /** @type {HTMLElement} */ (findView(name, scope).cloneNode(true)));
  return () => {
    const place = createElement("div");
    place.append(...views.map((view) => view.cloneNode(true)));
    return place;
  };
}

export class RunViews {
  /** @type {Map<View, HTMLElement>} each view's section */
  #places;
  #scrolledAway = new Set();
  quiet = false; // whether only the cost is in sight, beside another page's pictures
  /** @type {Recording | null} */
  recording = null;
  /** @type {Recording | null} the recording of the frame that was painted last */
  shown = null;
  index = 0;
  painted = 0;

  /**
   * @param {ParentNode} root in which there is one view of each name
   * @param {{chosen?: (point: number[]) => void, unfolded?: () => void, optionChanged?: () => void, said?: (words: string) => void,
   *          set?: (setting: string, value: any) => void, wanted?: () => import("../workspace.mjs").Wanted}} [listener]
   *   told of a point tapped on the plane, of a view that wants to be painted, of another look, of what is shown in words, of a setting
   *   changed in a picture; asked for the experiment that is on its way
   */
  constructor(root, { chosen = nothing, unfolded = nothing, optionChanged = nothing, said = nothing, set = nothing, wanted } = {}) {
    const its = (/** @type {string} */ name) => findView(name, root);
    const changed = () => {
      unfolded();
      this.repaint();
    };
    const more = () => {
      optionChanged();
      this.hidden?.paintAgain();
    };
    this.said = said;
    this.boundary = new BoundaryView(its("boundary"), { chosen, optionChanged: more });
    this.surface = new SurfaceView(its("surface"), () => this.repaint());
    this.cost = new CostView(its("cost"));
    this.tables = new TablesView(its("table"));
    this.metrics = new MetricsView(its("table"));
    const present = wanted ?? (() => ({ experiment: this.recording?.experiment, shape: null }));
    this.network = new NetworkView(its("network"), { changed, set, wanted: present, boundary: this.boundary });
    this.hidden = new HiddenView(its("hidden"), { changed, set, tests: () => this.boundary.option("tests") });
    this.layers = new LayersView(its("layers"), changed);
    this.probe = new ProbeView(its("probe"), (point) => this.choose(point));
    this.ready = Promise.all([this.boundary.ready, this.cost.ready]);
    this.#places = new Map(/** @type {[View, HTMLElement][]} */ ([
      [this.boundary, its("boundary")], [this.network, its("network")], [this.tables, its("table")], [this.metrics, its("table")],
      [this.hidden, its("hidden")], [this.layers, its("layers")], [this.surface, its("surface")],
      [this.probe, its("probe")],
    ]));
    const sight = new IntersectionObserver((changes) => {
      for (const { target, isIntersecting } of changes) {
        if (isIntersecting) this.#scrolledAway.delete(target);
        else this.#scrolledAway.add(target);
      }
    });
    for (const place of new Set(this.#places.values())) sight.observe(place);
  }

  /** The views that can be taken home as pictures, by name. */
  get pictures() {
    return Object.fromEntries(SAVED.map((name) => [name, this[name]]));
  }

  get #views() {
    return [...this.#places.keys()];
  }

  /** Whether a view can be seen. What moves elsewhere is not painted before it rests. @param {View} view */
  #seen(view) {
    return !this.#scrolledAway.has(this.#places.get(view));
  }

  /** Follow a point of the plane through the network. @param {number[]} point */
  choose(point) {
    this.boundary.mark(point);
    this.probe.choose(point);
  }

  /** What the open views want of each frame, beyond what always comes. */
  wants() {
    return { gradients: this.layers.open };
  }

  /** @param {Recording} recording @param {import("./cost.mjs").Before | null} [before] */
  begin(recording, before = null) {
    this.recording = recording;
    for (const view of this.#views) view.begin(recording);
    this.cost.begin(recording, before);
  }

  /** More of the run has arrived. */
  grow() {
    this.cost.grow();
    this.layers.grow();
  }

  /**
   * Show the network of an epoch: the nearest that is here, and the last one of a run that has ended before.
   * @param {number} epoch
   * @param {boolean} atRest
   */
  show(epoch, atRest) {
    const index = this.recording ? this.recording.frameAt(epoch) : -1;
    if (this.recording && index >= 0) this.paint(this.recording, index, atRest);
  }

  /** @param {Recording} recording @param {number} index @param {boolean} atRest */
  paint(recording, index, atRest) {
    this.shown = recording;
    this.index = index;
    this.cost.paint(recording, index);
    if (!this.quiet) {
      for (const view of this.#views) if (atRest || this.#seen(view)) view.paint(recording, index, atRest);
    }
    if (atRest) this.#say(recording, index);
    this.painted += 1;
  }

  /** @param {Recording} recording @param {number} index */
  #say(recording, index) {
    const words = inWords(recording, index);
    for (const view of [this.boundary, this.surface, this.cost]) view.describe(words);
    this.said(words);
  }

  theme() {
    for (const view of [this.boundary, this.surface, this.cost, this.network, this.hidden, this.layers]) view.theme();
    this.repaint();
  }

  repaint() {
    const recording = this.recording;
    const index = recording ? recording.frameAt(recording.epochs[Math.min(this.index, recording.expected - 1)]) : -1;
    if (recording && index >= 0) this.paint(recording, index, true);
  }
}

function nothing() {}
