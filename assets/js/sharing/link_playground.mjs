// Opens links of TensorFlow Playground that are typed or pasted: Python reads them.

import { element, text } from "../configuration.mjs";
import { createElement } from "../create_element.mjs";
import { findCheckbox, findView } from "../find_part.mjs";
import { SingleRequest } from "../server/single_request.mjs";

const LONGEST = 8192; // letters
const LOOKS_LIKE_ONE = /^\S*#\S*=\S*$/; // enough to ask Python about what was pasted somewhere on the page
const FIELDS = "input, textarea, select, [contenteditable]";

export class PlaygroundLinks {
  #question;

  /**
   * @param {(experiment: any) => boolean} open a link's experiment; says whether a task allows it
   * @param {import("../page_status.mjs").PageStatus} state
   */
  constructor(open, state) {
    this.open = open;
    this.#question = new SingleRequest("playground-link", state);
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

  /** @param {string} link @param {boolean} typed what was pasted may have been meant for anything */
  async #ask(link, typed) {
    const written = link.trim();
    this.#say(written.length > LONGEST ? text("playground.long", { most: LONGEST, count: written.length }) : "");
    if (written.length > LONGEST || !written) return;
    const answer = await this.#question.send({ text: written });
    if (answer?.experiment) this.#opened(answer);
    else if (answer && typed) this.#say(text("playground.none"));
  }

  /** @param {{experiment: any, view: Record<string, boolean>, unequal: string[], more: number}} answer */
  #opened({ experiment, view, unequal, more }) {
    if (!this.open(experiment)) return;
    for (const [its, name] of [["test", "tests"], ["classes", "classes"]]) {
      const box = findCheckbox(findView("boundary"), name);
      if (Object.hasOwn(view, its) && box.checked !== view[its]) box.click();
    }
    const sentences = more ? [...unequal, text("playground.more", { count: more })] : unequal;
    element("playground-words").textContent = text(sentences.length ? "playground.many" : "playground.equal");
    element("playground-unequal").replaceChildren(...sentences.map((sentence) => createElement("li", { textContent: sentence })));
    element("playground").hidden = false;
    element("menu-files").open = false;
    window.dash_clientside.set_props("playground-link", { value: "" });
  }

  /** @param {string} words */
  #say(words) {
    element("error-playground").textContent = words;
  }
}
