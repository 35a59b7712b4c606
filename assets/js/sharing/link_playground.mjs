// Links of TensorFlow Playground, typed or pasted: Python reads them.

import { element, text } from "../configuration.mjs";
import { made } from "../made.mjs";
import { boxOf, viewOf } from "../part.mjs";

const LONGEST = 8192; // letters
const LOOKS_LIKE_ONE = /^\S*#\S*=\S*$/; // enough to ask Python about what was pasted somewhere on the page
const FIELDS = "input, textarea, select, [contenteditable]";

export class PlaygroundLinks {
  #asked = 0;
  #typed = false;

  /** @param {(experiment: any) => boolean} open a link's experiment; says whether a task allows it */
  constructor(open) {
    this.open = open;
    window.dash_clientside.nnlab.openPlayground = (/** @type {any} */ answer) => this.#answered(answer);
    element("playground-open").addEventListener("click", () => this.#ask(element("playground-link").value, true));
    element("playground-link").addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "Enter") this.#ask(element("playground-link").value, true);
    });
    element("playground-close").addEventListener("click", () => (element("playground").hidden = true));
    document.addEventListener("paste", (event) => {
      const pasted = event.clipboardData?.getData("text").trim() ?? "";
      if ((event.target instanceof Element && event.target.closest(FIELDS)) || !LOOKS_LIKE_ONE.test(pasted) || pasted.length > LONGEST) return;
      this.#ask(pasted, false);
    });
  }

  /** @param {string} link @param {boolean} typed */
  #ask(link, typed) {
    const written = link.trim();
    this.#say(written.length > LONGEST ? text("playground.long", { most: LONGEST, count: written.length }) : "");
    if (written.length > LONGEST || !written) return;
    this.#typed = typed;
    this.#asked += 1;
    window.dash_clientside.set_props("playground-asked", { data: { asked: this.#asked, text: written } });
  }

  /** @param {any} answer */
  #answered(answer) {
    const { no_update } = window.dash_clientside;
    if (answer?.asked !== this.#asked) return no_update;
    if (answer.experiment) this.#opened(answer);
    else if (this.#typed) this.#say(text("playground.none")); // what was pasted may have been meant for anything
    return no_update;
  }

  /** @param {{experiment: any, view: Record<string, boolean>, unequal: string[], more: number}} answer */
  #opened({ experiment, view, unequal, more }) {
    if (!this.open(experiment)) return;
    for (const [its, name] of [["test", "tests"], ["classes", "classes"]]) {
      const box = boxOf(viewOf("boundary"), name);
      if (Object.hasOwn(view, its) && box.checked !== view[its]) box.click();
    }
    const sentences = more ? [...unequal, text("playground.more", { count: more })] : unequal;
    element("playground-words").textContent = text(sentences.length ? "playground.many" : "playground.equal");
    element("playground-unequal").replaceChildren(...sentences.map((sentence) => made("li", { textContent: sentence })));
    element("playground").hidden = false;
    element("menu-files").open = false;
    window.dash_clientside.set_props("playground-link", { value: "" });
  }

  /** @param {string} words */
  #say(words) {
    element("error-playground").textContent = words;
  }
}
