// How right the network is at the epoch in sight: of classes the share and the confusions, of numbers R² and the error.

import { configuration, fixed, number, percent, text } from "../configuration.mjs";
import { evaluationOf } from "../evaluation.mjs";
import { createElement, createRow } from "../create_element.mjs";
import { findPart } from "../find_part.mjs";

/**
 * @typedef {import("../recording.mjs").Recording} Recording
 * @typedef {import("../evaluation.mjs").Evaluation} Evaluation
 * @typedef {"train" | "test"} Rows
 */

/** @type {Rows[]} */
const ROWS = ["train", "test"];
const CLASSES = ["low", "high"];
const LARGE = 1000; // beyond it a number is written with an exponent rather than with four places

export class MetricsView {
  #root;
  /** @type {{cell: HTMLElement, written: (evaluation: Evaluation, index: number) => string}[]} */
  #cells = [];
  #shape = "";

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#root = root;
  }

  /** @param {Recording} recording */
  begin(recording) {
    const { head, experiment } = recording;
    const gate = experiment.dataset === "custom" || experiment.dataset in configuration.gates;
    findPart(this.#root, "title").textContent = text(gate ? "panel.table" : "metrics.title");
    const sets = head.test_targets.length ? ROWS : ROWS.slice(0, 1);
    const shape = `${head.regression} ${sets}`;
    if (shape !== this.#shape) this.#layOut(head.regression, sets);
    this.#shape = shape;
  }

  /** @param {Recording} recording @param {number} index */
  paint(recording, index) {
    const evaluation = evaluationOf(recording);
    for (const { cell, written } of this.#cells) cell.textContent = written(evaluation, index);
  }

  /** @param {boolean} regression @param {Rows[]} sets */
  #layOut(regression, sets) {
    this.#cells = [];
    const parts = regression ? [this.#numbers(sets)] : sets.map((rows) => this.#classes(rows));
    findPart(this.#root, "metrics").replaceChildren(...parts);
  }

  /**
   * @param {(evaluation: Evaluation, index: number) => string} written
   * @param {keyof HTMLElementTagNameMap} kind
   * @param {Record<string, any>} words
   */
  #cell(written, kind = "td", words = {}) {
    const cell = createElement(kind, words);
    this.#cells.push({ cell, written });
    return cell;
  }

  /** A column for training rows, one for test rows; a row for each measure. @param {Rows[]} sets */
  #numbers(sets) {
    const table = createElement("table", { className: "numbers" });
    const names = [text("metrics.measure"), ...sets.map((rows) => text(`metrics.${rows}`))];
    table.createTHead().append(createRow(...names.map((name) => createElement("th", { scope: "col", textContent: name }))));
    /** @type {Record<string, (its: Evaluation, index: number, rows: Rows) => number>} */
    const of = { r_squared: (its, index, rows) => its.share(index, rows), rmse: (its, index, rows) => its.error(index, rows) };
    const body = table.createTBody();
    for (const [name, measured] of Object.entries(of)) {
      const head = createElement("th", { scope: "row", textContent: text(`metrics.${name}`) });
      const cells = sets.map((rows) => this.#cell((its, index) => inFourPlaces(measured(its, index, rows))));
      body.append(createRow(head, ...cells));
    }
    return table;
  }

  /** The share told right, and under it the confusion matrix: a row for each class, a column for what was said. @param {Rows} rows */
  #classes(rows) {
    const table = createElement("table", { className: "numbers confusion" });
    const caption = table.createCaption();
    const share = this.#cell((its, index) => inPercent(its.share(index, rows)), "strong", { className: "metrics-share" });
    const count = this.#cell((its, index) => counted(its.confusion(index, rows)), "span");
    caption.append(text(`metrics.${rows}`), share, count);
    const said = CLASSES.map((name) => createElement("th", { scope: "col", textContent: text(`metrics.said_${name}`) }));
    const corner = createElement("th", { scope: "col" }, createElement("span", { className: "visually-hidden", textContent: text("metrics.class") }));
    table.createTHead().append(createRow(corner, ...said));
    const body = table.createTBody();
    CLASSES.forEach((is, actual) => {
      const head = createElement("th", { scope: "row" }, createElement("i", { className: `dot ${is}` }), text(`metrics.is_${is}`));
      const cells = CLASSES.map((say, predicted) =>
        this.#cell((its, index) => number(its.confusion(index, rows)[actual][predicted], 6), "td", { className: is === say ? `told ${is}` : "" }),
      );
      body.append(createRow(head, ...cells));
    });
    return createElement("div", { className: "metrics-part" }, table);
  }
}

/** @param {number} share */
function inPercent(share) {
  return percent(share, { padded: true });
}

/** How many rows are told right, of how many. @param {number[][]} counts */
function counted(counts) {
  const rows = counts.flat().reduce((sum, count) => sum + count, 0);
  return text("metrics.count", { right: counts[0][0] + counts[1][1], rows });
}

/** @param {number} value */
function inFourPlaces(value) {
  return Math.abs(value) < LARGE ? fixed(value, 4) : number(value);
}
