// The Lab: requests one run, records it, plays it and draws it.

import { described } from "../experiment_changes.mjs";
import { Clock } from "../clock.mjs";
import { configuration, element, text } from "../configuration.mjs";
import { afterPaint, requestOf } from "../workspace.mjs";
import { explain, showErrors } from "../errors.mjs";
import { Formulas } from "../formulas.mjs";
import { OwnData } from "../own_data/own_data.mjs";
import { Player } from "../player.mjs";
import { Recording } from "../recording.mjs";
import { RunReader } from "../server/run_format.mjs";
import { StreamClient } from "../server/stream_client.mjs";
import { RunViews } from "../views/run_views.mjs";
import { changes, same } from "../undo_history.mjs";
import { outcomeWords } from "./expected_outcome.mjs";

/**
 * @typedef {import("../workspace.mjs").Wanted} Wanted
 * @typedef {import("../workspace.mjs").Options} Options
 * @typedef {import("../recording.mjs").Frames} Frames
 */

export class LabPage {
  /** @type {((recording: Recording, index: number, atRest: boolean) => void)[]} told of every frame that is shown */
  watchers = [];
  showsRun = true;
  /** @type {import("../views/cost.mjs").Before | null} */
  #before = null; // the run before, to compare with
  /** @type {number | null} */
  #held = null; // the epoch held while a slider is dragged; the end is Infinity
  #asked = { understood: true }; // the newest run
  /** @type {Recording | null} the run that the player plays */
  recording = null;

