// Shows the forward pass of one point with its numbers: every unit's weighted sum, term by term, and its activation.

import { entered, number, parsed, text } from "../configuration.mjs";
import { apply } from "../core/features.mjs";
import { forward } from "../core/network.mjs";
import { evaluationOf } from "../evaluation.mjs";
import { createElement } from "../create_element.mjs";
import { findPart } from "../find_part.mjs";

/** @typedef {import("../recording.mjs").Recording} Recording */

const AXES = ["x1", "x2"];

export class ProbeView {
  #root;
  #listener;
  /** @type {number[] | null} */
  #point = null;
  /** @type {{recording: Recording, index: number} | null} */
  #shown = null;

  /** @param {HTMLElement} root @param {(point: number[]) => void} chosen told of a point that was typed */
  constructor(root, chosen) {
    this.#root = root;
    this.#listener = chosen;
    for (const field of this.#fields) field.addEventListener("change", () => this.#typed());
  }

  /** @returns {HTMLInputElement[]} */
  get #fields() {
    return AXES.map((axis) => findPart(this.#root, axis).querySelector("input"));
  }

  /** Look at a point from now on. @param {number[]} point */
  choose(point) {
    findPart(this.#root, "error").textContent = "";
    this.#point = point;
    this.#fields.forEach((field, at) => (field.value = entered(point[at], 15)));
    this.#draw();
  }

  #typed() {
    const point = this.#fields.map((field) => parsed(field.value));
    if (point.every(Number.isFinite)) this.#listener(point);
    else findPart(this.#root, "error").textContent = text("probe.number");
  }

  /** Another run: its networks follow the same point. */
  begin() {
    this.#shown = null;
  }

  /** @param {Recording} recording @param {number} index */
  paint(recording, index) {
    this.#shown = { recording, index };
    this.#draw();
  }

  #draw() {
    if (!this.#point || !this.#shown) return;
    const { recording, index } = this.#shown;
    const { experiment } = recording;
    const evaluation = evaluationOf(recording);
    const { form } = evaluation;
    const parameters = evaluation.parameters(index);
    const passes = forward(form, parameters, [this.#point]);
    const given = apply(experiment.features, [this.#point]);
    const said = experiment.features.map((/** @type {string} */ name, /** @type {number} */ at) => `${name} = ${number(given[at])}`).join("   ");
    let start = 0;
    const layers = passes.map(({ sums, activations }, layer) => {
      const source = layer === 0 ? given : passes[layer - 1].activations;
      const units = Array.from(sums, (z, unit) => {
        const numbers = parameters.subarray(start, start + source.length + 1);
        start += numbers.length;
        const a = `a = ${form.activations[layer]}(z) = ${number(activations[unit])}`;
        return createElement("div", { className: "sum", textContent: `z = ${sumOf(numbers, source)} = ${number(z)}   →   ${a}` });
      });
      const title = layer === passes.length - 1 ? text("start.output") : text("probe.layer", { layer: layer + 1 });
      return createElement("div", { className: "probe-layer" }, createElement("div", { className: "unit-title", textContent: title }), ...units);
    });
    const input = createElement("div", { className: "probe-input", textContent: said });
    findPart(this.#root, "body").replaceChildren(createElement("div", { className: "probe-layers" }, input, ...layers));
  }
}

/** A unit's weights, each times what comes in, and its bias. @param {Float64Array} numbers @param {Float64Array} source */
function sumOf(numbers, source) {
  const terms = Array.from(source, (value, at) => `${number(numbers[at])} · ${signed(value)}`);
  return [...terms, signed(numbers[source.length])].join(" + ");
}

/** @param {number} value */
function signed(value) {
  return value < 0 ? `(${number(value)})` : number(value);
}
