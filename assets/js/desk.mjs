// The desk: the one experiment that every page looks at, its controls, its undo, its link, what is wrong with it.
// Pages train it and paint; the desk knows nothing of how.

import { changed, fittedWith, turned } from "./changes.mjs";
import { configuration, element, text } from "./configuration.mjs";
import { Controls } from "./controls.mjs";
import { clearErrors, showErrors } from "./errors.mjs";
import { linkOf, longTextsOf, pathOf } from "./sharing/link.mjs";
import { showLink } from "./sharing/link_field.mjs";
import { prepare } from "./sharing/link_long.mjs";
import { nameOf } from "./sharing/task.mjs";
import { Given } from "./sharing/task_given.mjs";
import { Workbench } from "./workbench.mjs";

/**
 * An experiment that is wanted, and a change of shape under way, which the server will carry out.
 * @typedef {{experiment: any, shape: {features: string[], hidden_layer_sizes: number[]} | null}} Wanted
 * @typedef {{push?: boolean, fallBack?: false | "first" | "last", keepErrors?: boolean, step?: "commit" | "adopt"}} Options
 *
 * What a page does: ``follow`` while a slider is dragged, ``run`` when it is let go, ``enter`` and ``leave`` as it comes
 * into sight and goes; ``shows`` says whether it has an experiment already or on the way, ``done`` whether all of it has
 * come; ``view`` is what its link holds beside it.
 * @typedef {{follow: (wanted: Wanted) => void, run: (wanted: Wanted, options: Options) => void,
 *            enter: (view?: Record<string, string>) => void | Promise<void>, leave: (next: string) => void,
 *            shows: (experiment: any) => boolean, done: () => boolean, theme: () => void, view: () => Record<string, string>}} Page
 */

export class Desk {
  /** @type {Record<string, Page>} */
  pages = {};
  /** @type {string | null} */
  pageName = null;

  constructor() {
    this.workbench = new Workbench(configuration.defaults);
    /** @type {Wanted} */
    this.wanted = { experiment: configuration.defaults, shape: null };
    this.start = { weights: [], biases: [] };
    this.given = new Given();
    this.head = null; // the last that had points
    /** @type {((head: any) => void)[]} told of every experiment that was understood, by its head, or refused: null */
    this.watchers = [];
    this.controls = new Controls({
      drag: (setting, value) => this.drag(setting, value),
      set: (setting, value) => this.set(setting, value),
    });
  }

  /** @returns {Page} the page in sight */
  get page() {
    return this.pages[this.pageName];
  }

  // --- from the controls ---------------------------------------------------------------------------------------

  /** A slider moves: the page follows the hand. */
  drag(setting, value) {
    const wanted = this.#changed(setting, value);
    if (this.#forbidden(wanted, { asked: setting })) return;
    this.#write(wanted.experiment);
    this.page.follow(wanted);
  }

  /** A control has its value: train it all. */
  set(setting, value) {
    const wanted = this.#changed(setting, value);
    if (this.#forbidden(wanted, { asked: setting })) return;
    const beside = fittedWith(this.wanted.experiment, wanted.experiment, setting);
    element("notice-needs").textContent = beside ? text("changed.with", { change: beside }) : "";
    this.#run(wanted, { push: true });
  }

  #changed(setting, value) {
    const { experiment, shape } = this.wanted;
    return changed(experiment, shape, setting, value, this);
  }

  turnTarget(row) {
    const wanted = { ...this.wanted, experiment: turned(this.wanted.experiment, row) };
    if (!this.#forbidden(wanted, { asked: "targets" })) this.#run(wanted, { push: true });
  }

  /** Show another experiment whole: from a link, a file, undo or reset. @returns {boolean} whether a task allows it */
  open(experiment, options = {}) {
    const wanted = { experiment, shape: null };
    if (this.#forbidden(wanted, this.#by(options))) return false;
    this.#run(wanted, options);
    return true;
  }

  /** @param {Wanted} wanted @param {Options} options */
  #run(wanted, options) {
    this.wanted = wanted;
    this.say("run.waiting");
    document.documentElement.dataset.run = "under way";
    const run = () => this.wanted === wanted && this.page.run(wanted, options);
    const packing = prepare(longTextsOf(wanted.experiment, this.given));
    if (packing) packing.then(run);
    else run();
  }

  // --- a task --------------------------------------------------------------------------------------------------

  /**
   * Take on the task that a link, a file or a teacher brings, or none; a step back never leads into one or out of it.
   * @returns {Options} how its experiment is to be opened then
   */
  give(task, experiment, changed) {
    if (!this.given.open(task, experiment, changed)) return { fallBack: "first" };
    Object.assign(this.workbench, { past: [], future: [] });
    this.showHistory();
    return { fallBack: "first", step: "adopt" };
  }

  /** Whether the task stands against a change. Then the page says so, and shows what it has. */
  #forbidden(wanted, by) {
    const setting = this.given.against(wanted, by);
    if (setting === null) return false;
    this.given.say(text("task.fixed", { name: nameOf(setting) }));
    this.controls.show(this.wanted.experiment);
    this.controls.showStart(this.start.weights, this.start.biases);
    for (const watcher of this.watchers) watcher(null);
    return true;
  }

  /** What puts another experiment in the place of the present one: a link, a step back, or something from elsewhere. */
  #by({ fallBack, step }) {
    if (fallBack !== undefined) return { linked: true };
    return step === "adopt" ? {} : { shown: this.workbench.experiment };
  }

  // --- pages ---------------------------------------------------------------------------------------------------

