// The lab at work: controls -> experiment -> run -> player -> views. Each of them knows nothing of the others; here they
// are introduced.

import { changed, described, turned } from "./changes.mjs";
import { configuration, element, text } from "./configuration.mjs";
import { Controls } from "./controls.mjs";
import { banner, clearErrors, showErrors } from "./errors.mjs";
import { hashOf, shareable } from "./link.mjs";
import { Player } from "./player.mjs";
import { Questions } from "./questions.mjs";
import { Recording } from "./recording.mjs";
import { RunClient } from "./run_client.mjs";
import { Stage } from "./views/stage.mjs";
import { changes, Workbench } from "./workbench.mjs";

const FULL_VIEW = {};

export class Lab {
  constructor() {
    this.client = new RunClient();
    this.questions = new Questions(
      () => ({ recording: this.stage.recording, index: this.stage.index }),
      (point) => this.stage.boundary.mark(point),
    );
    this.stage = new Stage((point) => this.questions.choose(point));
    this.player = new Player({ show: (index) => this.show(index), changed: () => this.showPlayer() });
    this.workbench = new Workbench(configuration.defaults);
    this.wanted = { experiment: configuration.defaults, shape: null };
    this.start = { weights: [], biases: [] };
    this.before = null; // the run before, to compare with
    this.held = undefined; // the epoch held while a slider is dragged; null is the end
    this.controls = new Controls({
      drag: (setting, value) => this.drag(setting, value),
      set: (setting, value) => this.set(setting, value),
    });
  }

  // --- from the controls ---------------------------------------------------------------------------------------

  /** A slider moves: show the held epoch of the run it would give. */
  drag(setting, value) {
    if (this.held === undefined) {
      this.held = this.player.state === "paused" ? this.player.epoch : null;
      this.player.hold(true);
    }
    const wanted = this.#changed(setting, value);
    const last = wanted.experiment.epochs;
    const view = { epoch: this.held === null ? last : Math.min(this.held, last), exact: false };
    history.replaceState(null, "", address(wanted.experiment));
    this.client.preview(requestOf(wanted, view), this.#previewing());
  }

  /** A control has its value: run it all. */
  set(setting, value) {
    this.#run(this.#changed(setting, value), { push: true });
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

  // --- runs ----------------------------------------------------------------------------------------------------

  #run(wanted, { push = false, fallBack = false, keepErrors = false, step = "commit" } = {}) {
    const epoch = this.held ?? this.player.epoch;
    const atEnd = this.held === null || this.player.state === "ended";
    this.held = undefined; // but a player that was held stays so until there is a new run to play
    this.wanted = wanted;
    this.#say("run.waiting");
    this.stage.surface.skip();
    let recording = null;
    this.client.run(requestOf(wanted, FULL_VIEW), {
      head: (head) => {
        recording = new Recording(head);
        if (!keepErrors) clearErrors();
        this.#accept(head, wanted, { push, step });
      },
      frame: (frame) => {
        recording.add(frame);
        if (recording.frames.length === 1) this.#begin(recording, { epoch, atEnd });
        else this.player.arrived();
        this.stage.cost.grow();
      },
      tail: (tail) => {
        recording.tail = tail;
        this.stage.cost.grow();
        this.#say(`run.${tail.reason}`);
        if (this.player.state !== "playing" && this.player.index === recording.frames.length - 1) this.stage.repaint();
        afterPaint(() => (document.documentElement.dataset.run = tail.reason));
      },
      refused: (problems) => this.#refused(problems, wanted, { push, fallBack, step }),
      busy: () => this.#say("run.busy"),
      lost: () => {
        this.player.hold(false);
        this.#say("run.lost");
        banner(text("run.lost_more"));
      },
    });
    document.documentElement.dataset.run = "under way";
  }

  #begin(recording, { epoch, atEnd }) {
    const shown = this.player.recording;
    if (shown && changes(shown.experiment, recording.experiment).length > 0) {
      this.before = { costs: shown.costs.slice(0, shown.costCount), name: described(shown.experiment, recording.experiment) };
    }
    this.stage.begin(recording, this.before);
    const replay = element("replay").checked && this.player.state !== "paused";
    this.player.hold(false);
    this.player.load(recording, { replay, epoch: atEnd ? recording.lastEpoch : epoch });
  }

