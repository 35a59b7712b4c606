// HiddenView

import { Fold } from "./fold.mjs";

export class HiddenView {
  #fold;

  /** @param {() => void} changed */
  constructor(changed) {
    this.#fold = new Fold("hidden", changed);
  }

  get open() {
    return !this.#fold.folded;
  }

  theme() {}

  begin(recording) {}

  paint(recording, index, atRest) {}
}