  /** @param {import("../workspace.mjs").Workspace} workspace */
  constructor(workspace) {
    this.workspace = workspace;
    this.client = new StreamClient(configuration.paths.run, RunReader);
    this.views = new RunViews(element("views"), {
      chosen: (point) => this.ownData.tap(point) || this.views.choose(this.views.boundary.aimed(point)),
      optionChanged: () => workspace.viewed(),
      unfolded: () => this.loadMissing(),
      set: (setting, value) => workspace.set(setting, value),
      wanted: () => workspace.wanted,
      said: (words) => (element("words").textContent = words),
    });
    this.formulas = new Formulas(() => ({ recording: this.views.shown, index: this.views.index }), workspace.state);
    this.ownData = new OwnData(workspace, () => this.views);
    this.clock = new Clock({ show: (epoch, atRest) => this.#show(epoch, atRest), changed: () => this.player.changed() });
    this.player = new Player(this.clock);
  }

  /** What is looked at beside the experiment, where it is not as at first. */
  view() {
    const { boundary } = this.views;
    const options = [["tests", "0", !boundary.option("tests")], ["classes", "1", boundary.option("classes")]];
    return Object.fromEntries(options.filter(([, , other]) => other).map(([name, value]) => [name, value]));
  }

  theme() {
    this.views.theme();
  }

  /** @param {Record<string, string>} [view] */
  enter(view) {
    if (view) {
      this.views.boundary.setOption("tests", view.tests !== "0");
      this.views.boundary.setOption("classes", view.classes === "1");
    }
    this.views.repaint();
  }

  /** A page without the run's views does not show it playing, so it is put at its end. @param {boolean} seen whether the next page shows it */
  leave(seen) {
    if (seen) return;
    if (!this.#asked.understood) this.client.stop(); // the next page asks for what is wanted itself
    this.#held = null;
    this.clock.hold(false);
    if (this.clock.state === "playing") this.clock.toEnd();
  }

  /** @param {any} experiment */
  shows(experiment) {
    return this.recording !== null && same(this.recording.experiment, experiment);
  }

  ended() {
    return this.recording?.tail ?? null;
  }

  // --- asking --------------------------------------------------------------------------------------------------

  /** Show the held epoch of the run that a slider would give. @param {Wanted} wanted */
  follow(wanted) {
    if (this.#held === null) {
      this.#held = this.clock.state === "paused" ? this.clock.epoch : Infinity;
      this.clock.hold(true);
    }
    const view = { ...this.views.wants(), epoch: Math.min(this.#held, wanted.experiment.epochs) };
    this.#asked = { understood: false };
    this.client.preview(requestOf(wanted, view), this.#following());
  }

  /** @param {Wanted} wanted @param {Options} options */
  run(wanted, options) {
    const epoch = this.#held ?? (this.clock.state === "ended" ? Infinity : this.clock.epoch);
    this.#held = null; // but a clock that was held stays so until there is a new run to play
    this.views.surface.skip();
    /** @type {Recording} */
    let recording;
    const asked = { understood: false };
    this.#asked = asked; // of an older run nothing is said any more, nor on a page that shows none
    const told = () => asked === this.#asked && this.#inSight;
    this.client.run(requestOf(wanted, this.views.wants()), {
      head: (head) => {
        asked.understood = true;
        this.workspace.state.found();
        recording = new Recording(head);
        this.workspace.accept(head, wanted, options);
      },
      frames: (frames) => {
        const first = recording.parameters.length === 0;
        recording.add(frames);
        if (first) this.#begin(recording, epoch);
        else this.clock.arrived();
        this.views.grow();
      },
      tail: (tail) => {
        recording.end(tail);
        this.clock.arrived();
        this.views.grow();
        if (!told()) return;
        const why = tail.reason === "diverged" ? text("run.diverged_more", { epoch: tail.epoch }) : "";
        explain([why, options.expected ? outcomeWords(options.expected, tail) : ""].filter(Boolean).join(" "));
        afterPaint(() => told() && this.workspace.state.is(tail.reason, `run.${tail.reason}`, { epoch: tail.epoch }));
      },
      refused: (problems) => {
        if (!options.fallBack) this.clock.hold(false);
        this.workspace.refused(problems, wanted, options);
      },
      busy: () => told() && this.workspace.state.troubled("busy"),
      lost: () => {
        this.clock.hold(false);
        if (told()) this.workspace.state.troubled("lost");
      },
    });
  }

  /** Show the network that a run starts from which is too much to be trained. @param {Wanted} wanted */
  showStart(wanted) {
    this.recording = null;
    this.clock.load([]);
    const following = this.#following();
    this.client.run(requestOf(wanted, { ...this.views.wants(), epoch: 0 }), {
      ...following,
      head: (head) => {
        following.head(head);
        this.workspace.begun(head, wanted);
      },
    });
  }

  get #inSight() {
    return this.workspace.page.showsRun;
  }

  /** A view was unfolded that wants more than this run brought: train it again, as it is, and stand where it stood. */
  loadMissing() {
    if (!this.recording || this.recording.covers(this.views.wants())) return;
    if (this.clock.state === "playing") this.clock.pause();
    this.workspace.open(this.recording.experiment, { step: "adopt", keepErrors: true });
  }

  /** @param {Recording} recording @param {number} epoch */
  #begin(recording, epoch) {
    const shown = this.recording;
    const other = shown && changes(shown.experiment, recording.experiment).length > 0;
    if (other) this.#before = beforeOf(shown, recording);
    this.recording = recording;
    this.views.begin(recording, this.#before);
    this.clock.hold(false);
    this.clock.load([recording], { replay: this.player.replays && (other || !shown), epoch });
  }

  #following() {
    /** @type {Recording} */
    let recording;
    const shown = this.recording;
    return {
      head: (/** @type {import("../recording.mjs").Head} */ head) => {
        recording = new Recording(head);
        this.workspace.showStart(head);
      },
      frames: (/** @type {Frames} */ frames) => {
        recording.add(frames);
        this.views.begin(recording, shown && beforeOf(shown, recording));
        this.views.paint(recording, 0, false);
        this.views.surface.awaitPause();
        this.#told(recording, 0, false);
      },
      refused: (/** @type {import("../errors.mjs").Problem[]} */ problems) => showErrors(problems),
      busy: () => this.workspace.state.troubled("busy"),
      lost: () => this.workspace.state.troubled("lost"),
    };
  }

  /** Compare the next run with none. */
  forget() {
    this.#before = null;
  }

  // --- showing -------------------------------------------------------------------------------------------------

  /** @param {number} epoch @param {boolean} atRest */
  #show(epoch, atRest) {
    this.views.show(epoch, atRest);
    if (this.recording && this.views.shown === this.recording) this.#told(this.recording, this.views.index, atRest);
  }

  /** @param {Recording} recording @param {number} index @param {boolean} atRest */
  #told(recording, index, atRest) {
    const epoch = recording.epochs[index];
    const { epochs } = recording.experiment;
    const early = recording.tail && recording.tail.reason !== "completed" && epoch === recording.tail.epoch;
    this.player.show(epoch, epochs, epoch === epochs || Boolean(early));
    if (atRest) this.formulas.ask();
    for (const watcher of this.watchers) watcher(recording, index, atRest);
  }
}

/** A run that another takes the place of. @param {Recording} shown @param {Recording} recording */
function beforeOf(shown, recording) {
  return { costs: shown.costs.slice(0, shown.costCount), name: described(shown.experiment, recording.experiment) };
}
