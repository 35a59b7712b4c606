// The units of the diagram: a button each, with a small map of what the unit answers over the plane.

import { levelColors } from "../../theme.mjs";
import { paintLevels } from "../map_painter.mjs";
import { featureName, mapOf, unitName } from "./names.mjs";

const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * @typedef {{column: number, unit: number}} Unit
 * @typedef {{hovered: (unit: Unit | null) => void, focused: (unit: Unit | null) => void, pressed: (unit: Unit) => void}} Listener
 */

export class NetworkUnits {
  #place;
  #listener;
  #parts = new Map(); // column and unit -> its button, its canvas and where they are
  #palette = levelColors();
  #quiet = false; // whether focus comes back without being a wish to see more
  #mouse = false; // whether it comes from a mouse, which has hovered already

  /** @param {HTMLElement} place @param {Listener} listener */
  constructor(place, listener) {
    this.#place = place;
    this.#listener = listener;
    document.addEventListener("pointerdown", (event) => (this.#mouse = event.pointerType === "mouse"), true);
    document.addEventListener("keydown", () => (this.#mouse = false), true);
  }

  theme() {
    this.#palette = levelColors();
  }

  /** @param {any} head @param {import("./layout.mjs").Layout} layout */
  arrange(head, layout) {
    const gone = new Set(this.#parts.keys());
    for (const its of layout.units) {
      const key = keyOf(its);
      gone.delete(key);
      if (!this.#parts.has(key)) this.#parts.set(key, this.#made(its));
      const part = this.#parts.get(key);
      Object.assign(part, { its, map: mapOf(head, its.column, its.unit) });
      part.button.setAttribute("aria-label", unitName(head, its.column, its.unit));
      const corner = { left: `${its.x - its.size / 2}px`, top: `${its.y - its.size / 2}px` };
      Object.assign(part.button.style, { ...corner, width: `${its.size}px`, height: `${its.size}px` });
      part.name.textContent = its.column === 0 ? featureName(head, its.unit) : "";
      Object.assign(part.name.style, { left: `${its.x - its.size / 2 - 8}px`, top: `${its.y}px` });
    }
    for (const key of gone) {
      const { button, name } = this.#parts.get(key);
      button.remove();
      name.remove();
      this.#parts.delete(key);
    }
    if (![...this.#parts.values()].some(({ button }) => button.tabIndex === 0)) this.#reach(layout.units[0]);
  }

  #made({ column, unit }) {
    const [button, canvas, name] = ["button", "canvas", "span"].map((kind) => document.createElement(kind));
    Object.assign(button, { type: "button", className: "network-unit", tabIndex: -1 });
    button.setAttribute("aria-haspopup", "dialog");
    button.setAttribute("aria-describedby", "network-caption");
    canvas.setAttribute("aria-hidden", "true");
    button.append(canvas);
    name.className = "network-name";
    name.setAttribute("aria-hidden", "true"); // the button says it
    const its = { column, unit };
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
    return { button, canvas, name, its };
  }

  /** One stop for the Tab key; the arrows go on from there. */
  #reach(its) {
    for (const { button } of this.#parts.values()) button.tabIndex = -1;
    this.#part(its).button.tabIndex = 0;
  }

  /** To the nearest unit in the direction of an arrow. */
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

  #part(its) {
    return this.#parts.get(keyOf(its));
  }

  has(its) {
    return this.#parts.has(keyOf(its));
  }

  buttonOf(its) {
    return this.#part(its).button;
  }

  /** Give a unit the focus back after a press that is over. */
  return(its) {
    this.#quiet = this.#mouse;
    this.#part(its).button.focus();
    this.#quiet = false;
  }

  /** @param {import("../../streams/run_format.mjs").Frame} frame @param {any} head */
  paint(frame, head) {
    for (const { its, map, canvas } of this.#parts.values()) {
      if (map === null) {
        paintLevels(canvas, frame.levels, frame.reach / head.reach, this.#palette);
      } else if (frame.units) {
        const reach = frame.units.reaches[map];
        const gain = its.column > 0 && head.unit_reach ? reach / head.unit_reach : 1;
        paintLevels(canvas, frame.units.levels[map], gain, this.#palette);
      }
    }
  }

  /** Every unit's map and where it is, for a picture file. */
  *[Symbol.iterator]() {
    for (const { its, canvas, name } of this.#parts.values()) yield { its, canvas, name: name.textContent };
  }
}

function keyOf({ column, unit }) {
  return `${column}-${unit}`;
}
