// A view that can be folded away. What is folded is remembered, is not painted, and is not asked for.

import { element, text } from "../configuration.mjs";

const KEPT = "nnlab.folded";
const FOLDED_AT_FIRST = "hidden,layers"; // a newcomer has enough to look at, and the first picture comes sooner

export class Fold {
  #name;
  #changed;

  /** @param {string} name of the view @param {(folded: boolean) => void} changed told when it is folded or unfolded */
  constructor(name, changed) {
    this.#name = name;
    this.#changed = changed;
    element(`fold-${name}`).addEventListener("click", () => {
      const others = names().filter((other) => other !== name);
      remember(this.folded ? others : [...others, name]);
      this.#show();
      this.#changed(this.folded);
    });
    this.#show();
  }

  get folded() {
    return names().includes(this.#name);
  }

  #show() {
    const button = element(`fold-${this.#name}`);
    button.setAttribute("aria-expanded", String(!this.folded));
    button.textContent = text(this.folded ? "button.unfold" : "button.fold");
    element(`view-${this.#name}`).classList.toggle("folded", this.folded);
  }
}

function names() {
  return (localStorage.getItem(KEPT) ?? FOLDED_AT_FIRST).split(",").filter(Boolean);
}

function remember(folded) {
  if (folded.join() === FOLDED_AT_FIRST) localStorage.removeItem(KEPT);
  else localStorage.setItem(KEPT, folded.join());
}
