// A small window on one unit: where each of its numbers starts, to be set, and what it is at the epoch that is shown.

import { configuration, entered, fixed, parsed, text } from "../../configuration.mjs";
import { createElement, createRow } from "../../create_element.mjs";
import { uniqueId } from "../../find_part.mjs";
import { entriesOf, startOf, unitName } from "./unit_names.mjs";

/** @typedef {import("./unit_names.mjs").Entry} Entry */
/** @typedef {{entry: Entry, field: HTMLInputElement, error: HTMLElement, now: HTMLElement, given: string, line: HTMLElement}} Row */
/** @typedef {import("../../recording.mjs").Head} Head @typedef {import("./units.mjs").Unit} Unit */

const DIGITS = 6;
const WIDTH = 280;
const GAP = 10;

export class NetworkEditor {
  #place;
  #listener;
  /** @type {Unit | null} */
  #unit = null;
  /** @type {Row[]} */
  #rows = []; // of the unit it is open on

  /**
   * @param {HTMLElement} place
   * @param {{set: (setting: string, value: number) => void, closed: (unit: Unit, back: boolean) => void}} listener
   *   told of a new start, and that the window closed: whether the focus is to go back to its unit
   */
  constructor(place, listener) {
    this.#place = place;
    this.#listener = listener;
    place.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        this.close(true);
      } else if (event.key === "Enter" && event.target instanceof HTMLInputElement) this.#typed(event.target);
    });
    place.addEventListener("change", (event) => this.#typed(/** @type {HTMLInputElement} */ (event.target)));
    place.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !place.contains(/** @type {Node} */ (relatedTarget))) this.close(false);
    });
    document.addEventListener("pointerdown", (event) => {
      if (!this.#unit || place.contains(/** @type {Node} */ (event.target))) return;
      for (const { field } of this.#rows) this.#typed(field);
      this.close(false);
    });
  }

  get unit() {
    return this.#unit;
  }

  /**
   * @param {Head} head @param {Unit} unit
   * @param {Float64Array} parameters as they are now
   * @param {{x: number, y: number, size: number}} where the unit is, in its place's pixels
   * @param {import("./layout.mjs").Parameter & {at: number}} [first] the number to set first
   */
  open(head, unit, parameters, where, first) {
    this.#unit = unit;
    const title = createElement("h3", { textContent: unitName(head, unit.column, unit.unit) });
    this.#place.setAttribute("aria-label", unitName(head, unit.column, unit.unit));
    const words = text("network.close");
    const close = createElement("button", { textContent: "×", type: "button", className: "quiet network-close", title: words, "aria-label": words });
    close.addEventListener("click", () => this.close(true));
    const top = createElement("div", { className: "network-editor-head" }, title, close);
    const table = createElement("table", { className: "numbers" });
    const headings = [unit.column === 0 ? "network.to" : "network.from", "network.start", "network.now"];
    table.createTHead().append(createRow(...headings.map((key) => createElement("th", { textContent: text(key), scope: "col" }))));
    this.#rows = entriesOf(head, unit.column, unit.unit).map((entry) => this.#row(entry));
    table.createTBody().append(...this.#rows.map(({ line }) => line));
    this.#place.replaceChildren(top, table, createElement("p", { textContent: text("network.own"), className: "setting-help" }));
    this.#show(where);
    this.begin(head);
    this.paint(parameters);
    const meant = first && this.#rows.find(({ entry }) => entry.at === first.at);
    const { field } = meant ?? this.#rows[0];
    field.focus({ preventScroll: true });
    field.select();
    this.#place.scrollIntoView({ block: "nearest" });
  }

  /** Beside the unit, on the side where there is room. @param {{x: number, y: number, size: number}} where */
  #show({ x, y, size }) {
    const room = /** @type {HTMLElement} */ (this.#place.parentElement).clientWidth;
    const width = Math.min(WIDTH, room);
    const right = x + size / 2 + GAP;
    const left = right + width <= room ? right : x - size / 2 - GAP - width;
    const beside = left >= 0;
    Object.assign(this.#place.style, {
      width: `${width}px`,
      left: `${beside ? left : Math.max(0, Math.min(room - width, x - width / 2))}px`,
      top: `${beside ? Math.max(0, y - size) : y + size / 2 + GAP}px`,
    });
    this.#place.hidden = false;
  }

  /** @param {Entry} entry @returns {Row} */
  #row(entry) {
    const error = createElement("div", { className: "network-error", id: uniqueId("network-error"), role: "alert" });
    const field = createElement("input", {
      type: "text",
      inputMode: "decimal",
      autocomplete: "off",
      className: "form-control number",
      "data-setting": entry.setting,
      "aria-label": text("network.field", { name: entry.name }),
      "aria-describedby": error.id,
    });
    const now = createElement("td");
    const line = createRow(createElement("th", { textContent: entry.name, scope: "row" }), createElement("td", {}, field, error), now);
    return { entry, field, error, now, given: "", line };
  }

  /** A run has begun: its start is shown, but not in place of what is being typed. @param {Head} head */
  begin(head) {
    for (const each of this.#rows) {
      const its = startOf(head, each.entry);
      const written = entered(its, DIGITS);
      if (each.field.value === each.given) each.field.value = written;
      each.given = written;
    }
  }

  /** @param {Float64Array} parameters */
  paint(parameters) {
    for (const { entry, now } of this.#rows) now.textContent = fixed(parameters[entry.at], 3);
  }

  /** @param {HTMLInputElement} field */
  #typed(field) {
    const its = this.#rows.find((each) => each.field === field);
    const typed = field.value.trim();
    if (!its || typed === its.given) {
      if (its) this.#say(its, "");
      return;
    }
    const value = parsed(typed);
    const bound = configuration.largest_weight;
    if (Number.isNaN(value)) this.#say(its, text("network.not_number", { value: typed }));
    else if (Math.abs(value) > bound) this.#say(its, text("network.out_of_bounds", { bound }));
    else {
      this.#say(its, "");
      its.given = typed;
      this.#listener.set(its.entry.setting, value);
    }
  }

  /** @param {Row} row @param {string} words */
  #say({ field, error }, words) {
    field.setAttribute("aria-invalid", String(words !== ""));
    error.textContent = words;
  }

  /** @param {boolean} back whether the focus goes back to the unit */
  close(back) {
    if (!this.#unit) return;
    const unit = this.#unit;
    this.#unit = null;
    for (const { field, given } of this.#rows) field.value = given; // what was not entered is taken back, and is no change
    this.#rows = [];
    this.#listener.closed(unit, back);
    this.#place.hidden = true;
    this.#place.replaceChildren();
  }
}
