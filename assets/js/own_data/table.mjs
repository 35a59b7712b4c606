// A student's points as a table: fifty rows at a time, so that a thousand do not hold up the page.

import { element, text } from "../configuration.mjs";
import { inGroups, typed } from "./points.mjs";

const ROWS_SHOWN = 50;
const COLUMNS = ["x1", "x2"];

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
    const table = element("own-data-rows").parentElement;
    table.addEventListener("change", (event) => this.#typed(event.target));
    table.addEventListener("click", (event) => this.#pressed(event.target.closest("button")));
    table.addEventListener("keydown", (event) => this.#key(event));
    element("own-data-previous").addEventListener("click", () => this.#turn(-ROWS_SHOWN));
    element("own-data-next").addEventListener("click", () => this.#turn(ROWS_SHOWN));
    label(this.#new, 0);
  }

  /** @param {Row[]} points */
  show(points) {
    if (points === this.#points) return;
    if (points.length !== this.#points.length) this.#forget();
    this.#points = points;
    this.#render();
  }

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
    const values = { first: inGroups(this.#first + 1), last: inGroups(this.#first + shown.length), count: inGroups(count) };
    element("own-data-range").textContent = text("own.range", values);
    element("own-data-previous").disabled = this.#first === 0;
    element("own-data-next").disabled = this.#first + ROWS_SHOWN >= count;
  }

  #turn(by) {
    this.#first = Math.max(0, this.#first + by);
    this.#forget();
    this.#render();
    element("own-data-rows").closest(".own-data-scroll").scrollTop = 0;
  }

  /** The place of a control among all points; the row for a new one has none. */
  #placeOf(control) {
    const row = control.closest("tr");
    return row === this.#new.row ? null : this.#first + this.#rows.indexOf(row);
  }

  #typed(input) {
    const place = this.#placeOf(input);
    if (place === null) return; // it is taken when it is added
    const column = COLUMNS.indexOf(input.name);
    const read = this.#read(input);
    if (read === null || read === this.#points[place][column]) return;
    const points = this.#points.map((point, at) => (at === place ? point.with(column, read) : point));
    if (!this.change(points)) input.value = input.defaultValue;
  }

  /** The number in a cell; else null, and what is wrong is said. */
  #read(input) {
    const { value, wrong } = typed(input.value);
    const place = this.#placeOf(input);
    const row = place === null ? text("own.new") : text("own.row", { row: place + 1 });
    said(input, wrong ? text("own.at.row", { row, column: text(`own.column.${input.name}`), wrong }) : "");
    const invalid = document.querySelector(".own-data-table [aria-invalid]");
    element("own-data-cell-error").textContent = invalid?.title ?? "";
    if (wrong) return null;
    input.value = String(value);
    return value;
  }

  #pressed(button) {
    if (!button) return;
    const place = this.#placeOf(button);
    if (place === null) {
      if (button.name === "label") label(this.#new, 1 - Number(button.value));
      else this.#add();
    } else if (button.name === "label") {
      this.change(this.#points.map((point, at) => (at === place ? point.with(2, 1 - point[2]) : point)));
    } else if (this.change(this.#points.toSpliced(place, 1))) {
      const at = Math.min(place, this.#points.length - 1) - this.#first;
      this.#rows[at]?.querySelector("[name=remove]").focus();
    }
  }

  #add() {
    const [x1, x2] = this.#new.inputs.map((input) => this.#read(input));
    if (x1 === null || x2 === null) {
      this.#new.inputs[x1 === null ? 0 : 1].focus();
      return;
    }
    if (!this.change([...this.#points, [x1, x2, Number(this.#new.label.value)]])) return;
    this.#turn(Infinity); // to the end, where it is
    for (const input of this.#new.inputs) input.value = "";
    this.#new.inputs[0].focus();
    element("own-data-rows").lastElementChild.scrollIntoView({ block: "nearest" });
  }

  /** Enter goes on to the cell below, or adds the new row; the arrows go up and down a column. */
  #key(event) {
    const step = { ArrowUp: -1, ArrowDown: 1, Enter: 1 }[event.key];
    if (!step || event.target.localName !== "input") return;
    event.preventDefault();
    const place = this.#placeOf(event.target);
    if (place === null && event.key === "Enter") this.#add();
    else {
      const rows = [...this.#rows, this.#new.row];
      rows[rows.indexOf(event.target.closest("tr")) + step]?.querySelector(`[name=${event.target.name}]`).select();
    }
  }
}

/** An empty row. @param {"old" | "new"} kind */
function rowOf(kind) {
  const row = document.createElement("tr");
  const head = document.createElement("th");
  head.scope = "row";
  const inputs = COLUMNS.map((column) => {
    const name = text("own.cell", { row: text("own.new"), column: text(`own.column.${column}`) });
    const input = document.createElement("input");
    input.setAttribute("aria-label", name);
    return Object.assign(input, { type: "text", inputMode: "decimal", autocomplete: "off", name: column, className: "form-control" });
  });
  const label = button("label", "own-data-label");
  label.append(Object.assign(document.createElement("i"), { className: "dot" }), document.createElement("span"));
  const last = button(kind === "new" ? "add" : "remove", "quiet small");
  last.textContent = kind === "new" ? "+" : "×";
  if (kind === "new") {
    head.textContent = "+";
    last.setAttribute("aria-label", text("own.add"));
  }
  row.append(head, ...[...inputs, label, last].map((control) => {
    const cell = document.createElement("td");
    cell.append(control);
    return cell;
  }));
  return { row, inputs, label };
}

function button(name, className) {
  return Object.assign(document.createElement("button"), { type: "button", name, className });
}

/** Let a row show a point; a cell in which something is being typed keeps it while its number stays. */
function fill(row, number, point) {
  const [head, ...cells] = row.cells;
  const [x1, x2, its, remove] = cells.map((cell) => cell.firstElementChild);
  const name = text("own.row", { row: number });
  head.textContent = String(number);
  [x1, x2].forEach((input, column) => {
    const written = String(point[column]);
    if (input.defaultValue !== written) {
      input.defaultValue = input.value = written;
      said(input, "");
    }
    input.setAttribute("aria-label", text("own.cell", { row: name, column: text(`own.column.${input.name}`) }));
  });
  label({ label: its }, point[2], name);
  remove.setAttribute("aria-label", text("own.remove", { row: number }));
}

/** Let the button of a class show one. */
function label({ label: its }, value, name = text("own.new")) {
  const [dot, word] = its.children;
  its.value = String(value);
  dot.className = `dot ${value ? "high" : "low"}`;
  word.textContent = String(value);
  its.setAttribute("aria-label", text("own.label", { row: name, label: value }));
}

/** Say what is wrong with a cell; nothing, if it is right. */
function said(input, wrong) {
  input.title = wrong;
  if (wrong) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}
