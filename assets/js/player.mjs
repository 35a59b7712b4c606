// The player owns time. It stands on frames, and says which one is to be seen; it paints nothing itself.

const WHOLE_RUN_SECONDS = 3;
const FEWEST_A_SECOND = 10; // frames, of a run that has few

/** @typedef {"playing" | "paused" | "ended"} State */

export class Player {
  /** @param {{show: (index: number) => void, changed: () => void}} listener */
  constructor(listener) {
    this.listener = listener;
    this.recording = null;
    this.position = 0; // in frames, with a fraction while playing
    /** @type {State} */
    this.state = "ended";
    this.speed = 1;
    this.loop = false;
    this.wantedEpoch = null; // an epoch to stand at once its frame has arrived
    this.last = null;
    this.held = false; // time stands still while a slider is dragged
    requestAnimationFrame((now) => this.#tick(now));
  }

  /** Stop or release time, without a change of state. */
  hold(held) {
    this.held = held;
    this.last = null;
  }

  get index() {
    return Math.floor(this.position);
  }

  get epoch() {
    return this.recording?.frames[this.index]?.epoch ?? 0;
  }

  /** Take a run's first frames; play it from the start, or stand where the last one stood. */
  load(recording, { replay, epoch }) {
    this.recording = recording;
    this.last = null;
    if (replay) {
      this.wantedEpoch = null;
      this.position = 0;
      this.state = "playing";
      this.#show();
    } else {
      this.wantedEpoch = Math.min(epoch, recording.lastEpoch);
      this.state = this.state === "paused" ? "paused" : "ended";
      this.arrived();
    }
    this.listener.changed();
  }

  /** Frames have come in: go to the epoch that is waited for, if it is among them. */
  arrived() {
    if (this.wantedEpoch !== null) {
      const index = this.recording.indexAt(this.wantedEpoch);
      const next = this.recording.frames[index + 1];
      const complete = this.recording.frames.length === this.recording.expected;
      if (index >= 0 && (next || complete || this.recording.frames[index].epoch === this.wantedEpoch)) {
        this.wantedEpoch = null;
        this.position = index;
        this.#show();
      }
    }
    this.listener.changed();
  }

  toggle() {
    if (!this.recording) return;
    if (this.state === "playing") this.pause();
    else this.play();
  }

  play() {
    if (this.index >= this.recording.expected - 1) this.position = 0;
    this.wantedEpoch = null;
    this.state = "playing";
    this.last = null;
    this.listener.changed();
  }

  pause() {
    this.state = "paused";
    this.position = this.index;
    this.#show();
    this.listener.changed();
  }

  /** Stand on a frame; the last one counts as the end. */
  seek(index) {
    if (!this.recording?.frames.length) return;
    this.wantedEpoch = null;
    this.position = Math.max(0, Math.min(index, this.recording.frames.length - 1));
    this.state = this.index === this.recording.expected - 1 ? "ended" : "paused";
    this.#show();
    this.listener.changed();
  }

  step(by) {
    this.seek(this.index + by);
  }

  toStart() {
    this.seek(0);
  }

  /** To the last frame, now or as soon as it is there. */
  toEnd() {
    if (!this.recording) return;
    if (this.recording.frames.length === this.recording.expected) this.seek(this.recording.expected - 1);
    else {
      this.state = "ended";
      this.wantedEpoch = this.recording.lastEpoch;
      this.listener.changed();
    }
  }

  #tick(now) {
    requestAnimationFrame((later) => this.#tick(later));
    if (this.state !== "playing" || this.held || !this.recording) return;
    const seconds = this.last === null ? 0 : Math.min(0.25, (now - this.last) / 1000);
    this.last = now;
    const before = this.index;
    const frames = this.recording.expected - 1;
    const edge = this.recording.frames.length - 1; // time waits at what has arrived
    this.position = Math.min(edge, this.position + seconds * this.speed * Math.max(frames / WHOLE_RUN_SECONDS, FEWEST_A_SECOND));
    if (this.index !== before) this.#show();
    if (this.index >= frames) this.#end();
  }

  #end() {
    if (this.loop && this.recording.expected > 1) {
      this.position = 0;
      return;
    }
    this.state = "ended";
    this.position = this.index;
    this.#show();
    this.listener.changed();
  }

  #show() {
    if (this.recording?.frames[this.index]) this.listener.show(this.index);
  }
}
