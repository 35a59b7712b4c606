// A student's points as a table: fifty rows at a time, so that a thousand do not hold up the page.

import { element, entered, text } from "../configuration.mjs";
import { createElement, createRow } from "../create_element.mjs";
import { typed } from "./points.mjs";

/** @typedef {ReturnType<typeof rowOf>} NewRow */

const ROWS_SHOWN = 50;
const EVERY = 17; // digit of a double
const COLUMNS = ["x1", "x2"];
/** @type {Record<string, number>} rows that a key goes on */
const STEPS = { ArrowUp: -1, ArrowDown: 1, Enter: 1 };

/** @typedef {import("./points.mjs").Row} Row */

export class OwnDataTable {
  /** @type {Row[]} */
  #points = [];
  #first = 0;
  #new = rowOf("new");

  /** @param {(points: Row[]) => boolean} change told of the points as they should be; says whether they are taken */
  constructor(change) {
    this.change = change;
    element("own-data-new").append(this.#new.row);
    /** @type {HTMLTableElement} */
    const table = element("own-data-rows").parentElement;
    table.addEventListener("change", (event) => this.#typed(/** @type {HTMLInputElement} */ (event.target)));
    table.addEventListener("click", (event) => this.#pressed(/** @type {Element} */ (event.target).closest("button")));
    table.addEventListener("keydown", (event) => this.#key(event));
    element("own-data-previous").addEventListener("click", () => this.#turn(-ROWS_SHOWN));
    element("own-data-next").addEventListener("click", () => this.#turn(ROWS_SHOWN));
    label(this.#new.label, 0);
  }

  /** @param {Row[]} points */
  show(points) {
    if (points === this.#points) return;
    if (points.length !== this.#points.length) this.#forget();
    this.#points = points;
    this.#render();
  }

  /** @returns {HTMLTableRowElement[]} */
  get #rows() {
    return [...element("own-data-rows").rows];
  }

  /** What was typed and could not be taken belongs to rows that have moved. */
  #forget() {
    for (const input of element("own-data-rows").querySelectorAll("input")) {
      input.value = input.defaultValue;
      said(input, "");
    }
    element("own-data-cell-error").textContent = "";
  }

  #render() {
    const count = this.#points.length;
    this.#first = Math.min(this.#first, ROWS_SHOWN * Math.floor(Math.max(0, count - 1) / ROWS_SHOWN));
    const shown = this.#points.slice(this.#first, this.#first + ROWS_SHOWN);
    const rows = this.#rows;
    for (const extra of rows.slice(shown.length)) extra.remove();
    while (rows.length < shown.length) rows.push(element("own-data-rows").appendChild(rowOf("old").row));
    shown.forEach((point, at) => fill(rows[at], this.#first + at + 1, point));
    const values = { first: this.#first + 1, last: this.#first + shown.length, count };
    element("own-data-range").textContent = text("own.range", values);
    element("own-data-previous").disabled = this.#first === 0;
    element("own-data-next").disabled = this.#first + ROWS_SHOWN >= count;
  }

  /** @param {number} by */
  #turn(by) {
    this.#first = Math.max(0, this.#first + by);
    this.#forget();
    this.#render();
    element("own-data-rows").closest(".own-data-scroll").scrollTop = 0;
  }

  /** The place of a control among all points; the row for a new one has none. @param {Element} control */
  #placeOf(control) {
    const row = /** @type {HTMLTableRowElement} */ (control.closest("tr"));
    return row === this.#new.row ? null : this.#first + this.#rows.indexOf(row);
  }

  /** @param {HTMLInputElement} input */
  #typed(input) {
    const place = this.#placeOf(input);
    if (place === null) return; // it is taken when it is added
    const column = COLUMNS.indexOf(input.name);
    const read = this.#read(input);
    if (read === null || read === this.#points[place][column]) return;
    const points = this.#points.map((point, at) => (at === place ? changed(point, column, read) : point));
    if (!this.change(points)) input.value = input.defaultValue;
  }

  /** The number in a cell; else null, and what is wrong is said. @param {HTMLInputElement} input */
  #read(input) {
    const { value = 0, wrong } = typed(input.value);
    const place = this.#placeOf(input);
    const row = place === null ? text("own.new") : text("own.row", { row: place + 1 });
    said(input, wrong ? text("own.at.row", { row, column: text(`own.column.${input.name}`), wrong }) : "");
    /** @type {HTMLElement | null} */
    const invalid = document.querySelector(".own-data-table [aria-invalid]");
    element("own-data-cell-error").textContent = invalid?.title ?? "";
    if (wrong) return null;
    input.value = entered(value, EVERY);
    return value;
  }

  /** @param {HTMLButtonElement | null} button */
  #pressed(button) {
    if (!button) return;
    const place = this.#placeOf(button);
    if (place === null) {
      if (button.name === "label") label(this.#new.label, 1 - Number(button.value));
      else this.#add();
    } else if (button.name === "label") {
      this.change(this.#points.map((point, at) => (at === place ? changed(point, 2, 1 - point[2]) : point)));
    } else if (this.change(this.#points.toSpliced(place, 1))) {
      const at = Math.min(place, this.#points.length - 1) - this.#first;
      cellOf(this.#rows[at], "remove")?.focus();
    }
  }

  #add() {
    const [x1, x2] = this.#new.inputs.map((input) => this.#read(input));
    if (x1 === null || x2 === null) {
      this.#new.inputs[x1 === null ? 0 : 1].focus();
      return;
    }
    if (!this.change([...this.#points, /** @type {Row} */ ([x1, x2, Number(this.#new.label.value)])])) return;
    this.#turn(Infinity); // to the end, where it is
    for (const input of this.#new.inputs) input.value = "";
    this.#new.inputs[0].focus();
    element("own-data-rows").lastElementChild.scrollIntoView({ block: "nearest" });
  }

  /** Enter goes on to the cell below, or adds the new row; the arrows go up and down a column. @param {KeyboardEvent} event */
  #key(event) {
    const step = STEPS[event.key];
    const input = event.target;
    if (!step || !(input instanceof HTMLInputElement)) return;
    event.preventDefault();
    const place = this.#placeOf(input);
    if (place === null && event.key === "Enter") this.#add();
    else {
      const rows = [...this.#rows, this.#new.row];
      cellOf(rows[rows.indexOf(/** @type {HTMLTableRowElement} */ (input.closest("tr"))) + step], input.name)?.select();
    }
  }
}

/** An empty row. @param {"old" | "new"} kind */
function rowOf(kind) {
  const head = createElement("th", { scope: "row" });
  const inputs = COLUMNS.map((column) => {
    const name = text("own.cell", { row: text("own.new"), column: text(`own.column.${column}`) });
    const looks = { type: "text", inputMode: "decimal", autocomplete: "off", className: "form-control" };
    return createElement("input", { ...looks, name: column, "aria-label": name });
  });
  const label = button("label", "own-data-label");
  label.append(createElement("i", { className: "dot" }), createElement("span"));
  const last = button(kind === "new" ? "add" : "remove", "quiet small");
  last.textContent = kind === "new" ? "+" : "×";
  if (kind === "new") {
    head.textContent = "+";
    last.setAttribute("aria-label", text("own.add"));
  }
  const line = createRow(head, ...[...inputs, label, last].map((control) => createElement("td", {}, control)));
  return { row: line, inputs, label };
}

/** @param {string} name @param {string} className */
function button(name, className) {
  return createElement("button", { type: "button", name, className });
}

/** A point with another number in a column. @param {Row} point @param {number} column @param {number} value */
function changed(point, column, value) {
  return /** @type {Row} */ (point.with(column, /** @type {any} */ (value)));
}

/** What stands in a row under a name; nothing if there is no such row. @param {HTMLTableRowElement | undefined} row @param {string} name */
function cellOf(row, name) {
  return /** @type {HTMLInputElement | null | undefined} */ (row?.querySelector(`[name=${name}]`));
}

/**
 * Let a row show a point; a cell in which something is being typed keeps it while its number stays.
 * @param {HTMLTableRowElement} line @param {number} number @param {Row} point
 */
function fill(line, number, point) {
  const [head, ...cells] = line.cells;
  const [x1, x2, its, remove] = cells.map((cell) => /** @type {any} */ (cell.firstElementChild));
  const name = text("own.row", { row: number });
  head.textContent = String(number);
  [x1, x2].forEach((input, column) => {
    const written = entered(point[column], EVERY);
    if (input.defaultValue !== written) {
      input.defaultValue = input.value = written;
      said(input, "");
    }
    input.setAttribute("aria-label", text("own.cell", { row: name, column: text(`own.column.${input.name}`) }));
  });
  label(its, point[2], name);
  remove.setAttribute("aria-label", text("own.remove", { row: number }));
}

/** Let the button of a class show one. @param {HTMLButtonElement} its @param {number} value @param {string} [name] */
function label(its, value, name = text("own.new")) {
  const [dot, word] = Array.from(its.children);
  its.value = String(value);
  dot.className = `dot ${value ? "high" : "low"}`;
  word.textContent = String(value);
  its.setAttribute("aria-label", text("own.label", { row: name, label: value }));
}

/** Say what is wrong with a cell; nothing, if it is right. @param {HTMLInputElement} input @param {string} wrong */
function said(input, wrong) {
  input.title = wrong;
  if (wrong) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}