  #previewing() {
    let recording = null;
    const shown = this.player.recording;
    return {
      head: (head) => {
        recording = new Recording(head);
        this.#showStart(head);
      },
      frame: (frame) => {
        recording.add(frame);
        const before = shown && { costs: shown.costs.slice(0, shown.costCount), name: described(shown.experiment, recording.experiment) };
        this.stage.begin(recording, before);
        this.stage.paint(recording, 0, false);
      },
      tail: () => {},
      refused: (problems) => showErrors(problems),
      busy: () => this.#say("run.busy"),
      lost: () => this.#say("run.lost"),
    };
  }

  /** The server has understood: its reading is the experiment on the page. */
  #accept(head, wanted, { push, step }) {
    const experiment = head.experiment;
    if (step === "commit") this.workbench.commit(experiment);
    else this.workbench.adopt(experiment);
    const became = wanted.shape && experiment.initialization === "explicit" && wanted.experiment.initialization !== "explicit";
    element("notice-start").textContent = became ? text("start.became_own") : "";
    this.wanted = { experiment, shape: null };
    if (push && address(experiment) !== location.pathname + location.search + this.pushed) {
      history.pushState(null, "", address(experiment));
    } else history.replaceState(null, "", address(experiment));
    this.pushed = hashOf(experiment);
    this.start = { weights: head.weights, biases: head.biases };
    afterPaint(() => {
      this.controls.show(this.wanted.experiment);
      this.#showStart(head);
      this.showHistory();
      this.#showLink();
    });
  }

  /** Something was wrong. A link opens all the same, with the defaults in place of what was wrong. */
  #refused(problems, wanted, { push, fallBack, step }) {
    showErrors(problems);
    this.#say("run.refused");
    document.documentElement.dataset.run = "refused";
    if (!fallBack) {
      this.player.hold(false);
      this.wanted = { experiment: this.workbench.experiment, shape: null };
      history.replaceState(null, "", address(this.workbench.experiment));
      return;
    }
    const wrong = new Set(problems.map((problem) => problem.field.split(".")[0]));
    const names = Object.keys(configuration.defaults);
    const kept = names.filter((name) => name in wanted.experiment && !wrong.has(name));
    const repaired = { ...configuration.defaults, ...Object.fromEntries(kept.map((name) => [name, wanted.experiment[name]])) };
    const hopeless = fallBack === "last";
    this.open(hopeless ? configuration.defaults : repaired, { push, step, keepErrors: true, fallBack: hopeless ? false : "last" });
  }

  #showStart(head) {
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

  show(index) {
    const atRest = this.player.state !== "playing";
    this.stage.paint(this.player.recording, index, atRest);
    this.questions.changed(atRest);
  }

  showPlayer() {
    const { recording, state } = this.player;
    const playing = state === "playing";
    const button = element("play");
    button.classList.toggle("playing", playing);
    button.setAttribute("aria-label", text(playing ? "player.pause" : "player.play"));
    button.title = button.getAttribute("aria-label");
    document.documentElement.dataset.player = state;
    if (!recording) return;
    element("scrub").max = Math.max(1, recording.expected - 1);
    element("arrived").style.width = `${(100 * recording.frames.length) / recording.expected}%`;
  }

  showHistory() {
    element("undo").disabled = this.workbench.past.length === 0;
    element("redo").disabled = this.workbench.future.length === 0;
  }

  #showLink() {
    const link = shareable(this.workbench.experiment);
    window.dash_clientside.set_props("link", { value: link ?? "" });
    element("copied").textContent = link ? "" : text("share.unknown");
  }

  #say(key) {
    element("run-state").textContent = text(key);
  }
}

function requestOf({ experiment, shape }, view) {
  return { experiment, view, ...(shape && { reshape: shape }) };
}

function address(experiment) {
  return location.pathname + location.search + hashOf(experiment);
}

/** Do what can wait once the picture is on the screen: Dash takes its time to redraw controls. */
function afterPaint(action) {
  requestAnimationFrame(() => setTimeout(action));
}
