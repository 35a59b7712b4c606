// LayersView

import { Fold } from "./fold.mjs";

export class LayersView {
  #fold;

  /** @param {() => void} changed */
  constructor(changed) {
    this.#fold = new Fold("layers", changed);
  }

  get open() {
    return !this.#fold.folded;
  }

  theme() {}

  begin(recording) {}

  paint(recording, index, atRest) {}
}
