// The part of the map in sight: a setting and a range on each axis, how many runs a side, and the parts shown before.

import { configuration } from "../../configuration.mjs";
import { layerSizes } from "../../core/network.mjs";
import { same } from "../../undo_history.mjs";
import { replaced } from "../parameter_lists.mjs";
import { along, between, ends, isTooNear, nameOf, read, SETTINGS, whole, written } from "./axes.mjs";

const DEFAULT_SIZE = String(configuration.views.map.size);
const FIRST = { x: configuration.views.map.x.setting, y: configuration.views.map.y.setting };
const MOST_REMEMBERED = 50;
export const SIDES = /** @type {const} */ (["x", "y"]);

/** @typedef {import("./picture.mjs").Axes} Axes */

export class MapViewport {
  /** @type {Axes} */
  axes = { x: whole(FIRST.x), y: whole(FIRST.y) };
  size = DEFAULT_SIZE; // runs a side, as the list or a link writes it
  /** @type {Axes[]} parts of the map shown before this one */
  past = [];
  /** @type {string[]} sentences about axes that were asked for and are none of this network's */
  replaced = [];

  /** What a link holds of it. @returns {Record<string, string>} */
  get written() {
    const changed = SIDES.filter((side) => !same(this.axes[side], whole(FIRST[side])));
    return {
      ...Object.fromEntries(changed.map((side) => [side, written(this.axes[side])])),
      ...(this.size !== DEFAULT_SIZE && { size: this.size }),
    };
  }

  /** As a link says. @param {Record<string, string>} view */
  open({ x, y, size = DEFAULT_SIZE }) {
    this.axes = { x: x ? read(x) : whole(FIRST.x), y: y ? read(y) : whole(FIRST.y) };
    this.size = size;
  }

  /** Another setting on a side. @param {"x" | "y"} side @param {string} setting */
  vary(side, setting) {
    const other = side === "x" ? "y" : "x";
    this.#remember();
    if (setting === this.axes[other].setting) this.axes = { ...this.axes, [other]: this.axes[side] }; // the two change places
    this.axes = { ...this.axes, [side]: whole(setting) };
  }

  /** The part that Plotly has zoomed to. @param {any} change @returns {Axes} */
  zoomedTo(change) {
    const wanted = { ...this.axes };
    for (const side of SIDES) {
      const [low, high] = [change[`${side}axis.range[0]`], change[`${side}axis.range[1]`]];
      if (low !== undefined) wanted[side] = between(this.axes[side], low, high);
    }
    return wanted;
  }

  /**
   * A part of another size around a run, or around the middle.
   * @param {number} factor by which more is seen @param {{x: number, y: number} | null} around values of the two settings @returns {Axes}
   */
  scaled(factor, around) {
    const wanted = { ...this.axes };
    for (const side of SIDES) {
      const axis = this.axes[side];
      const [low, high] = ends(axis);
      const at = around ? along(axis, around[side]) : (low + high) / 2;
      const reach = ((high - low) * factor) / 2;
      wanted[side] = between(axis, at - reach, at + reach);
    }
    return wanted;
  }

  /** Show a part. @param {Axes} wanted @returns {boolean} not if it is so small that neighbouring runs would be one */
  at(wanted) {
    const nearer = (/** @type {"x" | "y"} */ side) => wanted[side].high - wanted[side].low < this.axes[side].high - this.axes[side].low;
    if (SIDES.some((side) => nearer(side) && isTooNear(wanted[side], Number(this.size)))) return false;
    this.#remember();
    this.axes = wanted;
    return true;
  }

  whole() {
    this.#remember();
    this.axes = { x: whole(this.axes.x.setting), y: whole(this.axes.y.setting) };
  }

  /** @returns {boolean} whether there was something before */
  back() {
    const before = this.past.pop();
    if (before) this.axes = before;
    return before !== undefined;
  }

  #remember() {
    this.past = [...this.past, this.axes].slice(-MOST_REMEMBERED);
  }

  /** An axis that the network has not becomes the first that there is, and that will be said. @param {any} experiment @param {any} shape */
  fit(experiment, shape) {
    this.replaced = [];
    const units = layerSizes({ ...experiment, ...shape });
    for (const side of SIDES) {
      const [kind, layer, unit, source] = this.axes[side].setting.split(".");
      if (SETTINGS.includes(kind) || !["weights", "biases"].includes(kind)) continue;
      const there = Number(unit) < (units[Number(layer) + 1] ?? 0) && (kind === "biases" || Number(source) < units[Number(layer)]);
      if (there) continue;
      this.replaced.push(replaced(this.axes[side].setting, nameOf(FIRST[side])));
      this.axes = { ...this.axes, [side]: whole(FIRST[side]) };
    }
  }
}
