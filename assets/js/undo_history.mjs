// The experiment on the page and the ones before it, for undo and redo: every change is a new value.

import { configuration } from "./configuration.mjs";

/** @typedef {Record<string, any>} Experiment every setting, by its name */

const MOST_STEPS = 200;
const KEPT = "nnlab.history";

export class UndoHistory {
  /** @param {Experiment} experiment */
  constructor(experiment) {
    this.experiment = experiment;
    /** @type {Experiment[]} */
    this.past = [];
    /** @type {Experiment[]} */
    this.future = [];
  }

  /** Take on a new experiment; what was on the page can be gone back to. @param {Experiment} experiment */
  commit(experiment) {
    if (same(experiment, this.experiment)) return;
    this.past = [...this.past, this.experiment].slice(-MOST_STEPS);
    this.future = [];
    this.experiment = experiment;
    this.#keep();
  }

  /** Replace the present experiment by the server's reading of it, without a new step. @param {Experiment} experiment */
  adopt(experiment) {
    this.experiment = experiment;
    this.#keep();
  }

  undo() {
    if (this.past.length === 0) return false;
    this.future = [this.experiment, ...this.future];
    this.experiment = this.past[this.past.length - 1];
    this.past = this.past.slice(0, -1);
    this.#keep();
    return true;
  }

  redo() {
    if (this.future.length === 0) return false;
    this.past = [...this.past, this.experiment];
    [this.experiment, ...this.future] = this.future;
    this.#keep();
    return true;
  }

  #keep() {
    const { experiment, past, future } = this;
    sessionStorage.setItem(KEPT, JSON.stringify({ experiment, past: past.slice(-40), future: future.slice(0, 40) }));
  }

  /** Steps kept from before a reload, if the page opens on the same experiment. */
  remember() {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
    if (kept && same(kept.experiment, this.experiment)) {
      this.past = kept.past;
      this.future = kept.future;
    }
  }
}

/** Whether two experiments are equal in every field. @param {Experiment} one @param {Experiment} other */
export function same(one, other) {
  return changes(one, other).length === 0;
}

/** The settings in which two experiments differ. @param {Experiment} one @param {Experiment} other */
export function changes(one, other) {
  const settings = Object.keys({ ...configuration.defaults, ...one, ...other });
  return settings.filter((setting) => JSON.stringify(one[setting]) !== JSON.stringify(other[setting]));
}
