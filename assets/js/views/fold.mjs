// Folds a view away and back by its button. Which views are folded is remembered; a folded one is neither painted nor requested.

import { text } from "../configuration.mjs";
import { findPart } from "../find_part.mjs";

const KEPT = "nnlab.folded";
const FOLDED_AT_FIRST = "hidden,layers"; // a newcomer has enough to look at, and the first picture comes sooner

export class Fold {
  #root;
  #name;
  #changed;

  /** @param {HTMLElement} root of the view @param {(folded: boolean) => void} changed told when it is folded or unfolded */
  constructor(root, changed) {
    this.#root = root;
    this.#name = root.dataset.view ?? "";
    this.#changed = changed;
    findPart(root, "fold").addEventListener("click", () => this.toggle());
    this.#show();
  }

  get folded() {
    return names().includes(this.#name);
  }

  toggle() {
    const others = names().filter((other) => other !== this.#name);
    remember(this.folded ? others : [...others, this.#name]);
    this.#show();
    this.#changed(this.folded);
  }

  #show() {
    const button = findPart(this.#root, "fold");
    button.setAttribute("aria-expanded", String(!this.folded));
    button.textContent = text(this.folded ? "button.unfold" : "button.fold");
    this.#root.classList.toggle("folded", this.folded);
  }
}

function names() {
  return (localStorage.getItem(KEPT) ?? FOLDED_AT_FIRST).split(",").filter(Boolean);
}

/** @param {string[]} folded names */
function remember(folded) {
  if (folded.join() === FOLDED_AT_FIRST) localStorage.removeItem(KEPT);
  else localStorage.setItem(KEPT, folded.join());
}
