// The workspace holds the one experiment that all pages share, with its controls, undo history, link and errors. Pages train the
// experiment and draw the results; the workspace does not know how.

import { changed, fittedWith, turned } from "./experiment_changes.mjs";
import { configuration, element, text } from "./configuration.mjs";
import { Controls } from "./controls.mjs";
import { clearErrors, isTooMuch, showErrors } from "./errors.mjs";
import { InitializationMemory } from "./initialization_memory.mjs";
import { showTitle } from "./page_title.mjs";
import { PageStatus } from "./page_status.mjs";
import { linkOf, longTextsOf, pathOf } from "./sharing/link.mjs";
import { showLink } from "./sharing/link_field.mjs";
import { prepare } from "./sharing/packed_values.mjs";
import { nameOf } from "./sharing/task_format.mjs";
import { ActiveTask } from "./sharing/active_task.mjs";
import { same, UndoHistory } from "./undo_history.mjs";

/**
 * An experiment that is wanted, and a change of shape under way, which the server will carry out; with the rule that its start came
 * from, if it is explicit by changes of shape alone.
 * @typedef {{experiment: any, shape: {features: string[], hidden_layer_sizes: number[]} | null, rule?: string | null}} Wanted
 * @typedef {{push?: boolean, fallBack?: false | "first" | "last", keepErrors?: boolean, step?: "commit" | "adopt", whole?: boolean,
 *            expected?: import("./pages/expected_outcome.mjs").Expected | null}} Options ``expected`` is what another page said of the run
 *
 * What a page does: ``follow`` while a slider is dragged, ``run`` when it is let go, ``enter`` and ``leave`` as it comes
 * into sight and goes; ``shows`` says whether it has an experiment already or on the way, ``ended`` how it ended, once all of it has
 * come; ``view`` is what its link holds beside it; ``showStart`` shows the network of a run that is too much to be trained.
 * @typedef {{follow: (wanted: Wanted) => void, run: (wanted: Wanted, options: Options) => void,
 *            enter: (view?: Record<string, string>) => void | Promise<void>, leave: (seen: boolean) => void, showsRun: boolean,
 *            shows: (experiment: any) => boolean, ended: () => {reason: string, epoch: number} | null, theme: () => void, view: () => Record<string, string>,
 *            showStart?: (wanted: Wanted) => void}} Page
 */

export class Workspace {
  /** @type {Record<string, Page>} */
  pages = {};
  /** @type {string | null} */
  pageName = null;
  #entering = false; // the page in sight is not all there yet
  /** @type {Options | null} of what was asked meanwhile, which waits for the page */
  #waiting = null;
  /** @type {Set<string>} pages that were out of sight when the theme changed */
  #stale = new Set();

  constructor() {
    this.history = new UndoHistory(configuration.defaults);
    /** @type {Wanted} */
    this.wanted = { experiment: configuration.defaults, shape: null };
    /** @type {import("./start_sliders.mjs").Start} */
    this.start = { weights: [], biases: [] };
    this.pushed = ""; // the address that was written as a step last
    this.activeTask = new ActiveTask();
    this.origins = new InitializationMemory();
    this.state = new PageStatus();
    /** @type {import("./recording.mjs").Head | null} the last that had points */
    this.head = null;
    /** @type {((head: any) => void)[]} told of every experiment that was understood, by its head, or refused: null */
    this.watchers = [];
    this.controls = new Controls({
      drag: (setting, value) => this.drag(setting, value),
      set: (setting, value) => this.set(setting, value),
    });
  }

  /** @returns {Page} the page in sight */
  get page() {
    return this.pages[this.pageName ?? ""];
  }

  // --- from the controls ---------------------------------------------------------------------------------------

