// The network diagram: every unit with a small map of what it answers, every connection as strong as it is.

import { text } from "../../configuration.mjs";
import { layerSizes } from "../../core/network.mjs";
import { evaluationOf } from "../../evaluation.mjs";
import { findPart } from "../../find_part.mjs";
import { contextOf } from "../canvas.mjs";
import { Fold } from "../fold.mjs";
import { NetworkEditor } from "./editor.mjs";
import { laidOut } from "./layout.mjs";
import { NetworkLines } from "./lines.mjs";
import { featureName, unitName } from "./unit_names.mjs";
import { networkPicture } from "./picture.mjs";
import { LayerButtons } from "./layer_buttons.mjs";
import { NetworkUnits } from "./units.mjs";
import { lineInWords, unitInWords } from "./caption.mjs";

/** @typedef {import("../../recording.mjs").Recording} Recording @typedef {import("../../recording.mjs").Head} Head */

const NAME_GAP = 14; // pixels between a feature's name and its unit, and beside it

/**
 * @typedef {import("./units.mjs").Unit} Unit
 * @typedef {import("./layout.mjs").Parameter & {at: number}} Line a connection or a bias
 */

export class NetworkView {
  #listener;
  #fold;
  #root;
  #place;
  #scroll;
  #lines = new NetworkLines();
  #units;
  #shape;
  #editor;
  /** @type {Head | null} */
  #head = null;
  #room = 0; // pixels, the width it is laid out in
  /** @type {import("./layout.mjs").Layout | null} */
  #layout = null;
  /** @type {{recording: Recording, index: number, parameters: Float64Array} | null} what is painted */
  #shown = null;
  /** @type {{hovered: Unit | null, focused: Unit | null, line: Line | null}} */
  #pointed = { hovered: null, focused: null, line: null };