  /**
   * Go to a page.
   * @param {string} name
   * @param {{push?: boolean, view?: Record<string, string>, experiment?: any} & Options} [options] what an address says is to
   *   be looked at, else the page looks where it did; and an experiment to open, if it is not the one on the desk
   */
  async go(name, { push = true, view, experiment, ...options } = {}) {
    if (experiment && this.#forbidden({ experiment, shape: null }, this.#by(options))) return;
    const other = name !== this.pageName;
    if (other) {
      this.pages[this.pageName]?.leave(name);
      this.pageName = name;
      Object.assign(document.documentElement.dataset, { page: name, run: "under way" });
      for (const link of document.querySelectorAll("[data-page-link]")) {
        if (link.dataset.pageLink === name) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
      }
      if (push) this.#write(experiment ?? this.workbench.experiment, { push });
      dispatchEvent(new Event("resize"));
    }
    await this.page.enter(view);
    if (this.pageName !== name) return; // one has gone on meanwhile
    const wanted = experiment ?? this.workbench.experiment;
    if (experiment || !this.page.shows(wanted)) this.open(wanted, { push: push && !other, ...options });
    else if (this.page.done()) document.documentElement.dataset.run = "completed";
  }

  /** The address of an experiment on the page in sight. */
  address(experiment) {
    return this.#link(experiment).address;
  }

  #link(experiment) {
    const { hash, kept, length } = linkOf(experiment, this.page.view(), this.given);
    const page = pathOf(this.pageName) + location.search;
    return { address: page + hash, kept, length: page.length + length };
  }

  /** Put an experiment into the address; what does not fit there is kept beside it. */
  #write(experiment, { push = false } = {}) {
    const { address, kept } = this.#link(experiment);
    if (push) history.pushState(kept && { kept }, "", address);
    else history.replaceState(kept && { kept }, "", address);
  }

  /** The page's view has changed: the link follows. */
  viewed({ push = false } = {}) {
    const address = this.address(this.workbench.experiment);
    if (address === location.pathname + location.search + location.hash) return;
    this.#write(this.workbench.experiment, { push });
    this.#showLink();
  }

  // --- from the server -----------------------------------------------------------------------------------------

  /**
   * The server has understood: its reading is the experiment on the desk.
   * @param {any} head @param {Wanted} wanted @param {Options} options
   */
  accept(head, wanted, { push = false, keepErrors = false, step = "commit" } = {}) {
    const experiment = head.experiment;
    if (!keepErrors) clearErrors();
    this.given.understood(experiment);
    if (step === "commit") this.workbench.commit(experiment);
    else this.workbench.adopt(experiment);
    const became = wanted.shape && experiment.initialization === "explicit" && wanted.experiment.initialization !== "explicit";
    element("notice-start").textContent = became ? text("start.became_own") : "";
    this.wanted = { experiment, shape: null };
    const address = this.address(experiment);
    this.#write(experiment, { push: push && address !== this.pushed });
    this.pushed = address;
    this.start = { weights: head.weights, biases: head.biases };
    if (head.points) this.head = head;
    afterPaint(() => {
      this.controls.showRows(head.points?.length ?? 4);
      this.controls.show(this.wanted.experiment);
      this.showStart(head);
      this.showHistory();
      this.#showLink();
      for (const watcher of this.watchers) watcher(head);
    });
  }

  /**
   * Something was wrong. A link opens all the same, with the defaults in place of what was wrong.
   * @param {any[]} problems @param {Wanted} wanted @param {Options} options
   */
  refused(problems, wanted, { push = false, fallBack = false, keepErrors = false, step = "commit" } = {}) {
    showErrors(problems, { more: keepErrors });
    this.say("run.refused");
    document.documentElement.dataset.run = "refused";
    if (!fallBack) {
      this.wanted = { experiment: this.workbench.experiment, shape: null };
      this.#write(this.workbench.experiment);
      for (const watcher of this.watchers) watcher(null);
      return;
    }
    const wrong = new Set(problems.map((problem) => problem.field.split(".")[0]));
    const names = Object.keys(configuration.defaults);
    const kept = names.filter((name) => name in wanted.experiment && !wrong.has(name));
    const repaired = { ...configuration.defaults, ...Object.fromEntries(kept.map((name) => [name, wanted.experiment[name]])) };
    const hopeless = fallBack === "last";
    this.open(hopeless ? configuration.defaults : repaired, { push, step, keepErrors: true, fallBack: hopeless ? false : "last" });
  }

  /** Where training starts now, for the sliders. */
  showStart(head) {
    this.start = { weights: head.weights, biases: head.biases };
    const { features, hidden_layer_sizes } = head.experiment;
    const shape = JSON.stringify({ features, hidden_layer_sizes });
    if (this.shape !== undefined && shape !== this.shape) {
      window.dash_clientside.set_props("start-shape", { data: { features, hidden_layer_sizes } });
    }
    this.shape = shape;
    this.controls.showStart(head.weights, head.biases);
  }

  // --- to the eye ----------------------------------------------------------------------------------------------

  showHistory() {
    element("undo").disabled = this.workbench.past.length === 0;
    element("redo").disabled = this.workbench.future.length === 0;
  }

  #showLink() {
    const { address, kept, length } = this.#link(this.workbench.experiment);
    showLink(address, kept, length);
  }

  /** How the work stands, where the page in sight says it. */
  say(key, values) {
    for (const line of document.querySelectorAll(".run-state")) line.textContent = text(key, values);
  }
}

/** The body of a request: the experiment, its change of shape if there is one, and what to look at. */
export function requestOf({ experiment, shape }, view) {
  return { experiment, view, ...(shape && { reshape: shape }) };
}

/** Do what can wait once the picture is on the screen: Dash takes its time to redraw controls. */
export function afterPaint(action) {
  requestAnimationFrame(() => setTimeout(action));
}