  /** A slider is being dragged: the page shows what it would give. @param {string} setting @param {any} value */
  drag(setting, value) {
    const wanted = this.#changed(setting, value);
    if (this.#forbidden(wanted, { asked: setting })) return;
    if (!this.#entering) this.page.follow(wanted);
  }

  /** A control has its value: train it all. @param {string} setting @param {any} value */
  set(setting, value) {
    const wanted = this.#changed(setting, value);
    if (this.#forbidden(wanted, { asked: setting })) return;
    const beside = fittedWith(this.wanted.experiment, wanted.experiment, setting);
    element("notice-needs").textContent = beside ? text("changed.with", { change: beside }) : "";
    this.#run(wanted, { push: true });
  }

  /** @param {string} setting @param {any} value */
  #changed(setting, value) {
    const { experiment, shape } = this.wanted;
    const wanted = changed(experiment, shape, setting, value, this);
    return wanted.shape ? { ...wanted, rule: this.origins.of(wanted.experiment) } : wanted;
  }

  /** @param {number} row */
  turnTarget(row) {
    const wanted = { ...this.wanted, experiment: turned(this.wanted.experiment, row) };
    if (!this.#forbidden(wanted, { asked: "targets" })) this.#run(wanted, { push: true });
  }

  /**
   * Show another experiment whole: from a link, a file, undo or reset.
   * @param {any} experiment
   * @param {Options} [options]
   * @returns {boolean} whether a task allows it
   */
  open(experiment, options = {}) {
    const wanted = { experiment, shape: null };
    if (this.#forbidden(wanted, this.#by(options))) return false;
    this.#run(wanted, { ...options, whole: true });
    return true;
  }

  /** Whether a change is on its way: wanted, and not yet understood. */
  get inFlight() {
    const { experiment, shape } = this.wanted;
    return shape !== null || !same(experiment, this.history.experiment);
  }

  /** One step back: the change that is on its way, if there is one. */
  undo() {
    const { experiment } = this.history;
    const back = { push: true, step: /** @type {const} */ ("adopt") };
    if (this.inFlight) this.open(experiment, back);
    else if (this.history.undo() && !this.open(this.history.experiment, back)) this.history.redo();
  }

  /** One step forward; a change that is on its way leaves none. */
  redo() {
    if (!this.inFlight && this.history.redo() && !this.open(this.history.experiment, { push: true, step: "adopt" })) this.history.undo();
  }

  /** @param {Wanted} wanted @param {Options} options */
  #run(wanted, options) {
    this.wanted = wanted;
    this.state.is("under way", "run.waiting");
    this.showHistory();
    if (this.#entering) {
      this.#waiting = options;
      return;
    }
    const run = () => this.wanted === wanted && this.page.run(wanted, options);
    const packing = prepare(longTextsOf(wanted.experiment, this.activeTask));
    if (packing) packing.then(run, (error) => (reportError(error), run())); // it goes on with a longer link
    else run();
  }

  // --- a task --------------------------------------------------------------------------------------------------

  /**
   * Take on the task that a link, a file or a teacher brings, or none; a step back never leads into one or out of it.
   * @param {import("./sharing/task_format.mjs").Task | null} task
   * @param {any} experiment that came with it
   * @param {Record<string, any>} [changed] what the task had where the student has changed it
   * @returns {Options} how its experiment is to be opened then
   */
  give(task, experiment, changed) {
    if (!this.activeTask.open(task, experiment, changed)) return { fallBack: "first" };
    Object.assign(this.history, { past: [], future: [] });
    this.showHistory();
    return { fallBack: "first", step: "adopt" };
  }

  /**
   * Whether the task stands against a change. Then the page says so, and shows what it has.
   * @param {Wanted} wanted @param {{asked?: string, shown?: any, linked?: boolean}} by
   */
  #forbidden(wanted, by) {
    const setting = this.activeTask.against(wanted, by);
    if (setting === null) return false;
    this.activeTask.say(text("task.fixed", { name: nameOf(setting) }));
    this.controls.show(this.wanted.experiment);
    this.controls.showStart(this.start);
    for (const watcher of this.watchers) watcher(null);
    return true;
  }

  /**
   * What puts another experiment in the place of the present one: a link, a step back, or something from elsewhere.
   * @param {Options} options
   */
  #by({ fallBack, step }) {
    if (fallBack !== undefined) return { linked: true };
    return step === "adopt" ? {} : { shown: this.history.experiment };
  }

  // --- pages ---------------------------------------------------------------------------------------------------

  /**
   * Go to a page.
   * @param {string} name
   * @param {{push?: boolean, view?: Record<string, string>, experiment?: any} & Options} [options] what an address says is to
   *   be looked at, else the page looks where it did; and an experiment to open, if it is not the one in the workspace
   */
  async go(name, { push = true, view, experiment, ...options } = {}) {
    if (experiment && this.#forbidden({ experiment, shape: null }, this.#by(options))) return;
    const other = name !== this.pageName;
    if (other) {
      const goneTo = this.pageName !== null;
      this.page?.leave(this.pages[name].showsRun);
      this.pageName = name;
      document.documentElement.dataset.page = name;
      this.state.is("under way", "run.waiting");
      for (const link of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-page-link]"))) {
        if (link.dataset.pageLink === name) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
      }
      if (push) this.#write(experiment ?? this.history.experiment, { push });
      showTitle(name, { goneTo });
      dispatchEvent(new Event("resize"));
    }
    const wanted = experiment ?? this.history.experiment;
    const taken = this.inFlight && !experiment ? this.wanted : null; // a change that the page before has not been answered
    if (experiment) this.wanted = { experiment, shape: null }; // which a hand may be quick enough to change
    this.#entering = true;
    this.#waiting = null;
    if (this.#stale.delete(name)) this.page.theme();
    await this.page.enter(view);
    if (this.pageName !== name) return; // one has gone on meanwhile
    this.#entering = false;
    const { fallBack } = options;
    if (this.#waiting) this.#run(this.wanted, { fallBack, ...(/** @type {Options} */ (this.#waiting)) });
    else if (taken && taken === this.wanted) this.#run({ ...taken }, { push: true });
    else if (experiment || !this.page.shows(wanted)) this.open(wanted, { push: push && !other, ...options });
    else {
      const ended = this.page.ended();
      if (ended) this.state.is(ended.reason, `run.${ended.reason}`, { epoch: ended.epoch });
    }
  }

  /** The theme is another: the page in sight takes on its colours now, the others when they come into sight. */
  theme() {
    this.#stale = new Set(Object.keys(this.pages));
    if (this.pageName && this.#stale.delete(this.pageName)) this.page.theme();
  }

  /** The address of an experiment on the page in sight. @param {any} experiment */
  address(experiment) {
    return this.#link(experiment).address;
  }

  /** @param {any} experiment */
  #link(experiment) {
    const { hash, kept, length } = linkOf(experiment, this.page.view(), this.activeTask);
    const page = pathOf(this.pageName ?? "") + location.search;
    return { address: page + hash, kept, length: page.length + length };
  }

  /**
   * Put an experiment into the address; what does not fit there is kept beside it.
   * @param {any} experiment @param {{push?: boolean}} [options]
   */
  #write(experiment, { push = false } = {}) {
    const { address, kept } = this.#link(experiment);
    try {
      if (push) history.pushState(kept && { kept }, "", address);
      else history.replaceState(kept && { kept }, "", address);
    } catch (error) {
      console.warn(error); // some browsers allow only so many in a while; the next change writes it again
    }
  }

  /** The page's view has changed: the link follows. */
  viewed({ push = false } = {}) {
    const address = this.address(this.history.experiment);
    if (address === location.pathname + location.search + location.hash) return;
    this.#write(this.history.experiment, { push });
    this.#showLink();
  }

  // --- from the server -----------------------------------------------------------------------------------------

  /**
   * The server has understood: its reading is the experiment in the workspace.
   * @param {any} head @param {Wanted} wanted @param {Options} options
   */
  accept(head, wanted, { push = false, keepErrors = false, step = "commit" } = {}) {
    if (wanted !== this.wanted) return; // something newer is wanted, or another page is in sight
    const experiment = head.experiment;
    if (!keepErrors) clearErrors();
    this.activeTask.understood(experiment);
    if (step === "commit") this.history.commit(experiment);
    else this.history.adopt(experiment);
    if (wanted.shape) this.origins.reshaped(wanted.experiment, experiment);
    const became = wanted.shape && experiment.initialization === "explicit" && wanted.experiment.initialization !== "explicit";
    element("notice-start").textContent = became ? text("start.became_own") : "";
    this.wanted = { experiment, shape: null };
    const address = this.address(experiment);
    this.#write(experiment, { push: push && address !== this.pushed });
    this.pushed = address;
    this.start = { weights: head.weights, biases: head.biases };
    if (head.points) this.head = head;
    this.#show(head);
  }

  /**
   * Something was wrong. A link opens all the same, with the defaults in place of what was wrong.
   * @param {any[]} problems @param {Wanted} wanted @param {Options} options
   */
  refused(problems, wanted, options = {}) {
    if (wanted !== this.wanted) return;
    const { push = false, fallBack = false, keepErrors = false, step = "commit", whole = false } = options;
    showErrors(problems, { more: keepErrors, take: (setting, value) => this.#take(wanted, setting, value) });
    const tooLarge = whole && isTooMuch(problems);
    this.state.is("refused", tooLarge ? "run.not_run" : "run.refused");
    if (tooLarge) return this.#keep(wanted, options);
    if (!fallBack) {
      this.wanted = { experiment: this.history.experiment, shape: null };
      this.#write(this.history.experiment);
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

  /** What was refused, with a value that can be had. @param {Wanted} wanted @param {string} setting @param {number} value */
  #take(wanted, setting, value) {
    const nearest = { ...wanted, experiment: { ...wanted.experiment, [setting]: value } };
    if (!this.#forbidden(nearest, { asked: setting })) this.#run(nearest, { push: true });
  }

  /**
   * An experiment that was opened is right, and only too much to be trained: it stays in sight, with the network that it starts from.
   * @param {Wanted} wanted @param {Options} options
   */
  #keep({ experiment }, { push = false, step = "commit" }) {
    if (step === "commit") this.history.commit(experiment);
    else this.history.adopt(experiment);
    this.activeTask.understood(experiment);
    this.wanted = { experiment, shape: null };
    this.#write(experiment, { push });
    this.controls.show(experiment);
    this.showHistory();
    this.#showLink();
    this.page.showStart?.(this.wanted);
  }

  /** Where a run begins that cannot be trained. @param {any} head @param {Wanted} wanted */
  begun(head, wanted) {
    if (wanted !== this.wanted) return;
    this.#show(head);
    if (head.points) this.head = head;
  }

  /** @param {any} head of what is in the workspace */
  #show(head) {
    afterPaint(() => {
      this.controls.showRows(head.points?.length ?? 4);
      this.controls.show(this.wanted.experiment);
      this.showStart(head);
      this.showHistory();
      this.#showLink();
      for (const watcher of this.watchers) watcher(head);
    });
  }

  /** Where training starts now, for the sliders. @param {{weights: number[][][], biases: number[][], experiment: any}} head */
  showStart(head) {
    this.state.found();
    this.start = { weights: head.weights, biases: head.biases };
    this.controls.showStart(this.start);
  }

  // --- to the eye ----------------------------------------------------------------------------------------------

  showHistory() {
    element("undo").disabled = this.history.past.length === 0 && !this.inFlight;
    element("redo").disabled = this.history.future.length === 0 || this.inFlight;
  }

  #showLink() {
    const { address, kept, length } = this.#link(this.history.experiment);
    showLink(address, kept, length);
  }
}

/**
 * The body of a request: the experiment, its change of shape if there is one, and what to look at.
 * @param {Wanted} wanted @param {any} view
 */
export function requestOf({ experiment, shape, rule }, view) {
  return { experiment, view, ...(shape && { reshape: { ...shape, ...(rule && { rule }) } }) };
}

/** Do what can wait once the picture is on the screen: Dash takes its time to redraw controls. @param {() => void} action */
export function afterPaint(action) {
  requestAnimationFrame(() => setTimeout(action));
}
