// Shows the page's status, which is waiting, training, refused, busy or lost: in html[data-run] for styles and tests, in each page's
// status line and, where the server does not answer, in the banner. Pages tell the workspace, which tells this, and nothing else writes it.

import { text } from "./configuration.mjs";
import { banner } from "./errors.mjs";
import { retryNow } from "./server/retry.mjs";

/** @typedef {Record<string, string | number>} Values */

export class PageStatus {
  #name = "under way";
  /** @type {[string, Values]} */
  #words = ["run.waiting", {}];
  /** @type {"busy" | "lost" | null} */
  #trouble = null;
  #unsay = () => {}; // takes from the banner what stands there of a trouble

  /**
   * It is under way, refused, or has ended for a reason of its own.
   * @param {string} name
   * @param {string} key of the words
   * @param {Values} [values]
   */
  is(name, key, values = {}) {
    this.#name = name;
    this.#trouble = null;
    this.says(key, values);
  }

  /** How far it is, in words alone. @param {string} key @param {Values} [values] */
  says(key, values = {}) {
    this.#words = [key, values];
    this.#show();
  }

  /** The server is busy, or does not answer; it will be asked again. @param {"busy" | "lost"} trouble */
  troubled(trouble) {
    this.#trouble = trouble;
    this.#show();
  }

  /** The server has answered. */
  found() {
    if (this.#trouble === null) return;
    this.#trouble = null;
    this.#show();
  }

  #show() {
    const words = this.#trouble ? text(`run.${this.#trouble}`) : text(...this.#words);
    document.documentElement.dataset.run = this.#trouble ?? this.#name;
    const lines = [...document.querySelectorAll(".run-state")];
    for (const line of lines) line.textContent = words;
    this.#unsay();
    const again = { name: text("run.retry"), action: retryNow };
    const isSeen = lines.some((line) => line.checkVisibility()); // a task that waits for an answer hides them
    if (this.#trouble === "lost") this.#unsay = banner(text("run.lost_more"), again);
    else if (this.#trouble === "busy" && !isSeen) this.#unsay = banner(text("run.busy_more"), again);
    else this.#unsay = () => {};
  }
}
