// The network diagram: every unit with a small map of what it answers, every connection as strong as it is.

import { element, text } from "../../configuration.mjs";
import { saveAddress } from "../../files.mjs";
import { Fold } from "../fold.mjs";
import { NetworkEditor } from "./editor.mjs";
import { laidOut } from "./layout.mjs";
import { NetworkLines } from "./lines.mjs";
import { featureName, mapOf, unitName } from "./names.mjs";
import { networkPicture } from "./picture.mjs";
import { NetworkShape } from "./shape.mjs";
import { NetworkUnits } from "./units.mjs";
import { lineInWords, unitInWords } from "./words.mjs";

const NAME_GAP = 14; // pixels between a feature's name and its unit, and beside it

/** @typedef {import("./units.mjs").Unit} Unit @typedef {import("./layout.mjs").Parameter} Parameter */

export class NetworkView {
  #listener;
  #fold;
  #place = element("network");
  #lines = new NetworkLines();
  #units;
  #shape;
  #editor;
  #head = null;
  #room = 0; // pixels, the width it is laid out in
  #layout = null;
  #shown = null; // the recording and the frame that are painted
  #lacked = false; // whether the frame in sight had come without its maps
  /** @type {{hovered: Unit | null, focused: Unit | null, line: (Parameter & {at: number}) | null}} */
  #looks = { hovered: null, focused: null, line: null };

