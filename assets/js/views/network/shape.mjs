// The titles over the diagram's columns, and + and −, which build the network.

import { configuration, element, text } from "../../configuration.mjs";

const NEW_LAYER = 2; // units

export class NetworkShape {
  #titles = []; // one a column
  #steppers = []; // one a hidden layer
  #sizes;
  #set;

  /**
   * @param {HTMLElement} place
   * @param {() => number[]} sizes the hidden layers as they are wanted, the last press included, answered or not
   * @param {(sizes: number[]) => void} set
   */
  constructor(place, sizes, set) {
    this.#sizes = sizes;
    this.#set = set;
    this.#titles = Array.from({ length: configuration.most_layers + 2 }, () => made("div", "network-title"));
    this.#steppers = Array.from({ length: configuration.most_layers }, (_, layer) => this.#stepper(layer));
    place.append(...this.#titles, ...this.#steppers.map(({ part }) => part));
    element("network-more-layers").addEventListener("click", () => this.#layers(1));
    element("network-fewer-layers").addEventListener("click", () => this.#layers(-1));
  }

  #stepper(layer) {
    const part = made("div", "network-stepper");
    part.setAttribute("role", "group");
    part.setAttribute("aria-label", text("network.layer", { layer: layer + 1 }));
    const [less, count, more] = [made("button", "network-step"), made("span", "network-count"), made("button", "network-step")];
    for (const [button, sign, by, key] of [[less, "−", -1, "network.fewer_units"], [more, "+", 1, "network.more_units"]]) {
      Object.assign(button, { type: "button", textContent: sign, title: text(key, { layer: layer + 1 }) });
      button.setAttribute("aria-label", button.title);
      button.addEventListener("click", () => this.#units(layer, by));
    }
    part.append(less, count, more);
    return { part, less, count, more };
  }

  #units(layer, by) {
    const sizes = [...this.#sizes()];
    if (layer >= sizes.length) return; // it is on its way out
    const size = sizes[layer] + by;
    if (size < 1 || size > configuration.most_units) return;
    sizes[layer] = size;
    this.#set(sizes);
  }

  #layers(by) {
    const sizes = this.#sizes();
    const wanted = by > 0 ? [...sizes, NEW_LAYER] : sizes.slice(0, -1);
    if (wanted.length > configuration.most_layers || wanted.length === sizes.length) return;
    this.#set(wanted);
  }

  /** Say what a network has. A button at its bound stays where the keyboard is; it only does nothing. */
  begin(head) {
    const hidden = head.layer_sizes.slice(1, -1);
    hidden.forEach((size, layer) => {
      const { less, count, more } = this.#steppers[layer];
      count.textContent = String(size);
      disable(less, size <= 1);
      disable(more, size >= configuration.most_units);
    });
    disable(element("network-more-layers"), hidden.length >= configuration.most_layers);
    disable(element("network-fewer-layers"), hidden.length === 0);
    element("network-sizes").textContent = text("network.sizes", {
      features: head.layer_sizes[0],
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
    return this.#titles.filter((title) => !title.hidden).map((title) => title.textContent);
  }
}

function made(kind, className) {
  return Object.assign(document.createElement(kind), { className });
}

function disable(button, disabled) {
  button.setAttribute("aria-disabled", String(disabled));
}
