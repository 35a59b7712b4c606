// Many starts: one experiment, a thousand seeds; how many succeed, how their costs spread and fall, what they learn.

/* global Plotly */
import { configuration, element, number, percent, text } from "../configuration.mjs";
import { formOf } from "../core/network.mjs";
import { axis, Plane } from "../core/plane.mjs";
import { connectPictures, save } from "../files.mjs";
import { made } from "../made.mjs";
import { colors, levelColors } from "../theme.mjs";
import { axisColors, graphOf, picture } from "../views/graph.mjs";
import { paintValues } from "../views/colors.mjs";
import { Body } from "./body.mjs";
import { ManyAsking } from "./many_asking.mjs";

/** What the server says of many starts, first and last. @typedef {{head: any, tail: any}} Answer */

const [LOWEST, HIGHEST, LOWER, UPPER, MEDIAN] = [0, 1, 2, 3, 4]; // the fan's traces
const FRACTIONS = ["1/2", "1/3", "1/4"];
const DEFAULT_COUNT = String(configuration.views.starts.starts);
const FEWEST = configuration.fewest.starts;
const [LEAST_SHARP, MOST_SHARP] = [32, 256]; // points a side of a small picture
const SPREAD = 100; // the fan is drawn up to so many times its median: a run that diverges may cost anything

export class StartsPage {
  #body;
  showsRun = false;
  /** @type {Answer | null} the answer on the page */
  shown = null;
  painted = 0;

  /** @param {import("../desk.mjs").Desk} desk */
  constructor(desk) {
    this.desk = desk;
    this.#body = new Body("starts", ["histogram", "fan"], desk.state, () => this.#connect());
    this.asking = new ManyAsking(desk, configuration.paths.starts, {
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
    this.asking.stop();
  }

  /** @param {any} experiment */
  shows(experiment) {
    return this.asking.shows(experiment);
  }

  ended() {
    return null; // it is asked anew whenever it comes into sight
  }

  #connect() {
    element("starts-count").addEventListener("change", () => {
      this.count = element("starts-count").value;
      this.desk.viewed({ push: true });
      this.desk.open(this.desk.workbench.experiment, { step: "adopt" });
    });
    [...element("wall").children].forEach((tile, place) => tile.addEventListener("click", () => this.#open(place)));
    element("save-starts").addEventListener("click", () => this.#save());
    connectPictures(["histogram", "fan"], (name, format) => picture(graphOf(name), format, 900, 480));
    this.theme();
  }

  theme() {
    if (!graphOf("fan")) return;
    const { accent } = colors();
    const veil = (/** @type {number} */ opacity) => `${accent}${Math.round(255 * opacity).toString(16).padStart(2, "0")}`;
    Plotly.restyle(graphOf("fan"), { fillcolor: veil(0.16) }, [HIGHEST]);
    Plotly.restyle(graphOf("fan"), { fillcolor: veil(0.28) }, [UPPER]);
    Plotly.restyle(graphOf("fan"), { "line.color": accent }, [MEDIAN]);
    for (const name of ["histogram", "fan"]) Plotly.relayout(graphOf(name), axisColors());
    if (this.shown) this.#paint(this.shown);
  }

  /** While a slider moves every answer is whole, only fewer starts where there would be many. @param {any} wanted */
  follow(wanted) {
    this.asking.follow(wanted, Math.min(Number(DEFAULT_COUNT), Number(this.count) || Number(DEFAULT_COUNT)));
  }

  /** @param {any} wanted @param {any} options */
  run(wanted, options) {
    this.asking.run(wanted, options, /^\d+$/.test(this.count) ? Number(this.count) : this.count); // what is no number is the server's to refuse
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
    this.#paintWords(answer);
    this.#paintHistogram(answer);
    this.#paintFan(answer);
    this.#paintWall(answer);
    this.painted += 1;
  }

  /** @param {Answer} answer */
  #paintWords({ head, tail }) {
    const { successes, count, low, high } = tail.success;
    element("success-share").textContent = percent(successes / count);
    element("success-interval").textContent = text("starts.interval", { low: percent(low), high: percent(high) });
    const words = [
      text("starts.success", { successes, count, cost: number(head.solved_cost) }),
      text("starts.median", { cost: number(tail.fan[2].at(-1), 3) }),
      text("starts.seeds", { first: head.experiment.seed, last: head.experiment.seed + count - 1 }),
      ...endings(tail),
    ];
    element("success-words").textContent = words.join(" ");
    element("words").textContent = `${element("success-share").textContent}. ${element("success-interval").textContent}. ${words.join(" ")}`;
  }

  /** @param {Answer} answer */
  #paintHistogram({ head, tail }) {
    const { trained, failed, muted, ink } = colors();
    const middles = tail.counts.map((/** @type {number} */ _, /** @type {number} */ bar) => (tail.edges[bar] + tail.edges[bar + 1]) / 2);
    const bars = middles.map((/** @type {number} */ cost) => (cost <= head.solved_cost ? trained : failed));
    const change = { x: [middles], y: [tail.counts], "marker.color": [bars] };
    const lines = head.plateaus.map((/** @type {number} */ cost) => ({
      type: "line", x0: cost, x1: cost, yref: "paper", y0: 0, y1: 1, line: { color: muted, width: 1, dash: "dot" },
    }));
    const bipolar = head.experiment.encoding === "bipolar";
    const names = head.plateaus.map((/** @type {number} */ cost, /** @type {number} */ at) => ({
      x: cost, yref: "paper", y: 1, yanchor: "bottom", showarrow: false, font: { color: ink },
      text: bipolar ? FRACTIONS[at] : number(cost, 3),
    }));
    const range = [tail.edges[0], tail.edges.at(-1)];
    const heights = [0.7, 1.2 * Math.max(...tail.counts)].map(Math.log10); // a bar of one run is one
    Plotly.update(graphOf("histogram"), change, { shapes: lines, annotations: names, "xaxis.range": range, "yaxis.range": heights }, [0]);
  }

  /** @param {Answer} answer */
  #paintFan({ head, tail }) {
    const [q5, q25, q50, q75, q95] = tail.fan;
    /** @type {Record<number, number[]>} */
    const curves = { [LOWEST]: q5, [HIGHEST]: q95, [LOWER]: q25, [UPPER]: q75, [MEDIAN]: q50 };
    const y = Object.values(curves);
    const { muted } = colors();
    const line = { type: "line", xref: "paper", x0: 0, x1: 1, y0: head.solved_cost, y1: head.solved_cost, line: { color: muted, width: 1, dash: "dot" } };
    Plotly.update(graphOf("fan"), { x: y.map(() => tail.epochs), y }, { shapes: [line], ...within(tail.fan) }, [0, 1, 2, 3, 4]);
  }

  /** @param {Answer} answer */
  #paintWall({ head, tail }) {
    const palette = levelColors();
    const sharpness = sharpnessOf(element("wall").firstElementChild.firstElementChild);
    const lines = axis(head.domain, sharpness);
    const plane = new Plane(formOf(head.experiment), lines, lines);
    const values = new Float64Array(plane.size);
    [...element("wall").children].forEach((tile, place) => {
      const its = tail.wall[place];
      tile.disabled = !its;
      if (!its) return;
      const [map, cost, seed] = tile.children;
      if (!map.firstElementChild) map.append(made("canvas"));
      paintValues(map.firstElementChild, plane.outputs(tail.networks[place], values), sharpness, { middle: head.middle, reach: head.reach, palette });
      const lost = its.end === "diverged";
      cost.textContent = lost ? "∞" : number(its.cost, 3);
      tile.title = lost ? text("wall.diverged") : "";
      seed.textContent = `#${head.experiment.seed + its.number}`;
      tile.classList.toggle("solved", its.solved);
      tile.setAttribute("aria-label", text("wall.tile", { seed: head.experiment.seed + its.number, cost: tile.title || cost.textContent }));
    });
  }