  /**
   * @param {HTMLElement} root
   * @param {{changed: () => void, set: (setting: string, value: any) => void, wanted: () => import("../../workspace.mjs").Wanted,
   *          boundary: import("../boundary.mjs").BoundaryView}} listener told of a view that wants to be painted, and of a
   *   setting changed in the picture; asked for the experiment that is on its way
   */
  constructor(root, listener) {
    this.#listener = listener;
    this.#root = root;
    this.#place = findPart(root, "diagram");
    this.#scroll = findPart(root, "scroll");
    this.#fold = new Fold(root, () => {
      this.#editor.close(false);
      this.#highlight({ hovered: null, focused: null, line: null });
      listener.changed();
    });
    this.#place.append(this.#lines.canvas);
    const wanted = () => listener.wanted().shape?.hidden_layer_sizes ?? listener.wanted().experiment.hidden_layer_sizes;
    this.#shape = new LayerButtons(root, this.#place, wanted, (sizes) => listener.set("hidden_layer_sizes", sizes));
    this.#units = new NetworkUnits(this.#place, findPart(root, "caption"), {
      hovered: (unit) => this.#highlight({ hovered: unit, line: null }),
      focused: (unit) => this.#highlight({ focused: unit }),
      pressed: (unit) => this.#edit(unit),
    });
    this.#editor = new NetworkEditor(findPart(root, "editor"), {
      set: listener.set,
      closed: (unit, back) => {
        if (back) this.#units.return(unit);
        this.#attend();
      },
    });
    this.#place.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => this.#highlight({ line: this.#under(event) }));
    this.#place.addEventListener("pointerleave", () => this.#highlight({ line: null }));
    this.#place.addEventListener("click", (/** @type {MouseEvent} */ event) => {
      const line = this.#under(event);
      if (line) this.#edit({ column: line.layer + 1, unit: line.unit }, line);
    });
    new ResizeObserver(() => this.#scroll.clientWidth !== this.#room && this.#arrangeAnew()).observe(this.#scroll);
    document.fonts.ready.then(() => this.#arrangeAnew()); // the names have their width now
  }

  get open() {
    return !this.#fold.folded;
  }

  theme() {
    this.#units.theme();
  }

  /** @param {Recording} recording */
  begin(recording) {
    const old = this.#head;
    const { head } = recording;
    this.#head = head;
    const shape = (/** @type {Head} */ { experiment }) => JSON.stringify([experiment.features, experiment.hidden_layer_sizes]);
    if (!old || shape(old) !== shape(head)) {
      this.#editor.close(false);
      this.#listener.boundary.showUnit(null); // its number may be another's now
      this.#shown = null;
      this.#layout = null;
      this.#pointed.line = null;
    }
    this.#shape.begin(head);
    if (this.#editor.unit) this.#editor.begin(head);
  }

  /** @param {Recording} recording @param {number} index @param {boolean} atRest */
  paint(recording, index, atRest) {
    const parameters = evaluationOf(recording).parameters(index);
    this.#shown = { recording, index, parameters };
    if (!this.open || !this.#arranged()) return;
    this.#draw(atRest);
    if (this.#highlighted) this.#say();
    if (this.#editor.unit) this.#editor.paint(parameters);
    this.#enlarge();
  }

  /** @param {boolean} atRest */
  #draw(atRest) {
    if (!this.#shown) return;
    const { recording, parameters } = this.#shown;
    this.#lines.paint(parameters, this.#meant());
    this.#units.paint(recording.head, parameters, atRest);
  }

  /** The diagram as a file: its address. @param {"png" | "svg"} format */
  async picture(format) {
    const shown = this.#shown;
    if (!shown || !this.#arranged() || !this.#layout) throw new Error("the network is folded away: there is no picture of it");
    const lines = (/** @type {import("../svg.mjs").Context} */ context) => this.#lines.draw(context, shown.parameters, null);
    return networkPicture(format, this.#layout, lines, this.#units, this.#shape.titles);
  }

  /** Whether everything stands where it belongs; it is put there if there is room at all. */
  #arranged() {
    if (this.#layout) return true;
    const head = this.#head;
    this.#room = this.#scroll.clientWidth;
    if (this.#room === 0 || !head) return false;
    const names = head.experiment.features.map((/** @type {string} */ _, /** @type {number} */ unit) => this.#wide(featureName(head, unit)));
    this.#layout = laidOut(layerSizes(head.experiment), this.#room, Math.max(...names) + NAME_GAP);
    Object.assign(this.#place.style, { width: `${this.#layout.width}px`, height: `${this.#layout.height}px` });
    this.#lines.arrange(this.#layout);
    this.#units.arrange(head, this.#layout);
    this.#shape.arrange(this.#layout);
    for (const key of /** @type {const} */ (["hovered", "focused"])) {
      const unit = this.#pointed[key];
      if (unit && !this.#units.has(unit)) this.#pointed[key] = null;
    }
    if (!this.#highlighted) this.#say();
    return true;
  }

  /** @param {string} words */
  #wide(words) {
    const context = contextOf(this.#lines.canvas, { willReadFrequently: true });
    context.font = `13px ${getComputedStyle(this.#place).fontFamily}`;
    return context.measureText(words).width;
  }

  #arrangeAnew() {
    this.#layout = null;
    if (this.#shown && this.open && this.#arranged()) this.#draw(true);
  }

  // --- what is looked at ---------------------------------------------------------------------------------------

  /** The unit whose map is to be seen large. */
  get #enlarged() {
    return this.#pointed.hovered ?? this.#pointed.focused ?? this.#editor.unit;
  }

  get #highlighted() {
    return this.#pointed.line ?? this.#enlarged;
  }

  /** @param {Partial<{hovered: Unit | null, focused: Unit | null, line: Line | null}>} change */
  #highlight(change) {
    const before = this.#highlighted;
    Object.assign(this.#pointed, change);
    if (this.#highlighted !== before) this.#attend();
  }

  #attend() {
    this.#place.classList.toggle("near", this.#pointed.line !== null);
    this.#say();
    this.#enlarge();
    if (this.#shown && this.open && this.#layout) this.#lines.paint(this.#shown.parameters, this.#meant());
  }

  #enlarge() {
    const head = this.#head;
    const unit = this.open && this.#layout ? this.#enlarged : null;
    const hidden = head && unit && unit.column < layerSizes(head.experiment).length - 1; // the output's own map is what is shown anyway
    this.#listener.boundary.showUnit(hidden ? { ...unit, name: unitName(head, unit.column, unit.unit) } : null);
  }

  /** Which connections belong to what is looked at, or null if nothing is. */
  #meant() {
    const { line } = this.#pointed;
    if (line) return (/** @type {Line} */ { at }) => at === line.at;
    const unit = this.#enlarged;
    if (!unit) return null;
    const into = (/** @type {Line} */ { layer, unit: target }) => layer === unit.column - 1 && target === unit.unit;
    return (/** @type {Line} */ its) => into(its) || (its.layer === unit.column && its.source === unit.unit);
  }

  #say() {
    const { line } = this.#pointed;
    const [head, parameters] = [this.#head, this.#shown?.parameters];
    let words = text("network.hint");
    if (head && parameters && line) words = lineInWords(head, line, parameters);
    else if (head && parameters && this.#enlarged) words = unitInWords(head, this.#enlarged, parameters);
    findPart(this.#root, "caption").textContent = words;
  }

  /** The connection or bias under the pointer. @param {PointerEvent | MouseEvent} event @returns {Line | null} */
  #under(event) {
    if (!this.#layout || /** @type {Element} */ (event.target).closest("button")) return null;
    const box = this.#place.getBoundingClientRect();
    return this.#lines.near(event.clientX - box.left, event.clientY - box.top);
  }

  // --- setting a start -----------------------------------------------------------------------------------------

  /** @param {Unit} unit @param {Line} [first] */
  #edit(unit, first) {
    const place = this.#layout?.units.find((its) => its.column === unit.column && its.unit === unit.unit);
    if (!this.#head || !this.#shown || !place) return;
    const { x, y, size } = place;
    const where = { x: x - this.#scroll.scrollLeft + this.#place.offsetLeft, y, size };
    this.#editor.open(this.#head, unit, this.#shown.parameters, where, first);
    this.#pointed.line = null;
    this.#attend();
  }
}
