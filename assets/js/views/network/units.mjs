// The units of the diagram: a button each, with a small map of what the unit answers over the plane.

import { formOf, layerSizes, parameterCount } from "../../core/network.mjs";
import { axis, Plane } from "../../core/plane.mjs";
import { createElement } from "../../create_element.mjs";
import { uniqueId } from "../../find_part.mjs";
import { levelColors } from "../../theme.mjs";
import { unitScale } from "../boundary.mjs";
import { paintValues } from "../colors.mjs";
import { featureName, unitName } from "./unit_names.mjs";

/** @typedef {{button: HTMLButtonElement, canvas: HTMLCanvasElement, name: HTMLElement, its: Place}} Part a unit's button and map, and where they are */
/** @typedef {import("../../recording.mjs").Head} Head @typedef {import("./layout.mjs").Place} Place */

const MOVING = 20; // points a side of a map while it moves; at rest it has as many as the screen

/** @type {Record<string, number[]>} */
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * @typedef {{column: number, unit: number}} Unit
 * @typedef {{hovered: (unit: Unit | null) => void, focused: (unit: Unit | null) => void, pressed: (unit: Unit) => void}} Listener
 */

export class NetworkUnits {
  #place;
  #listener;
  /** @type {Map<string, Part>} by column and unit */
  #parts = new Map();
  #palette = levelColors();
  #quiet = false; // whether focus comes back without being a wish to see more
  #mouse = false; // whether it comes from a mouse, which has hovered already
  #caption; // the part that says what is looked at
  /** @type {{of: string, plane: Plane, maps: Float64Array[][]} | null} */
  #laid = null;

  /** @param {HTMLElement} place @param {HTMLElement} caption @param {Listener} listener */
  constructor(place, caption, listener) {
    this.#place = place;
    this.#caption = caption;
    caption.id ||= uniqueId("network-caption");
    this.#listener = listener;
    document.addEventListener("pointerdown", (event) => (this.#mouse = event.pointerType === "mouse"), true);
    document.addEventListener("keydown", () => (this.#mouse = false), true);
  }

  theme() {
    this.#palette = levelColors();
  }

  /** @param {Head} head @param {import("./layout.mjs").Layout} layout */
  arrange(head, layout) {
    const gone = new Set(this.#parts.keys());
    for (const its of layout.units) {
      const key = keyOf(its);
      gone.delete(key);
      const part = this.#parts.get(key) ?? this.#made(its);
      part.its = its;
      this.#parts.set(key, part);
      part.button.setAttribute("aria-label", unitName(head, its.column, its.unit));
      const corner = { left: `${its.x - its.size / 2}px`, top: `${its.y - its.size / 2}px` };
      Object.assign(part.button.style, { ...corner, width: `${its.size}px`, height: `${its.size}px` });
      part.name.textContent = its.column === 0 ? featureName(head, its.unit) : "";
      Object.assign(part.name.style, { left: `${its.x - its.size / 2 - 8}px`, top: `${its.y}px` });
    }
    for (const key of gone) {
      const { button, name } = /** @type {Part} */ (this.#parts.get(key));
      button.remove();
      name.remove();
      this.#parts.delete(key);
    }
    if (![...this.#parts.values()].some(({ button }) => button.tabIndex === 0)) this.#reach(layout.units[0]);
  }

  /** @param {Place} place @returns {Part} */
  #made(place) {
    const canvas = createElement("canvas", { "aria-hidden": "true" });
    const button = createElement("button", { type: "button", className: "network-unit", tabIndex: -1, "aria-haspopup": "dialog", "aria-describedby": this.#caption.id }, canvas);
    const name = createElement("span", { className: "network-name", "aria-hidden": "true" }); // the button says it
    const its = { column: place.column, unit: place.unit };
    button.addEventListener("pointerenter", () => this.#listener.hovered(its));
    button.addEventListener("pointerleave", () => this.#listener.hovered(null));
    button.addEventListener("focus", () => {
      this.#reach(its);
      if (!this.#quiet && !this.#mouse) this.#listener.focused(its);
    });
    button.addEventListener("blur", () => this.#listener.focused(null));
    button.addEventListener("click", () => this.#listener.pressed(its));
    button.addEventListener("keydown", (event) => this.#moved(event, its));
    const after = [...this.#parts.values()].find((part) => keyOf(part.its) > keyOf(its)); // reading order for the ear
    this.#place.insertBefore(button, after?.button ?? null);
    this.#place.append(name);
    return { button, canvas, name, its: place };
  }

  /** One stop for the Tab key; the arrows go on from there. @param {Unit} its */
  #reach(its) {
    for (const { button } of this.#parts.values()) button.tabIndex = -1;
    this.#part(its).button.tabIndex = 0;
  }

  /** To the nearest unit in the direction of an arrow. @param {KeyboardEvent} event @param {Unit} from */
  #moved(event, from) {
    const move = MOVES[event.key];
    if (!move || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const [along, down] = move;
    const { y } = this.#part(from).its;
    const all = [...this.#parts.values()].filter(({ its }) => its.column === from.column + along);
    const ahead = down ? all.filter(({ its }) => its.unit === from.unit + down) : all;
    ahead.sort((one, other) => Math.abs(one.its.y - y) - Math.abs(other.its.y - y));
    ahead[0]?.button.focus();
  }

  /** @param {Unit} its */
  #part(its) {
    return /** @type {Part} */ (this.#parts.get(keyOf(its)));
  }

  /** @param {Unit} its */
  has(its) {
    return this.#parts.has(keyOf(its));
  }

  /** @param {Unit} its */
  buttonOf(its) {
    return this.#part(its).button;
  }

  /** Give a unit the focus back after a press that is over. @param {Unit} its */
  return(its) {
    this.#quiet = this.#mouse;
    this.#part(its).button.focus();
    this.#quiet = false;
  }

  /**
   * Every unit's answer over the whole plane.
   * @param {Head} head @param {Float64Array} parameters @param {boolean} atRest
   */
  paint(head, parameters, atRest) {
    const sizes = [...this.#parts.values()].map(({ its }) => its.size);
    const { plane, maps } = this.#lay(head, atRest ? Math.round(Math.min(...sizes) * devicePixelRatio) : MOVING);
    plane.units(parameters, maps);
    const last = maps.length - 1;
    const output = { middle: head.middle, reach: head.reach, palette: this.#palette };
    for (const { its, canvas } of this.#parts.values()) {
      const values = maps[its.column][its.unit];
      const scale = its.column === last ? output : unitScale(values, its, head.experiment, this.#palette);
      paintValues(canvas, values, plane.x1s.length, scale);
    }
  }

  /** A grid of so many points a side, and maps to write to. @param {Head} head @param {number} size */
  #lay(head, size) {
    const of = JSON.stringify([head.experiment.features, layerSizes(head.experiment), head.experiment.activation, head.experiment.output_activation, head.domain, size]);
    if (this.#laid?.of !== of) {
      const line = axis(head.domain, size);
      const plane = new Plane(formOf(head.experiment), line, line);
      const blank = new Float64Array(parameterCount(layerSizes(head.experiment)));
      this.#laid = { of, plane, maps: plane.units(blank) };
    }
    return this.#laid;
  }

  /** Every unit's map and where it is, for a picture file. */
  *[Symbol.iterator]() {
    for (const { its, canvas, name } of this.#parts.values()) yield { its, canvas, name: name.textContent ?? "" };
  }
}

/** @param {Unit} unit */
function keyOf({ column, unit }) {
  return `${column}-${unit}`;
}
