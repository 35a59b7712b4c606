// Remembers which initialization produced weights that a change of the network's shape made explicit. As soon as it fits the network
// again, and no weight has been set meanwhile, it is used again: without hidden units and back again gives the same network.

import { digest } from "./sharing/packed_values.mjs";

/** @typedef {import("./undo_history.mjs").Experiment} Experiment */

const KEPT = "nnlab.origins";
const MOST = 60; // starts that are remembered

export class InitializationMemory {
  /** @type {Map<string, string>} a start -> its rule; the newest last */
  #rules;

  constructor() {
    this.#rules = new Map(JSON.parse(sessionStorage.getItem(KEPT) ?? "[]"));
  }

  /** The rule behind a start; null where it has none but itself. @param {Experiment} experiment @returns {string | null} */
  of(experiment) {
    return experiment.initialization === "explicit" ? (this.#rules.get(nameOf(experiment)) ?? null) : null;
  }

  /** An experiment was given another shape, and this has come of it. @param {Experiment} before @param {Experiment} after */
  reshaped(before, after) {
    const rule = before.initialization === "explicit" ? this.of(before) : before.initialization;
    if (rule === null || after.initialization !== "explicit") return;
    this.#rules.set(nameOf(after), rule);
    this.#rules = new Map([...this.#rules].slice(-MOST));
    sessionStorage.setItem(KEPT, JSON.stringify([...this.#rules]));
  }
}

/** @param {Experiment} experiment */
function nameOf({ weights, biases }) {
  return digest([weights, biases]);
}
