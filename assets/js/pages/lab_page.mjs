// The Lab: one run, streamed, recorded, played, painted.

import { described } from "../changes.mjs";
import { configuration, element, text } from "../configuration.mjs";
import { afterPaint, requestOf } from "../desk.mjs";
import { banner, explain, showErrors } from "../errors.mjs";
import { OwnData } from "../own_data/own_data.mjs";
import { Player } from "../player.mjs";
import { Questions } from "../questions.mjs";
import { Recording } from "../recording.mjs";
import { RunReader } from "../streams/run_format.mjs";
import { StreamClient } from "../streams/stream_client.mjs";
import { Stage } from "../views/stage.mjs";
import { changes, same } from "../workbench.mjs";

export class LabPage {
  /** @type {((recording: Recording, index: number, atRest: boolean) => void)[]} told of every frame that is shown */
  watchers = [];

  /** @param {import("../desk.mjs").Desk} desk */
  constructor(desk) {
    this.desk = desk;
    this.client = new StreamClient(configuration.paths.run, RunReader);
    this.questions = new Questions(
      () => ({ recording: this.stage.recording, index: this.stage.index }),
      (point) => this.stage.boundary.mark(point),
    );
    this.ownData = new OwnData(desk, () => this.stage);
    this.stage = new Stage({
      chosen: (point) => this.ownData.tap(point) || this.questions.choose(point),
      unfolded: () => this.lookCloser(),
      set: (setting, value) => desk.set(setting, value),
      wanted: () => desk.wanted,
    });
    element("boundary-picture").addEventListener("viewed", () => desk.viewed());
    this.player = new Player({ show: (index) => this.show(index), changed: () => this.showPlayer() });
    this.before = null; // the run before, to compare with
    this.held = undefined; // the epoch held while a slider is dragged; null is the end
  }

  /** What is looked at beside the experiment, where it is not as at first. */
  view() {
    const looks = [["tests", "0", !element("boundary-tests").checked], ["classes", "1", element("boundary-classes").checked]];
    return Object.fromEntries(looks.filter(([, , other]) => other).map(([name, value]) => [name, value]));
  }

  theme() {
    this.stage.theme();
  }

  enter(view) {
    if (view) {
      for (const [id, on] of [["tests", view.tests !== "0"], ["classes", view.classes === "1"]]) {
        const box = element(`boundary-${id}`);
        if (box.checked !== on) box.click();
      }
    }
    this.stage.repaint();
  }

  /** The landscape has the same player; elsewhere nobody sees it go. */
  leave(next) {
    if (next !== "landscape" && this.player.state === "playing") this.player.toEnd();
  }

  shows(experiment) {
    const { recording } = this.player;
    return recording !== null && same(recording.experiment, experiment);
  }

  done() {
    return Boolean(this.player.recording?.tail);
  }

  /** The landscape shows the same run. */
  get #inSight() {
    return ["lab", "landscape"].includes(this.desk.pageName);
  }

  /** Show the held epoch of the run that a slider would give. */
  follow(wanted) {
    if (this.held === undefined) {
      this.held = this.player.state === "paused" ? this.player.epoch : null;
      this.player.hold(true);
    }
    const last = wanted.experiment.epochs;
    const view = { ...this.stage.wants(), epoch: this.held === null ? last : Math.min(this.held, last), exact: false };
    this.client.preview(requestOf(wanted, view), this.#following());
  }

  run(wanted, options) {
    const epoch = this.held ?? this.player.epoch;
    const atEnd = this.held === null || this.player.state === "ended";
    this.held = undefined; // but a player that was held stays so until there is a new run to play
    this.stage.surface.skip();
    let recording = null;
    this.client.run(requestOf(wanted, this.stage.wants()), {
      head: (head) => {
        recording = new Recording(head);
        this.desk.accept(head, wanted, options);
      },
      frame: (frame) => {
        recording.add(frame);
        if (recording.frames.length === 1) this.#begin(recording, { epoch, atEnd });
        else this.player.arrived();
        this.stage.grow();
      },
      units: (units) => this.#more(recording, { units }),
      hidden: (hidden) => this.#more(recording, { hidden }),
      tail: (tail) => {
        recording.tail = tail;
        this.player.arrived();
        this.stage.grow();
        if (this.#inSight) this.desk.say(`run.${tail.reason}`, { epoch: tail.epoch });
        explain(tail.reason === "diverged" ? text("run.diverged_more", { epoch: tail.epoch }) : "");
        if (this.player.state !== "playing" && this.player.index === recording.frames.length - 1) this.stage.repaint();
        afterPaint(() => this.#inSight && (document.documentElement.dataset.run = tail.reason));
      },
      refused: (problems) => {
        if (!options.fallBack) this.player.hold(false);
        this.desk.refused(problems, wanted, options);
      },
      busy: () => this.desk.say("run.busy"),
      lost: () => {
        this.player.hold(false);
        this.desk.say("run.lost");
        banner(text("run.lost_more"));
      },
    });
  }

  /** What came after a frame belongs to it; if it is the one in sight, it is painted now. */
  #more(recording, part) {
    Object.assign(recording.frames.at(-1), part);
    if (recording === this.stage.recording && this.stage.index === recording.frames.length - 1) this.stage.paintMore();
  }

  /** A view was unfolded that wants more than this run brought: train it again, as it is, and stand where it stood. */
  lookCloser() {
    const { recording } = this.player;
    if (!recording || recording.covers(this.stage.wants())) return;
    if (this.player.state === "playing") this.player.pause();
    this.run({ experiment: recording.experiment, shape: null }, { step: "adopt", keepErrors: true });
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

  #following() {
    let recording = null;
    const shown = this.player.recording;
    return {
      head: (head) => {
        recording = new Recording(head);
        this.desk.showStart(head);
      },
      units: (units) => this.#more(recording, { units }),
      hidden: (hidden) => this.#more(recording, { hidden }),
      frame: (frame) => {
        recording.add(frame);
        const before = shown && { costs: shown.costs.slice(0, shown.costCount), name: described(shown.experiment, recording.experiment) };
        this.stage.begin(recording, before);
        this.stage.paint(recording, 0, false);
        this.#tell(recording, 0, false);
      },
      refused: (problems) => showErrors(problems),
      busy: () => this.desk.say("run.busy"),
      lost: () => this.desk.say("run.lost"),
    };
  }

  show(index) {
    const atRest = this.player.state !== "playing";
    this.stage.paint(this.player.recording, index, atRest);
    this.questions.changed(atRest);
    this.#tell(this.player.recording, index, atRest);
  }

  #tell(recording, index, atRest) {
    for (const watcher of this.watchers) watcher(recording, index, atRest);
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
}