  /**
   * @param {{changed: () => void, set: (setting: string, value: any) => void, wanted: () => import("../../desk.mjs").Wanted,
   *          boundary: import("../boundary.mjs").BoundaryView}} listener told of a view that wants to be painted, and of a
   *   setting changed in the picture; asked for the experiment that is on its way
   */
  constructor(listener) {
    this.#listener = listener;
    this.#fold = new Fold("network", () => {
      this.#editor.close(false);
      this.#look({ hovered: null, focused: null, line: null });
      listener.changed();
    });
    this.#place.append(this.#lines.canvas);
    const wanted = () => listener.wanted().shape?.hidden_layer_sizes ?? listener.wanted().experiment.hidden_layer_sizes;
    this.#shape = new NetworkShape(this.#place, wanted, (sizes) => listener.set("hidden_layer_sizes", sizes));
    this.#units = new NetworkUnits(this.#place, {
      hovered: (unit) => this.#look({ hovered: unit, line: null }),
      focused: (unit) => this.#look({ focused: unit }),
      pressed: (unit) => this.#edit(unit),
    });
    this.#editor = new NetworkEditor(element("network-editor"), {
      set: listener.set,
      closed: (unit, back) => {
        if (back) this.#units.return(unit);
        this.#attend();
      },
    });
    this.#place.addEventListener("pointermove", (event) => this.#look({ line: this.#under(event) }));
    this.#place.addEventListener("pointerleave", () => this.#look({ line: null }));
    this.#place.addEventListener("click", (event) => {
      const line = this.#under(event);
      if (line) this.#edit({ column: line.layer + 1, unit: line.unit }, line);
    });
    element("save-network-png").addEventListener("click", () => {
      if (this.#layout) saveAddress("nnlab-network.png", networkPicture(this.#layout, this.#lines.canvas, this.#units, this.#shape.titles));
    });
    new ResizeObserver(() => element("network-scroll").clientWidth !== this.#room && this.#arrangeAnew()).observe(element("network-scroll"));
    document.fonts.ready.then(() => this.#arrangeAnew()); // the names have their width now
  }

  get open() {
    return !this.#fold.folded;
  }

  theme() {
    this.#units.theme();
  }

  begin(recording) {
    const old = this.#head;
    const { head } = recording;
    this.#head = head;
    const shape = ({ layer_sizes: sizes, experiment }) => JSON.stringify([sizes, experiment.features]);
    if (!old || shape(old) !== shape(head)) {
      this.#editor.close(false);
      this.#listener.boundary.showUnit(null); // its number may be another's now
      this.#shown = null;
      this.#layout = null;
      this.#looks.line = null;
    }
    this.#shape.begin(head);
    if (this.#editor.unit) this.#editor.begin(head);
  }

  /** @param {import("../../recording.mjs").Recording} recording */
  paint(recording, index) {
    const frame = recording.frames[index];
    this.#shown = { recording, frame };
    if (!this.open || !this.#arranged()) return;
    this.#draw();
    if (this.#looked) this.#say();
    if (this.#editor.unit) this.#editor.paint(frame.parameters);
    if (frame.units) {
      this.#enlarge();
      if (this.#lacked && this.#enlarged) this.#listener.boundary.repaint();
    }
    this.#lacked = !frame.units;
  }

  #draw() {
    const { recording, frame } = this.#shown;
    this.#lines.paint(frame.parameters, this.#meant());
    this.#units.paint(frame, recording.head);
  }

  /** Whether everything stands where it belongs; it is put there if there is room at all. */
  #arranged() {
    if (this.#layout) return true;
    const head = this.#head;
    this.#room = element("network-scroll").clientWidth;
    if (this.#room === 0 || !head) return false;
    const names = head.experiment.features.map((_, unit) => this.#wide(featureName(head, unit)));
    this.#layout = laidOut(head.layer_sizes, this.#room, Math.max(...names) + NAME_GAP);
    Object.assign(this.#place.style, { width: `${this.#layout.width}px`, height: `${this.#layout.height}px` });
    this.#lines.arrange(this.#layout);
    this.#units.arrange(head, this.#layout);
    this.#shape.arrange(this.#layout);
    for (const key of ["hovered", "focused"]) {
      if (this.#looks[key] && !this.#units.has(this.#looks[key])) this.#looks[key] = null;
    }
    if (!this.#looked) this.#say();
    return true;
  }

  #wide(words) {
    const context = this.#lines.canvas.getContext("2d", { willReadFrequently: true });
    context.font = `13px ${getComputedStyle(this.#place).fontFamily}`;
    return context.measureText(words).width;
  }

  #arrangeAnew() {
    this.#layout = null;
    if (this.#shown && this.open && this.#arranged()) this.#draw();
  }

  // --- what is looked at ---------------------------------------------------------------------------------------

  /** The unit whose map is to be seen large. */
  get #enlarged() {
    return this.#looks.hovered ?? this.#looks.focused ?? this.#editor.unit;
  }

  get #looked() {
    return this.#looks.line ?? this.#enlarged;
  }

  /** @param {Partial<{hovered: Unit | null, focused: Unit | null, line: (Parameter & {at: number}) | null}>} change */
  #look(change) {
    const before = this.#looked;
    Object.assign(this.#looks, change);
    if (this.#looked !== before) this.#attend();
  }

  #attend() {
    this.#place.classList.toggle("near", this.#looks.line !== null);
    this.#say();
    this.#enlarge();
    if (this.#shown && this.open && this.#layout) this.#lines.paint(this.#shown.frame.parameters, this.#meant());
  }

  #enlarge() {
    const unit = this.open && this.#layout ? this.#enlarged : null;
    const index = unit && mapOf(this.#head, unit.column, unit.unit);
    const its = index === null ? null : { index, hidden: unit.column > 0, name: unitName(this.#head, unit.column, unit.unit) };
    this.#listener.boundary.showUnit(its);
  }

  /** Which connections belong to what is looked at, or null if nothing is. */
  #meant() {
    const { line } = this.#looks;
    if (line) return ({ at }) => at === line.at;
    const unit = this.#enlarged;
    if (!unit) return null;
    const into = ({ layer, unit: target }) => layer === unit.column - 1 && target === unit.unit;
    return (its) => into(its) || (its.layer === unit.column && its.source === unit.unit);
  }

  #say() {
    const { line } = this.#looks;
    const parameters = this.#shown?.frame.parameters;
    let words = text("network.hint");
    if (parameters && line) words = lineInWords(this.#head, line, parameters);
    else if (parameters && this.#enlarged) words = unitInWords(this.#head, this.#enlarged, parameters);
    element("network-caption").textContent = words;
  }

  /** @returns {(Parameter & {at: number}) | null} the connection or bias under the pointer */
  #under(event) {
    if (!this.#layout || event.target.closest("button")) return null;
    const box = this.#place.getBoundingClientRect();
    return this.#lines.near(event.clientX - box.left, event.clientY - box.top);
  }

  // --- setting a start -----------------------------------------------------------------------------------------

  /** @param {Unit} unit @param {Parameter} [first] */
  #edit(unit, first) {
    if (!this.#shown || !this.#layout) return;
    const { x, y, size } = this.#layout.units.find((its) => its.column === unit.column && its.unit === unit.unit);
    const where = { x: x - element("network-scroll").scrollLeft + this.#place.offsetLeft, y, size };
    this.#editor.open(this.#head, unit, this.#shown.frame.parameters, where, first);
    this.#looks.line = null;
    this.#attend();
  }
}
