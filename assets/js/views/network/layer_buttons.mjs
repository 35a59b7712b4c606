// The + and − buttons that add and remove layers and units of the network diagram, and the titles over its columns.

import { configuration, text } from "../../configuration.mjs";
import { createElement } from "../../create_element.mjs";
import { findPart } from "../../find_part.mjs";

/** @typedef {import("../../recording.mjs").Head} Head */

const NEW_LAYER = 2; // units

export class LayerButtons {
  #titles; // one a column
  #steppers; // one a hidden layer
  #root;
  #sizes;
  #set;

  /**
   * @param {HTMLElement} root of the view
   * @param {HTMLElement} place
   * @param {() => number[]} sizes the hidden layers as they are wanted, the last press included, answered or not
   * @param {(sizes: number[]) => void} set
   */
  constructor(root, place, sizes, set) {
    this.#root = root;
    this.#sizes = sizes;
    this.#set = set;
    this.#titles = Array.from({ length: configuration.most_layers + 2 }, () => createElement("div", { className: "network-title" }));
    this.#steppers = Array.from({ length: configuration.most_layers }, (_, layer) => this.#stepper(layer));
    place.append(...this.#titles, ...this.#steppers.map(({ part }) => part));
    findPart(root, "more-layers").addEventListener("click", () => this.#layers(1));
    findPart(root, "fewer-layers").addEventListener("click", () => this.#layers(-1));
  }

  /** @param {number} layer */
  #stepper(layer) {
    const step = (/** @type {string} */ sign, /** @type {number} */ by, /** @type {string} */ key) => {
      const title = text(key, { layer: layer + 1 });
      const button = createElement("button", { className: "network-step", type: "button", textContent: sign, title, "aria-label": title });
      button.addEventListener("click", () => this.#units(layer, by));
      return button;
    };
    const [less, more] = [step("−", -1, "network.fewer_units"), step("+", 1, "network.more_units")];
    const count = createElement("span", { className: "network-count" });
    const label = text("network.layer", { layer: layer + 1 });
    const group = createElement("div", { className: "network-stepper", role: "group", "aria-label": label }, less, count, more);
    return { part: group, less, count, more };
  }

  /** @param {number} layer @param {number} by */
  #units(layer, by) {
    const sizes = [...this.#sizes()];
    if (layer >= sizes.length) return; // it is on its way out
    const size = sizes[layer] + by;
    if (size < 1 || size > configuration.most_units) return;
    sizes[layer] = size;
    this.#set(sizes);
  }

  /** @param {number} by */
  #layers(by) {
    const sizes = this.#sizes();
    const wanted = by > 0 ? [...sizes, NEW_LAYER] : sizes.slice(0, -1);
    if (wanted.length > configuration.most_layers || wanted.length === sizes.length) return;
    this.#set(wanted);
  }

  /** Say what a network has. A button at its bound stays where the keyboard is; it only does nothing. @param {Head} head */
  begin(head) {
    const hidden = head.experiment.hidden_layer_sizes;
    hidden.forEach((size, layer) => {
      const { less, count, more } = this.#steppers[layer];
      count.textContent = String(size);
      disable(less, size <= 1);
      disable(more, size >= configuration.most_units);
    });
    disable(findPart(this.#root, "more-layers"), hidden.length >= configuration.most_layers);
    disable(findPart(this.#root, "fewer-layers"), hidden.length === 0);
    findPart(this.#root, "sizes").textContent = text("network.sizes", {
      features: head.experiment.features.length,
      hidden: hidden.join(", ") || text("network.none"),
      count: head.weights.flat(2).length + head.biases.flat().length,
    });
  }

  /** @param {import("./layout.mjs").Layout} layout */
  arrange({ columns }) {
    const last = columns.length - 1;
    this.#titles.forEach((title, column) => {
      title.hidden = column > last;
      const its = column === 0 ? text("network.features") : column === last ? text("network.output") : text("network.layer", { layer: column });
      title.textContent = its;
      title.style.left = `${columns[Math.min(column, last)]}px`;
    });
    this.#steppers.forEach(({ part }, layer) => {
      part.hidden = layer + 1 >= last;
      part.style.left = `${columns[Math.min(layer + 1, last)]}px`;
    });
  }

  /** The titles and where they are, for a picture file. */
  get titles() {
    return this.#titles.filter((title) => !title.hidden).map((title) => title.textContent ?? "");
  }
}

/** @param {HTMLElement} button @param {boolean} disabled */
function disable(button, disabled) {
  button.setAttribute("aria-disabled", String(disabled));
}
