// The truth table and the weights at the current epoch.

import { fixed, number, text } from "../configuration.mjs";
import { layerSizes } from "../core/network.mjs";
import { evaluationOf } from "../evaluation.mjs";
import { createElement, createRow } from "../create_element.mjs";
import { findPart } from "../find_part.mjs";

/** @typedef {import("../recording.mjs").Recording} Recording */

/**
 * 1 right, -1 wrong, 0 undecided: which side of the middle the output is on, against the target's.
 * @param {number} output @param {number} target @param {number} middle
 */
export function verdict(output, target, middle) {
  return Math.sign(output - middle) * Math.sign(target - middle);
}

/** @type {Record<number, string>} */
const MARKS = { 1: "✓", "-1": "✗", 0: "?" };
/** @type {Record<number, string>} */
export const VERDICTS = { 1: "right", "-1": "wrong", 0: "undecided" };

const READABLE = 100; // ms that a moving number stands: hundreds of them, written for each picture, would hold it up unread

export class TablesView {
  #root;
  #shape = "";
  /** @type {HTMLElement[]} */
  #cells = [];
  #due = 0; // when the weights are written again while they move

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#root = root;
  }

  /** @param {Recording} recording */
  begin(recording) {
    const { points, targets } = recording.head;
    const readable = isTable(recording);
    this.#root.classList.toggle("without-rows", !readable);
    if (readable) this.#rows.forEach((its, index) => {
      const [x1, x2, target] = cells(its);
      x1.textContent = number(points[index][0]);
      x2.textContent = number(points[index][1]);
      target.textContent = number(targets[index]);
    });
    const shape = layerSizes(recording.experiment).join("-") + recording.experiment.features.join();
    if (shape !== this.#shape) this.#layOut(recording);
    this.#shape = shape;
  }

  /** @param {Recording} recording @param {number} index @param {boolean} atRest */
  paint(recording, index, atRest) {
    const { targets, middle } = recording.head;
    if (isTable(recording)) {
      const outputs = evaluationOf(recording).outputs(index);
      this.#rows.forEach((its, at) => {
        const [, , , output, sign] = cells(its);
        const judged = verdict(outputs[at], targets[at], middle);
        output.textContent = fixed(outputs[at]);
        sign.textContent = `${MARKS[judged] ?? "?"} ${text(`verdict.${VERDICTS[judged] ?? "undecided"}`)}`;
        sign.className = `verdict ${VERDICTS[judged] ?? "undecided"}`;
      });
    }
    if (!atRest && performance.now() < this.#due) return;
    this.#due = performance.now() + READABLE;
    const numbers = evaluationOf(recording).parameters(index);
    this.#cells.forEach((cell, at) => {
      cell.textContent = fixed(numbers[at], 3);
    });
  }

  /** @returns {HTMLTableRowElement[]} */
  get #rows() {
    return [...findPart(this.#root, "rows").rows];
  }

  /** One table a layer: a row a unit, a column an input, and the bias. @param {Recording} recording */
  #layOut(recording) {
    this.#due = 0;
    this.#cells = [];
    const sizes = layerSizes(recording.experiment);
    const tables = sizes.slice(1).map((units, layer) => {
      const last = layer === sizes.length - 2;
      const table = createElement("table", { className: "numbers weights" });
      const sources = layer === 0 ? recording.experiment.features : Array.from({ length: sizes[layer] }, (_, unit) => `h${unit + 1}`);
      table.createCaption().textContent = last ? text("start.output") : text("probe.layer", { layer: layer + 1 });
      const names = [text("table.unit"), ...sources, "b"];
      table.createTHead().append(createRow(...names.map((name) => createElement("th", { textContent: name, scope: "col" }))));
      const body = table.createTBody();
      for (let unit = 0; unit < units; unit += 1) {
        const numbers = [...sources, ""].map(() => createElement("td"));
        body.append(createRow(createElement("th", { textContent: last ? "a" : `h${unit + 1}`, scope: "row" }), ...numbers));
        this.#cells.push(...numbers);
      }
      return table;
    });
    findPart(this.#root, "weights").replaceChildren(...tables);
  }
}

/** Whether the rows are a truth table. @param {{head: {points: number[][], regression: boolean, test_points: number[][]}}} recording */
export function isTable({ head }) {
  return head.points.length === 4 && !head.regression && head.test_points.length === 0;
}

/** What each cell holds. @param {HTMLTableRowElement} its */
function cells(its) {
  return Array.from(its.cells, (cell) => /** @type {Element} */ (cell.firstElementChild));
}
