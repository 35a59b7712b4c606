// The player: the clock's buttons, its slider, and the epoch that every view shows.

import { element, number, text } from "./configuration.mjs";
import { retryNow } from "./server/retry.mjs";

const KEPT = "nnlab.replay";

export class Player {
  #clock;

  /** @param {import("./clock.mjs").Clock} clock */
  constructor(clock) {
    this.#clock = clock;
    const buttons = {
      play: () => this.toggle(),
      "step-back": () => clock.step(-1),
      "step-forward": () => clock.step(1),
      "to-start": () => clock.toStart(),
      "to-end": () => clock.toEnd(),
    };
    for (const [id, action] of Object.entries(buttons)) element(id).addEventListener("click", action);
    element("scrub").addEventListener("input", () => clock.seek(Number(element("scrub").value)));
    element("speed").addEventListener("change", () => (clock.speed = Number(element("speed").value)));
    element("loop").addEventListener("change", () => (clock.loop = element("loop").checked));
    element("replay").addEventListener("change", () => localStorage.setItem(KEPT, String(this.replays)));
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const replay = !calm && localStorage.getItem(KEPT) !== "false";
    window.dash_clientside.set_props("replay", { value: replay });
    element("replay").checked = replay;
  }

  /** Play or pause; a server that is lost is asked at once. */
  toggle() {
    retryNow();
    this.#clock.toggle();
  }

  /** Whether a run is played from its beginning after a change. */
  get replays() {
    return element("replay").checked;
  }

  /**
   * The clock has moved. How the run ended is not how it stands here: before its end that is said.
   * @param {number} epoch @param {number} last that is to be trained @param {boolean} atEnd of what was trained
   */
  show(epoch, last, atEnd) {
    element("mid-run").hidden = atEnd;
    element("epoch").textContent = number(epoch, 15);
    element("last-epoch").textContent = `/ ${number(last, 15)}`;
    const scrub = element("scrub");
    scrub.max = Math.max(1, this.#clock.last); // a range cuts a value off that is beyond its present end
    scrub.value = epoch;
    scrub.setAttribute("aria-valuetext", text("player.at", { epoch, last }));
  }

  /** The clock is in another state, or more of the run has come. */
  changed() {
    const clock = this.#clock;
    const playing = clock.state === "playing";
    const button = element("play");
    button.classList.toggle("playing", playing);
    button.setAttribute("aria-label", text(playing ? "player.pause" : "player.play"));
    button.title = button.getAttribute("aria-label");
    document.documentElement.dataset.player = clock.state;
    element("scrub").max = Math.max(1, clock.last);
    const [run] = clock.runs;
    if (run) element("arrived").style.width = `${(100 * run.arrived) / run.expected}%`;
  }
}
