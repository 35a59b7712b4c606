// Many starts: one experiment, a thousand seeds; how many succeed, how their costs spread and fall, what they learn.

import { configuration, element } from "../../configuration.mjs";
import { connectPictures, save } from "../../files.mjs";
import { graphOf, picture } from "../../views/plotly_graph.mjs";
import { LazyBody } from "../lazy_body.mjs";
import { endOf } from "../expected_outcome.mjs";
import { countAsked, ManyRequests } from "../many_requests.mjs";
import { CHARTS, colorCharts, paintFan, paintHistogram } from "./charts.mjs";
import { paintWall } from "./wall.mjs";
import { notice, paintWords } from "./words.mjs";

/** What the server says of many starts, first and last. @typedef {{head: any, tail: any}} Answer */

const DEFAULT_COUNT = String(configuration.views.starts.starts);
const FEWEST = configuration.fewest.starts;

export class StartsPage {
  #body;
  showsRun = false;
  /** @type {Answer | null} the answer on the page */
  shown = null;
  painted = 0;

  /** @param {import("../../workspace.mjs").Workspace} workspace */
  constructor(workspace) {
    this.workspace = workspace;
    this.#body = new LazyBody("starts", CHARTS, workspace.state, () => this.#connect());
    this.requests = new ManyRequests(workspace, configuration.paths.starts, {
      view: (starts) => ({ starts }),
      fewer: fewerThan,
      listener: (_, shrunk) => this.#listener(shrunk),
      progress: "starts.progress",
      refused: (problems) => {
        if (problems.some(({ field }) => field === "view.starts")) this.count = DEFAULT_COUNT;
      },
    });
    this.count = DEFAULT_COUNT;
  }

  /** @returns {Record<string, string>} */
  view() {
    return this.count === DEFAULT_COUNT ? {} : { starts: this.count };
  }

  /** @param {Record<string, string>} [view] */
  async enter(view) {
    if (view) this.count = view.starts ?? DEFAULT_COUNT;
    await this.#body.ready();
    if (element("starts-count").value !== this.count) window.dash_clientside.set_props("starts-count", { value: this.count });
  }

  leave() {
    this.requests.stop();
  }

  /** @param {any} experiment */
  shows(experiment) {
    return this.requests.shows(experiment);
  }

  ended() {
    return null; // it is asked anew whenever it comes into sight
  }

  #connect() {
    element("starts-count").addEventListener("change", () => {
      this.count = element("starts-count").value;
      this.workspace.viewed({ push: true });
      this.workspace.open(this.workspace.history.experiment, { step: "adopt" });
    });
    [...element("wall").children].forEach((tile, place) => tile.addEventListener("click", () => this.#open(place)));
    element("save-starts").addEventListener("click", () => this.#save());
    connectPictures(CHARTS, (name, format) => picture(graphOf(name), format, 900, 480));
    this.theme();
  }

  theme() {
    if (!graphOf("fan")) return;
    colorCharts();
    if (this.shown) this.#paint(this.shown);
  }

  /** While a slider moves every answer is whole, only fewer starts where there would be many. @param {any} wanted */
  follow(wanted) {
    this.requests.follow(wanted, Math.min(Number(DEFAULT_COUNT), Number(this.count) || Number(DEFAULT_COUNT)));
  }

  /** @param {any} wanted @param {any} options */
  run(wanted, options) {
    this.requests.run(wanted, options, countAsked(this.count));
  }

  /** @param {number | null} shrunk */
  #listener(shrunk) {
    /** @type {any} */
    let head = null;
    return {
      head: (/** @type {any} */ its) => {
        head = its;
        element("starts-notice").textContent = notice(head, shrunk !== null);
      },
      tail: (/** @type {any} */ tail) => {
        if (tail.reason !== "completed") return;
        this.shown = { head, tail };
        this.#paint(this.shown);
      },
    };
  }

  /** @param {Answer} answer */
  #paint(answer) {
    for (const paint of [paintWords, paintHistogram, paintFan, paintWall]) paint(answer);
    this.painted += 1;
  }

  /** Open a run of the wall in the Lab, with exactly its start. @param {number} place */
  #open(place) {
    if (!this.shown) return;
    const { head, tail } = this.shown;
    const { number: which, cost, solved, end } = tail.wall[place];
    /** @type {"trained" | "failed" | "diverged"} */
    const said = end === "diverged" ? "diverged" : solved ? "trained" : "failed";
    const expected = { end: said, cost, slack: 1, least: Number.MIN_VALUE, greatest: Number.MAX_VALUE, solved: head.solved_cost };
    this.workspace.go("lab", { experiment: { ...head.experiment, initialization: head.initialization, seed: head.experiment.seed + which }, expected });
  }

  #save() {
    if (!this.shown) return;
    const { head, tail } = this.shown;
    const names = Object.keys(tail.ends);
    const lines = Array.from(tail.costs, (cost, at) => {
      const end = names[tail.endings[at]];
      return [head.experiment.seed + at, cost, Number(endOf({ reason: end, cost }, head.solved_cost) === "trained"), end].join(",");
    });
    save("nnlab-starts.csv", "text/csv", ["seed,final_cost,solved,end", ...lines, ""].join("\r\n"));
  }
}

/**
 * If so many starts were too much work: a round number of them that is not; else nothing.
 * @param {any} starts
 * @param {{bound: number, value: number}} dear
 */
function fewerThan(starts, dear) {
  if (starts <= FEWEST) return null;
  const fit = (starts * dear.bound) / dear.value;
  const unit = 10 ** Math.floor(Math.log10(fit));
  return Math.max(FEWEST, Math.floor(fit / unit) * unit);
}
