// The desk: the one experiment that every page looks at, its controls, its undo, its link, what is wrong with it.
// Pages train it and paint; the desk knows nothing of how.

import { changed, fittedWith, turned } from "./changes.mjs";
import { configuration, element, text } from "./configuration.mjs";
import { Controls } from "./controls.mjs";
import { clearErrors, showErrors } from "./errors.mjs";
import { hashOf, pathOf, shareable } from "./link.mjs";
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
    history.replaceState(null, "", this.address(wanted.experiment));
    this.page.follow(wanted);
  }

  /** A control has its value: train it all. */
  set(setting, value) {
    const wanted = this.#changed(setting, value);
    const beside = fittedWith(this.wanted.experiment, wanted.experiment, setting);
    element("notice-needs").textContent = beside ? text("changed.with", { change: beside }) : "";
    this.#run(wanted, { push: true });
  }

  #changed(setting, value) {
    const { experiment, shape } = this.wanted;
    return changed(experiment, shape, setting, value, this.start);
  }

  turnTarget(row) {
    this.#run({ ...this.wanted, experiment: turned(this.wanted.experiment, row) }, { push: true });
  }

  /** Show another experiment whole: from a link, a file, undo or reset. */
  open(experiment, options = {}) {
    this.#run({ experiment, shape: null }, options);
  }

  /** @param {Wanted} wanted @param {Options} options */
  #run(wanted, options) {
    this.wanted = wanted;
    this.say("run.waiting");
    document.documentElement.dataset.run = "under way";
    this.page.run(wanted, options);
  }

  // --- pages ---------------------------------------------------------------------------------------------------

  /**
   * Go to a page.
   * @param {string} name
   * @param {{push?: boolean, view?: Record<string, string>, experiment?: any} & Options} [options] what an address says is to
   *   be looked at, else the page looks where it did; and an experiment to open, if it is not the one on the desk
   */
  async go(name, { push = true, view, experiment, ...options } = {}) {
    const other = name !== this.pageName;
    if (other) {
      this.pages[this.pageName]?.leave(name);
      this.pageName = name;
      Object.assign(document.documentElement.dataset, { page: name, run: "under way" });
      for (const link of document.querySelectorAll("[data-page-link]")) {
        if (link.dataset.pageLink === name) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
      }
      if (push) history.pushState(null, "", pathOf(name) + location.search + hashOf(experiment ?? this.workbench.experiment, this.page.view()));
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
    return pathOf(this.pageName) + location.search + hashOf(experiment, this.page.view());
  }

  /** The page's view has changed: the link follows. */
  viewed({ push = false } = {}) {
    const address = this.address(this.workbench.experiment);
    if (address === location.pathname + location.search + location.hash) return;
    if (push) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
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
    if (step === "commit") this.workbench.commit(experiment);
    else this.workbench.adopt(experiment);
    const became = wanted.shape && experiment.initialization === "explicit" && wanted.experiment.initialization !== "explicit";
    element("notice-start").textContent = became ? text("start.became_own") : "";
    this.wanted = { experiment, shape: null };
    const address = this.address(experiment);
    if (push && address !== this.pushed) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
    this.pushed = address;
    this.start = { weights: head.weights, biases: head.biases };
    afterPaint(() => {
      this.controls.showRows(head.points?.length ?? 4);
      this.controls.show(this.wanted.experiment);
      this.showStart(head);
      this.showHistory();
      this.#showLink();
    });
  }

  /**
   * Something was wrong. A link opens all the same, with the defaults in place of what was wrong.
   * @param {any[]} problems @param {Wanted} wanted @param {Options} options
   */
  refused(problems, wanted, { push = false, fallBack = false, step = "commit" } = {}) {
    showErrors(problems);
    this.say("run.refused");
    document.documentElement.dataset.run = "refused";
    if (!fallBack) {
      this.wanted = { experiment: this.workbench.experiment, shape: null };
      history.replaceState(null, "", this.address(this.workbench.experiment));
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
    const link = shareable(this.address(this.workbench.experiment));
    window.dash_clientside.set_props("link", { value: link ?? "" });
    element("copied").textContent = link ? "" : text("share.unknown");
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
