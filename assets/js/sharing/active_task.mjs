// Holds the task on the page, from a link, a file or the teacher's panel, and checks changes of the experiment against it: the
// workspace asks before every change.

import { configuration } from "../configuration.mjs";
import { digest } from "./packed_values.mjs";
import { accessTo, against } from "./task_format.mjs";
import { same } from "../undo_history.mjs";

const REMEMBERED = "nnlab.task";

export class ActiveTask {
  /** @type {import("./task_format.mjs").Task | null} */
  task = null;
  /** The experiment that the task was given with, which reset goes back to. */
  /** @type {any} */
  own = null;
  /** @type {Record<string, any>} */
  #changed = {}; // what the task had where the student has changed it
  #fresh = false; // until the server has understood what came in a link, nothing stands against it
  /** @type {{changed: () => void, say: (words: string) => void}} */
  #listener = { changed: () => {}, say: () => {} };

  /** @param {{changed: () => void, say: (words: string) => void}} listener told of another task or none, and what to tell a student */
  connect(listener) {
    this.#listener = listener;
  }

  /**
   * Take on a task, or none.
   * @param {import("./task_format.mjs").Task | null} task
   * @param {any} experiment that came with it
   * @param {Record<string, any>} [changed] what the task had where that differs
   * @returns {boolean} whether it is another one than before
   */
  open(task, experiment, changed = {}) {
    const free = Object.entries(changed).filter(([setting]) => accessTo(task, setting) !== "locked");
    const own = { ...experiment, ...Object.fromEntries(free) };
    if (JSON.stringify(task) === JSON.stringify(this.task) && (task === null || same(own, this.own))) return false;
    this.task = task;
    this.own = task && own;
    this.#changed = Object.fromEntries(free);
    this.#fresh = task !== null;
    this.#listener.changed();
    return true;
  }

  /** @param {string} words */
  say(words) {
    this.#listener.say(words);
  }

  /** The server has understood the experiment that came with the task. @param {any} experiment */
  understood(experiment) {
    if (this.#fresh) this.own = { ...experiment, ...this.#changed };
    this.#fresh = false;
    sessionStorage.setItem(REMEMBERED, this.key);
  }

  /** What the task is known by in this tab; empty if there is none. */
  get key() {
    return this.task ? digest([this.task, Object.keys(configuration.defaults).map((setting) => this.own[setting])]) : "";
  }

  /** Whether this tab was at this task before the page was loaded anew. */
  get remembered() {
    return (sessionStorage.getItem(REMEMBERED) ?? "") === this.key;
  }

  /**
   * The setting that stands against a change, or null.
   * @param {{experiment: any, shape: any}} wanted
   * @param {{asked?: string, shown?: any, linked?: boolean}} by see ``against``; ``linked`` if it came with the task
   */
  against(wanted, { linked = false, ...by }) {
    return linked && this.#fresh ? null : against(this.task, this.own, wanted, by);
  }
}
