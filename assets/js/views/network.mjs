// The network diagram.

import { Fold } from "./fold.mjs";

export class NetworkView {
  #fold;

  /** @param {{changed: () => void}} listener */
  constructor(listener) {
    this.#fold = new Fold("network", () => listener.changed());
  }

  get open() {
    return !this.#fold.folded;
  }

  theme() {}

  begin(recording) {}

  paint(recording, index, atRest) {}
}