  /** Open a run of the wall in the Lab, with exactly its start. @param {number} place */
  #open(place) {
    if (!this.shown) return;
    const { head, tail } = this.shown;
    const { number: which, cost, solved, end } = tail.wall[place];
    /** @type {"trained" | "failed" | "diverged"} */
    const said = end === "diverged" ? "diverged" : solved ? "trained" : "failed";
    const expected = { end: said, cost, slack: 1, least: Number.MIN_VALUE, greatest: Number.MAX_VALUE, solved: head.solved_cost };
    this.desk.go("lab", { experiment: { ...head.experiment, initialization: head.initialization, seed: head.experiment.seed + which }, expected });
  }

  #save() {
    if (!this.shown) return;
    const { head, tail } = this.shown;
    const names = Object.keys(tail.ends);
    const lines = Array.from(tail.costs, (cost, at) => {
      const end = names[tail.endings[at]];
      return [head.experiment.seed + at, cost, Number(cost < head.solved_cost && end !== "diverged"), end].join(",");
    });
    save("nnlab-starts.csv", "text/csv", ["seed,final_cost,solved,end", ...lines, ""].join("\r\n"));
  }
}

/** As many points a side as a small picture has pixels on this screen. @param {Element} tile */
function sharpnessOf(tile) {
  return Math.max(LEAST_SHARP, Math.min(MOST_SHARP, Math.round(tile.clientWidth * devicePixelRatio)));
}

/** What is not quite as it was asked for: other starts, or fewer of them. @param {any} head @param {boolean} fewer */
function notice(head, fewer) {
  const said = [];
  const name = text(`initialization.${head.experiment.initialization}`);
  if (head.initialization !== head.experiment.initialization) said.push(text("starts.drawn", { name }));
  if (fewer) said.push(text("starts.fewer", { count: head.view.starts }));
  return said.join(" ");
}

/** How high the fan is drawn: all of it, or not much higher than its median where some runs cost anything. @param {number[][]} fan */
function within([q5, , q50, , q95]) {
  const top = SPREAD * Math.max(...q50);
  const wild = Math.max(...q95) > top;
  const bottom = Math.min(...q5.filter((cost) => cost > 0), top) / 2;
  return { "yaxis.autorangeoptions.clipmin": wild ? bottom : null, "yaxis.autorangeoptions.clipmax": wild ? top : null };
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

/**
 * What is to be said of runs that did not go on to their last epoch, and of those that the histogram has no place for.
 * @param {any} tail
 */
function endings(tail) {
  const { completed: _, diverged, ...stopped } = tail.ends;
  const early = Object.values(stopped).reduce((sum, count) => sum + count, 0);
  return [["starts.diverged", diverged], ["starts.stopped", early], ["starts.beyond", tail.beyond]]
    .filter(([, count]) => count > 0)
    .map(([key, count]) => text(key, { count }));
}
