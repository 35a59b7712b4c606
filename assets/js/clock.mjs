// The playback clock of runs: counts epochs, and has the views show the one that it has reached. Runs of different
// length end where they end.

const WHOLE_RUN_SECONDS = 3;
const FEWEST_A_SECOND = 10; // epochs, of a run that has few

/** @typedef {"playing" | "paused" | "ended"} State */

/**
 * What the clock must know of a run.
 * @typedef {{epochs: number[], expected: number, arrived: number, lastEpoch: number, has: (epoch: number) => boolean}} Run
 */

export class Clock {
  /** @type {Run[]} */
  runs = [];
  /** @type {State} */
  state = "ended";
  speed = 1;
  loop = false;
  /** @type {number | null} an epoch to stand at as soon as it is here */
  wantedEpoch = null;
  #position = 0; // in epochs, with a fraction while playing
  /** @type {number | null} */
  #before = null; // when time was looked at last
  held = false; // time stands still, without a change of state
  #ticking = false; // a look at the time is asked for: a page at rest asks for none
  #unseen = false; // whether the epoch it stands at has not been shown since other runs were taken on
  #listener;

  /** @param {{show: (epoch: number, atRest: boolean) => void, changed: () => void}} listener */
  constructor(listener) {
    this.#listener = listener;
  }

  /** Where time is, in epochs, with a fraction while it plays. */
  get position() {
    return this.#position;
  }

  /** Completed epochs. */
  get epoch() {
    return Math.floor(this.#position);
  }

  /** The last epoch of the longest run. */
  get last() {
    return Math.max(0, ...this.runs.map((run) => run.lastEpoch));
  }

  /** How far time can go: to what has arrived of every run. */
  get edge() {
    const edges = this.runs.filter((run) => run.arrived < run.expected).map((run) => run.epochs[Math.max(0, run.arrived - 1)]);
    return Math.min(this.last, ...edges);
  }

  /** Stop or release time, without a change of state. @param {boolean} held */
  hold(held) {
    this.held = held;
    this.#before = null;
    this.#goOn();
  }

  /**
   * Take on other runs: play them from the start, or stand at an epoch.
   * @param {Run[]} runs
   * @param {{replay?: boolean, epoch?: number}} [options] the end, if no epoch is named
   */
  load(runs, { replay = false, epoch = Infinity } = {}) {
    this.runs = runs;
    this.#before = null;
    if (replay) {
      this.wantedEpoch = null;
      this.#position = 0;
      this.state = "playing";
      this.#unseen = true;
      this.arrived();
      this.#goOn();
    } else this.seek(Math.min(epoch, this.last));
  }

  /** More of the runs is here: go to the epoch that is waited for, if it is; and the end may be nearer than was thought. */
  arrived() {
    const wanted = this.wantedEpoch === null ? null : Math.min(this.wantedEpoch, this.last);
    if (wanted !== null && this.#here(wanted)) this.#stand(wanted);
    else if (this.#position > this.last) this.#stand(this.last);
    else if (this.#unseen && this.#here(this.epoch)) this.#show();
    this.#listener.changed();
  }

  toggle() {
    if (this.state === "playing") this.pause();
    else this.play();
  }

  play() {
    if (this.runs.length === 0) return;
    if (this.epoch >= this.last) this.#position = 0;
    this.wantedEpoch = null;
    this.state = "playing";
    this.#before = null;
    this.#goOn();
    this.#listener.changed();
  }

  pause() {
    this.state = "paused";
    this.#position = this.epoch;
    this.#show();
    this.#listener.changed();
  }

  /** Stand at an epoch, now or as soon as it is here; the last one is the end. @param {number} epoch */
  seek(epoch) {
    if (this.runs.length === 0) return;
    const wanted = Math.max(0, Math.min(epoch, this.last));
    this.state = wanted === this.last ? "ended" : "paused";
    if (this.#here(wanted)) this.#stand(wanted);
    else this.wantedEpoch = wanted;
    this.#listener.changed();
  }

  /** To the next epoch of which there is a network, or the one before. @param {1 | -1} by */
  step(by) {
    const all = this.runs.flatMap((run) => run.epochs);
    const others = all.filter((epoch) => (by > 0 ? epoch > this.epoch : epoch < this.epoch));
    if (others.length) this.seek(by > 0 ? Math.min(...others) : Math.max(...others));
  }

  toStart() {
    this.seek(0);
  }

  toEnd() {
    this.seek(this.last);
  }

  /** Whether every run has the network of an epoch, or has ended before it. @param {number} epoch */
  #here(epoch) {
    return this.runs.every((run) => run.has(Math.min(epoch, run.lastEpoch)));
  }

  /** @param {number} epoch */
  #stand(epoch) {
    this.wantedEpoch = null;
    this.#position = epoch;
    this.#show();
  }

  get #moves() {
    return this.state === "playing" && !this.held && this.runs.length > 0;
  }

  /** Look at the time with the next frame, if time moves. */
  #goOn() {
    if (this.#ticking || !this.#moves) return;
    this.#ticking = true;
    requestAnimationFrame((now) => {
      this.#ticking = false;
      if (this.#moves) this.#tick(now);
      this.#goOn();
    });
  }

  /** @param {number} now milliseconds */
  #tick(now) {
    const seconds = this.#before === null ? 0 : Math.min(0.25, (now - this.#before) / 1000);
    this.#before = now;
    if (this.#position >= this.last) this.#position = 0; // of a loop: the end has been seen
    const before = this.epoch;
    const pace = Math.max(this.last / WHOLE_RUN_SECONDS, FEWEST_A_SECOND);
    this.#position = Math.min(this.edge, this.#position + seconds * this.speed * pace);
    if (this.#position >= this.last) this.#end();
    else if (this.epoch !== before) this.#show();
  }

  #end() {
    if (!this.loop || this.last === 0) this.state = "ended";
    this.#stand(this.last);
    this.#listener.changed();
  }

  #show() {
    this.#unseen = false;
    this.#listener.show(this.epoch, this.state !== "playing");
  }
}
